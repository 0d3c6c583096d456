"""How do head, subject and signature make an official paper? And where do they stand in consolidated texts and laws?"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from retrieval.corpus.facts import Facts
from retrieval.corpus.lines import Line
from retrieval.corpus.metadata.dates import spelt_out
from retrieval.corpus.metadata.official.bodies import is_body_line, read_bodies
from retrieval.corpus.metadata.official.head import Head, read_head, read_place, tidy_number
from retrieval.corpus.metadata.official.signer import Signature, read_signer
from retrieval.corpus.metadata.official.subject import Subject, read_subject, title_of
from retrieval.records import BlockKind
from retrieval.vietnamese.date_parts import SPELT_OUT

_PASSED = re.compile(
    r"(?:luật|bộ luật|pháp lệnh|nghị quyết)\s+này\s+(?:đã\s+)?(?:được|đã được)\s[^.]{0,300}?thông\s+qua\s+"
    + SPELT_OUT,
    re.IGNORECASE,
)
_CERTIFIED = re.compile(r"^\W*(?:XÁC THỰC|XÁC NHẬN|CHỨNG THỰC) VĂN BẢN HỢP NHẤT")
_CONSOLIDATED = re.compile(
    r"số\s*:?\s*(?P<number>\d{1,5}\s*/\s*(?:\d{4}\s*/\s*)?VBHN\s*-\s*[A-ZĐ]+)", re.IGNORECASE
)
_STATE = "chủ nghĩa"
_NUMBER = r"số\s*:\s*\d"
_HEADED = re.compile(
    rf"^[^\n]{{0,80}}(?:cộng h[oò][aà] xã hội {_STATE}|{_NUMBER}\d*\s*/)", re.IGNORECASE | re.MULTILINE
)
_NUMBERED = re.compile(_NUMBER)
_GROUND = re.compile(
    r"(?:căn cứ|(?:theo|xét) (?:đề nghị|tờ trình|yêu cầu))\s|quyết (?:định|nghị)\s*:?\W*$", re.IGNORECASE
)
_ARTICLE = re.compile(r"\W*(?:điều|chương|phần)\s+(?:thứ\s+)?[\dIVX]", re.IGNORECASE)
_LONGEST_PREAMBLE = 40
"""Lines."""
_AROUND = 8
"""Lines around the certification of a consolidated text in which its number, date and signer stand."""
_BY_NUMBER = (
    (re.compile(r"-CP$|/CP$"), "Chính phủ"),
    (re.compile(r"-TTg$"), "Thủ tướng Chính phủ"),
    (re.compile(r"/UBTVQH\d+$"), "Ủy ban Thường vụ Quốc hội"),
    (re.compile(r"/QH\d+$"), "Quốc hội"),
    (re.compile(r"VBHN-VPQH$"), "Văn phòng Quốc hội"),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """`facts`: source, number, date, title, the signer as author; `meta`: place, paper (its kind), subject, signer."""

    facts: Facts
    labels: Mapping[int, BlockKind] = field(default_factory=dict)


_OPENING = 1500
"""Characters in which an official paper shows what it is."""


def may_be_paper(text: str) -> bool:
    """Whether it is worth a closer look: a text that opens with the state's two lines, or with a number's label."""
    opening = text[:_OPENING].lower()
    if _STATE not in opening and not _NUMBERED.search(opening):  # told sooner than by the whole pattern
        return False
    return _HEADED.search(text, 0, _OPENING) is not None


def read_paper(lines: Sequence[Line]) -> Paper | None:
    """None where the lines are no official paper: such a one has a head, and a kind or what it is about."""
    head = read_head(lines)
    if head is None:
        return None
    text = "\n".join(line.text for line in lines)
    subject = read_subject(lines, head.end, text) or read_subject(lines, 0, text)
    if subject is None and not (head.number and head.date):
        return None
    after = max((*(subject.lines if subject else ()), head.end - 1)) + 1
    certified = _certification(lines, after, text)
    signature = Signature((), ())
    if subject is not None:
        signature = read_signer(lines, certified.start if certified else after)
    number = (certified and certified.number) or head.number
    bodies = (certified and certified.bodies) or read_bodies(head.bodies, text) or _by_number(number)
    place, date = _place_and_date(head, certified, text, number)
    facts = Facts(
        title=title_of(subject) if subject else None,
        source=", ".join(bodies) or None,
        published=date,
        author=", ".join(signature.people) or None,
        number=number,
        meta=_meta(place, subject, signature),
    )
    return Paper(facts, _labels(lines, head, subject, signature))


def _preamble(lines: Sequence[Line], start: int) -> range:
    """Between the subject and the first article: who decides, in capitals above "Căn cứ …", on what grounds, and the
    word for it, "QUYẾT ĐỊNH:". None of it is what the paper orders. Without articles only who decides is told apart.
    """
    end = start
    while end < min(start + 3, len(lines)) and lines[end].text.isupper():
        end += 1
    deciding = end if end < len(lines) and _GROUND.match(lines[end].text) else start
    most = min(start + _LONGEST_PREAMBLE, len(lines))
    while end < most and (lines[end].text.isupper() or _GROUND.match(lines[end].text)):
        end += 1
    ordered = end < len(lines) and _ARTICLE.match(lines[end].text)
    return range(start, end if ordered else deciding)


def _meta(place: str | None, subject: Subject | None, signature: Signature) -> dict[str, str]:
    said = {
        "place": place,
        "paper": subject.kind if subject else None,
        "subject": subject.subject if subject else None,
        "signer": ", ".join(signature.people),
    }
    return {key: value for key, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class _Certified:
    start: int
    number: str | None
    bodies: tuple[str, ...]
    place: str | None
    date: datetime.date | None


def _certification(lines: Sequence[Line], after: int, text: str) -> _Certified | None:
    """What stands around "XÁC THỰC VĂN BẢN HỢP NHẤT", at a consolidated text's end, seldom at its head."""
    at = next((n for n, line in enumerate(lines) if _CERTIFIED.match(line.text)), None)
    if at is None:
        return None
    first, last = max(at - _AROUND, 0), min(at + _AROUND, len(lines))
    around = lines[first:last]
    joined = " ".join(line.text for line in around)
    number = _CONSOLIDATED.search(joined)
    stood = next((found for line in around if (found := read_place(line.text))), None)
    above = [line.text for line in around if is_body_line(line.text) or line.text.isupper()]
    above = [line for line in above if not _CERTIFIED.match(line)]
    tail = above[:4]
    return _Certified(
        first,
        tidy_number(number["number"]) if number else None,
        read_bodies(_body_lines(tail), text),
        stood[0] if stood else None,
        stood[1] if stood else None,
    )


def _body_lines(lines: Sequence[str]) -> list[str]:
    """The lines up to the office that signs."""
    kept = []
    for line in lines:
        if re.match(r"(?:KT|TM|TL|TUQ)\.|(?:THỨ TRƯỞNG|BỘ TRƯỞNG|CHỦ NHIỆM|PHÓ|CHỦ TỊCH|TỔNG)(?!\w)", line):
            break
        kept.append(line)
    return kept


def _place_and_date(
    head: Head, certified: _Certified | None, text: str, number: str | None
) -> tuple[str | None, datetime.date | None]:
    """A law's day is that on which it was passed; a consolidated text's that of its certification."""
    if certified is not None:
        return certified.place or head.place, certified.date or head.date
    if number and re.search(r"QH\d+$", number):
        passed = list(_PASSED.finditer(text))
        if passed:
            return head.place, spelt_out(passed[-1]) or head.date
    return head.place, head.date


def _by_number(number: str | None) -> tuple[str, ...]:
    return next(((name,) for pattern, name in _BY_NUMBER if number and pattern.search(number)), ())


def _labels(
    lines: Sequence[Line], head: Head, subject: Subject | None, signature: Signature
) -> dict[int, BlockKind]:
    labels: dict[int, BlockKind] = dict.fromkeys(range(min(head.end, len(lines))), "letterhead")
    if head.date_line is not None:
        labels[head.date_line] = "dateline"
    if subject is not None and min(subject.lines) >= head.end:
        labels.update(
            {n: "letterhead" for n in range(head.end, min(subject.lines)) if lines[n].text.isupper()}
        )
        labels.update(dict.fromkeys(subject.lines, "title"))
        labels.update(dict.fromkeys(_preamble(lines, max(subject.lines) + 1), "letterhead"))
    labels.update(dict.fromkeys(signature.lines, "signature"))
    return labels
