"""Who signed a paper? The person's name below the office at its end, never a word of the body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.corpus.lines import Line
from retrieval.corpus.metadata.names import is_person
from retrieval.vietnamese.name_heads import HEADS, alternatives

_OFFICE = re.compile(
    r"(?:t/?m\.|k\.?t\.|t\.?l\.|t\.?u\.?q\.|q\.|(?:phó |quyền |đồng )?(?:tổng )?"
    rf"(?:{alternatives(HEADS['offices'])}|kiểm toán nhà nước)(?!\w))",
    re.IGNORECASE,
)
_TITLES = re.compile(
    rf"^(?:(?:{alternatives(HEADS['callings'], HEADS['degrees'])})(?:\.\s*|\s+))+", re.IGNORECASE
)
_REMARK = re.compile(r"^\W*\(?(?:đã ký|ký tên|ký, |ký và|chữ ký|ấn ký)", re.IGNORECASE)
_WINDOW = 9
"""Lines below the office in which the name stands: the list of recipients may stand between."""
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class Signature:
    """`lines`: the numbers of the lines from the office to the last name."""

    people: tuple[str, ...]
    lines: tuple[int, ...]


def read_signer(lines: Sequence[Line], start: int) -> Signature:
    """The signature nearest to the end of the paper proper: annexes follow it, forms in them name nobody."""
    n = start
    while n < len(lines):
        text = _last_cell(lines[n].text)
        if name := _on_one_line(text):
            return Signature((name,), (n,))
        if len(text) <= _LONGEST and _OFFICE.match(text) and _is_office(text):
            people, numbers = _names_below(lines, n)
            if people:
                return Signature(people, numbers)
        n += 1
    return Signature((), ())


def _on_one_line(text: str) -> str | None:
    """The name behind the office, where a cell holds the whole signature: "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Lò Văn Ún"."""
    words = text.split()
    office = next((n for n, word in enumerate(words) if word != word.upper()), len(words))
    if not _OFFICE.match(text) or office < 2 or len(text) > 2 * _LONGEST:
        return None
    return _person(" ".join(words[office:]))


def _is_office(text: str) -> bool:
    return text == text.upper() or (text[:1].isupper() and len(text.split()) <= 6 and text[-1] not in ".:;,")


def _names_below(lines: Sequence[Line], office: int) -> tuple[tuple[str, ...], tuple[int, ...]]:
    numbers = [office]
    beside = _cells(lines[office].text)
    for below in range(office + 1, min(office + 1 + _WINDOW, len(lines))):
        text = lines[below].text
        people = [name for cell in _cells(text) if not _OFFICE.match(cell) and (name := _person(cell))]
        if people and (len(people) == len(_cells(text)) or len(beside) > 1 or len(people) == 1):
            return tuple(people), (*numbers, below)
        if _OFFICE.match(_last_cell(text)) or _REMARK.match(text) or not any(c.isalpha() for c in text):
            numbers.append(below)
    return (), ()


def _person(cell: str) -> str | None:
    name = _TITLES.sub("", cell.strip(" .*")).strip()
    return is_person(name)


def _cells(text: str) -> list[str]:
    return [cell for cell in re.split(r"\s*\|\s*|\s{3,}|\t+", text) if cell]


def _last_cell(text: str) -> str:
    return (_cells(text) or [""])[-1]
