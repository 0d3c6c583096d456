"""Which terms does a text hold, in order? Syllables, numbers and dates; short forms are followed by long ones.

An occurrence is a token; a vocabulary entry is a term. Several terms may stand at the same characters: "T.Ư" is
`t ư trung ương`, "12-4-2016" is `12/4 12/4/2016 4/2016 2016`, "A1" is `a 1 a1`, "%" is `phần trăm`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from retrieval.vietnamese.date_parts import ONE_TOKEN, DateFigures, figures_of
from retrieval.vietnamese.syllables import fold
from retrieval.vietnamese.units import dimension_of

_TOKEN = re.compile(
    rf"{ONE_TOKEN[0]}"
    r"|[^\W\d_]+(?:[.&-][^\W\d_]+)*(?:-?\d{1,4}[^\W\d_]{0,3}(?![^\W_]))?"  # đảng  T.Ư  KT-XH  Covid-19  A1  SU-35M
    rf"|{ONE_TOKEN[1]}"
    r"|\d+(?:[.,/:-]\d+)*"  # 12.345  74,48  29/7/2019  2015-2020
    r"|%"
)
"""Words come early, since most tokens are some: a third of the time of having them last."""
_CODE = re.compile(r"(.+?)-?(\d+)([^\W\d_]*)")
_JOINT = re.compile(r"[.&-]")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_SPOKEN_MONTH = re.compile(r"háng \d")
"""Only tokens with it hold a blank: "12 tháng 4"."""
_PUNCTUATION = ".,;:!?…\"'“”‘’()[]«»-–/"
"""Signs that stand around words and are no token."""
_REMEMBERED = 200_000
"""Written forms: some 40 MB of them."""


class Token(NamedTuple):
    """An occurrence of a term at `[start, end)` of the text. A tuple, since hundreds are made for one question."""

    term: str
    start: int
    end: int


class Spelling(dict[str, tuple[str, ...]]):
    """Written token, or what else stands between blanks -> its terms; a memory that fills as it is asked.

    So a text whose words were met before is looked up without being taken apart: "(T.Ư)," is `t ư trung ương`.
    A short form of `abbreviations` (short -> long) is followed by its long form's terms. `base` answers for what
    these do not change.
    """

    def __init__(self, abbreviations: Mapping[str, str], *, base: Spelling | None = None) -> None:
        super().__init__()
        self._long = {short: tuple(map(fold, long.split())) for short, long in abbreviations.items()}
        self._base = base

    def __missing__(self, written: str) -> tuple[str, ...]:
        word = written.strip(_PUNCTUATION)
        if self._base is not None and not any(short in written for short in self._long):
            terms = self._base[written]
        elif word.isalpha():  # most are a word, with or without signs around it
            terms = self._of_token(word) if word == written else self[word]
        elif (tokens := _TOKEN.findall(written)) == [written]:
            terms = self._of_token(written)
        else:
            terms = tuple(chain.from_iterable(map(self.__getitem__, tokens)))
        if len(self) > _REMEMBERED:
            self.clear()
        self[written] = terms
        return terms

    def _of_token(self, written: str) -> tuple[str, ...]:
        if written in self._long:
            return _spell(written) + self._long[written]
        terms = _spell(written) if self._base is None else self._base[written]
        if _JOINT.search(written):
            terms += tuple(term for part in _JOINT.split(written) for term in self._long.get(part, ()))
        return terms


def terms_of(text: str, spelling: Spelling) -> list[str]:
    """The terms of NFC `text`, in order."""
    spoken = "háng " in text and _SPOKEN_MONTH.search(text)
    written = _TOKEN.findall(text) if spoken else text.split()
    return list(chain.from_iterable(map(spelling.__getitem__, written)))


def tokenize(text: str, spelling: Spelling) -> list[Token]:
    """What `terms_of` gives, each with its place in `text`."""
    new = tuple.__new__  # a third of the time that the class's own takes
    return [
        new(Token, (term, *match.span()))
        for match in _TOKEN.finditer(text)
        for term in spelling[match.group()]
    ]


def _spell(written: str) -> tuple[str, ...]:
    """The terms of one written token."""
    if written == "%":
        return ("phần", "trăm")
    if written.isalpha():
        return (fold(written),)
    if written[0].isdigit() or " " in written:
        return tuple(_spell_number(written))
    if code := _CODE.fullmatch(written):
        return _spell_code(written, *code.groups())
    if "." in written or "-" in written or "&" in written:
        return tuple(fold(part) for part in _JOINT.split(written))
    return (fold(written),)


def _spell_code(written: str, letters: str, figure: str, tail: str) -> tuple[str, ...]:
    """A1 -> a 1 a1; SU-35M -> su 35 m su35m; of m2 only the parts."""
    parts = (*_spell(letters), figure.lstrip("0") or "0", *((fold(tail),) if tail else ()))
    if dimension_of(written):
        return parts
    return (*parts, "".join(c for c in written.lower() if c.isalnum()))


def _spell_number(written: str) -> Iterator[str]:
    """12.345 -> 12345; 07 -> 7; 2015-2020 -> 2015 2020; a date gives itself, its month and its year."""
    date = figures_of(written)
    if date and " " in written:
        yield from (part.lower().lstrip("0") for part in written.replace("/", " ").replace(",", "").split())
    elif _GROUPED.fullmatch(written):
        yield written.replace(".", "")
    elif date is None or not date.year:
        for part in re.split(r"[/:-]", written):
            yield part.lstrip("0") or "0"
    if date:
        yield from _dates(date)
        if date.year and " " not in written:
            yield date.year


def _dates(date: DateFigures) -> Iterator[str]:
    month = f"{int(date.month)}" + (f"/{date.year}" if date.year else "")
    if date.day:
        yield f"{int(date.day)}/{int(date.month)}"
        if date.year:
            yield f"{int(date.day)}/{month}"
    if date.year:
        yield month
