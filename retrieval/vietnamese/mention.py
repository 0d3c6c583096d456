"""What is a mention? A record for each kind: a moment, an amount, a paper's number, a reference to an article, a code,
a name.

Each stands at `[start, end)` of the text that was read.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

Grain = Literal["day", "month", "quarter", "season", "year", "decade", "century", "period", "hour", "past"]
Form = Literal["figure", "words", "fraction", "ordinal"]
NameKind = Literal["person", "place", "organisation", "office", "thing", ""]


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is. What isn't written is None; `grain` is the finest part that is.

    `last`: where a range ends, whose first day, month or year the others are. `doubtful`: only a year without "năm", or
    6/7, which may be something else. `before_christ`: "năm 179 TCN".
    """

    grain: Grain
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last: Moment | None = None
    doubtful: bool = False
    before_christ: bool = False

    @property
    def years(self) -> tuple[int, ...]:
        """The years that are named: of a period the first and the last."""
        last = self.last.years if self.last else ()
        return (*(() if self.year is None else (self.year,)), *last)

    @property
    def date(self) -> datetime.date | None:
        """The one day that it is, where day, month and year are written."""
        if self.last is not None or self.year is None or self.month is None or self.day is None:
            return None
        try:
            return datetime.date(self.year, self.month, self.day)
        except ValueError:
            return None

    def agrees_with(self, other: Moment) -> bool:
        """Whether no part that both name differs: 14/11 and 14/11/2025 agree, 14/11 and 20/11 don't."""
        ours, theirs = self._parts, other._parts
        return all(
            one is None or two is None or (one[0] <= two[1] and two[0] <= one[1])
            for one, two in zip(ours, theirs, strict=True)
        )

    @property
    def _parts(self) -> tuple[tuple[int, int] | None, ...]:
        """(first, last) of year, month and day. A range over months or years says nothing of the day alone."""
        last = self.last
        year = None if self.year is None else (self.year, last.year if last and last.year else self.year)
        if last and year and year[0] != year[1]:
            return year, None, None
        month = (
            None if self.month is None else (self.month, last.month if last and last.month else self.month)
        )
        if last and month and month[0] != month[1]:
            return year, month, None
        day = None if self.day is None else (self.day, last.day if last and last.day else self.day)
        return year, month, day


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A moment as it stands in a text: `text[start:end]`."""

    start: int
    end: int
    value: Moment


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount, as it stands in a text.

    `value`: the number, of a range the first, None where it isn't plain; "54 ngàn" is 54000. `unit`: as written,
    "đồng" of "5tr".
    `dimension`: a key of `units.UNITS`, `ordinal`, `score` or None. `core`: where it starts without "khoảng", "trên";
    `number_end`: where it ends without its unit. `rounded`: "khoảng", "trên" stands before it. `labels`: it may be
    the number of something named, as in "Super Bowl 50".
    """

    start: int
    core: int
    number_end: int
    end: int
    dimension: str | None
    form: Form
    value: float | None = None
    unit: str = ""
    labels: bool = False

    @property
    def rounded(self) -> bool:
        return self.start < self.core


@dataclass(frozen=True, slots=True)
class Paper:
    """The number of an official paper: `number` as written, `kind` in small letters where it is said."""

    start: int
    end: int
    number: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ArticleReference:
    """Parts of a paper, the narrowest first: "khoản 2 Điều 5" is (("khoản", "2"), ("điều", "5"))."""

    start: int
    end: int
    parts: tuple[tuple[str, str], ...]

    def number_of(self, level: str) -> str | None:
        """ "5" of "Điều 5", in small letters; None where that level isn't named."""
        return dict(self.parts).get(level)


@dataclass(frozen=True, slots=True)
class Code:
    """What a thing is called by letters and figures: "SU-35M", "A1". `value`: these alone, "SU35M"."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words at `[start, end)`. `foreign`: one of its `words` is no Vietnamese syllable.

    `kind`: whose it is, empty where nothing says so; "office" is what only opens a title or an office: "Bí" of "Bí
    thư". `head`: the word that says whose, as `words/name_heads.toml` has it, or the class of a place: "bà", "xã";
    it starts at `head_start`, before the name, or opens it, as in "Bà Lê Na"; `own` are its words without it, from
    `own_start` on. `place`: of a name in a question, the lexicon's name for it, where it is a known place.
    """

    start: int
    end: int
    words: tuple[str, ...]
    foreign: bool
    kind: NameKind = ""
    head: str = ""
    head_start: int = 0
    own: tuple[str, ...] = ()
    own_start: int = 0
    place: str = ""


Mention = FoundDate | Quantity | Paper | ArticleReference | Code


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a text mentions, kind by kind, in order. An amount and a moment overlap where it is both: "8 giờ"."""

    moments: tuple[FoundDate, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    papers: tuple[Paper, ...] = ()
    articles: tuple[ArticleReference, ...] = ()
    codes: tuple[Code, ...] = ()
