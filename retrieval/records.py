"""What passes from stage to stage. Frozen, slotted; text is NFC; offsets count characters of that text."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import msgspec

from retrieval.vietnamese.mention import Mentions
from retrieval.vietnamese.relative_dates import RelativeTime
from retrieval.vietnamese.syllables import fold

Kind = Literal["article", "digest"]
"""`article`: the words are the publisher's own. `digest`: somebody's summary of such an article."""

BlockKind = Literal[
    "title",
    "heading",
    "paragraph",
    "item",
    "row",
    "caption",
    "footnote",
    "letterhead",
    "dateline",
    "signature",
    "furniture",
]
"""What a stretch of a document is. The last four are labels of what isn't the article's own words: an official
paper's head (bodies, number, place and date), a line that dates the article, who signed it, a saved page's buttons and
menus. `title`: the line that `Document.title` repeats. Only `furniture` is never searched.
"""

AnswerKind = Literal[
    "number",
    "date",
    "person",
    "place",
    "organisation",
    "reason",
    "manner",
    "definition",
    "yes_no",
    "list",
    "other",
]
"""What a question asks for."""


Role = Literal["noun", "name", "verb", "modifier", "function", "asking"]
"""What a word does in a question."""
CONTENT: frozenset[Role] = frozenset(("noun", "name", "verb", "modifier"))
"""Roles of words that say something of what is asked about: they neither ask nor only join."""


class Record:
    """What all records can do."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The fields, and those of records in them, as JSON has them: dates as "2024-03-12", tuples as lists."""
        fields: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return fields


@dataclass(frozen=True, slots=True)
class Block(Record):
    """A stretch `[start, end)` of a document's text, in characters, without white space at its ends.

    A document's blocks stand in order, don't overlap, and hold every character that isn't white space.
    `level`: of a heading from 1 (the widest), of an item from 1 (the outermost list), of a row 1 where it is its
    table's header; else 0. `page`: from 1, where the format has pages. The cells of a row are split by " | ".
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document(Record):
    """One article. `published` is its own date; `mentioned` one that the text names, where no other is known.

    `number`: an official paper's own, "35/QĐ-UBND". `blocks`: inferred from the text where none are given.
    `meta`: whatever the caller wants to find again on hits; values that JSON has. Not to be changed in what a retriever
    gives: others get the same record.
    """

    id: str
    text: str
    title: str = ""
    source: str | None = None
    published: datetime.date | None = None
    mentioned: datetime.date | None = None
    url: str | None = None
    author: str | None = None
    kind: Kind = "article"
    number: str | None = None
    blocks: tuple[Block, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def date(self) -> datetime.date | None:
        """The date to show: of publication, else the one mentioned."""
        return self.published or self.mentioned

    @property
    def date_kind(self) -> Literal["published", "mentioned"] | None:
        """Which of the two `date` is."""
        if self.published:
            return "published"
        return "mentioned" if self.mentioned else None


@dataclass(frozen=True, slots=True)
class Passage(Record):
    """One to three sentences of a document: `text == document.text[start:end]`.

    `number` counts a document's passages from 0. `section`: the headings above it, the widest first. `page`: from 1,
    where the document has pages.
    """

    document_id: str
    start: int
    end: int
    text: str
    number: int = 0
    section: tuple[str, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class QueryTerm(Record):
    """A term to look for, with its weight in [0, 1].

    `plain`: compare without diacritics. `origin`: the question's words it stands for, as typed, at `[start, end)` of
    `Query.text`.
    """

    text: str
    weight: float = 1.0
    plain: bool = False
    origin: str = ""
    role: Role = "noun"
    start: int = 0
    end: int = 0

    @property
    def is_content(self) -> bool:
        """Whether it says something of what is asked about."""
        return self.role in CONTENT

    def weighing(self, weight: float) -> QueryTerm:
        """The same term with another weight."""
        return replace(self, weight=weight)


@dataclass(frozen=True, slots=True)
class AskedQuantity(Record):
    """What "bao nhiêu" or "mấy" asks for.

    `nouns`: what is counted, with what narrows it: "đảng", "viên", "nữ"; or the unit. `unit`: what the figure is
    asked in: "phần trăm", "tuổi"; empty where a count is asked for. `dimension`: what it is measured in: "length",
    "money", "percent" …, `ordinal`, `score` or None. `stated`: the question says the unit, or that it counts
    ("số", "dân số"), itself, and doesn't only hint at it. `counted`: where the whole phrase that is counted stands in
    the question's text, behind the asking words: "tấn lúa"; (0, 0) where only a unit does.
    """

    nouns: tuple[QueryTerm, ...] = ()
    unit: str = ""
    dimension: str | None = None
    stated: bool = False
    counted: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Query(Record):
    """A question, understood. Strings in `names` and `numbers` are as `text` has them, NFC.

    Equal where all fields are. Its hash leaves out `terms` and `mentions`, which take six times as long to hash as the
    rest and seldom tell two questions apart whose texts are the same.
    """

    text: str
    """As it was read: keystrokes decoded, short forms spelt out, politeness left off, slips put right."""
    terms: tuple[QueryTerm, ...] = field(default=(), hash=False)
    kind: AnswerKind = "other"
    asking: tuple[int, int] | None = None
    """Which of `terms` ask: "bao nhiêu" in "có bao nhiêu đảng viên" is (1, 3)."""
    asked: AskedQuantity | None = None
    """Of a question for a number: what is counted, and in what it is measured."""
    lacks_marks: bool = False
    """Whether it was typed without diacritics."""
    marked: str = ""
    """`text` with the marks that it should have, letter for letter as long; empty where it has them."""
    mentions: Mentions = field(default_factory=Mentions, hash=False)
    """The moments, amounts, papers, articles and codes in `text`, by offsets."""
    names: tuple[str, ...] = ()
    name_spans: tuple[tuple[int, int], ...] = ()
    """Where each of `names` stands in `text`."""
    years: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()
    """Numbers of papers: "05" of "Nghị quyết số 05", "27-CTr/TU"."""
    source: str | None = None
    """The publisher that the question wants to hear, by its shown name; its words weigh nothing in `terms`."""
    since: datetime.date | None = None
    until: datetime.date | None = None
    """The period that the question speaks of: "2015-2020", "từ 2016 đến nay"."""
    when: RelativeTime | None = None
    """What it says of time as seen from the day it was asked on: "năm ngoái", "tuần này", "mới nhất"."""
    corrections: tuple[tuple[str, str], ...] = ()
    """(typed, meant) of each name in which a letter slipped."""
    related: tuple[str, ...] = ()
    """Older names of the places that the question names by today's."""
    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(the question's words, others for the same)."""
    wording: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(the question's words, how papers write it or people say it)."""

    @property
    def nouns(self) -> tuple[str, ...]:
        """The terms of what is counted."""
        nouns = self.asked.nouns if self.asked else ()
        return tuple(fold(term.origin) if term.plain and term.origin else term.text for term in nouns)

    @property
    def unit(self) -> str:
        """What the figure is asked in; empty where a count is asked for."""
        return self.asked.unit if self.asked else ""


@dataclass(frozen=True, slots=True)
class Following(Record):
    """What a question asks on about: passage `number` of the document with this id, which was shown before.

    `own`: the question in its own words, before those that it leans on were added; empty: all are its own.
    """

    document_id: str
    number: int
    own: str = ""


@dataclass(frozen=True, slots=True)
class TermShare(Record):
    """Why a hit ranks where it does, one line of it: `share` is what the term adds to the score."""

    term: str
    field: str
    tf: float
    df: int
    idf: float
    share: float


@dataclass(frozen=True, slots=True)
class Hit(Record):
    """A passage found. `rank` starts at 1; `score` compares hits of one question only.

    Scores fall with rank: a passage that comes first for the names asked for, before one that fits better otherwise,
    has the score of that one. `highlight`: offsets in `passage.text` of what answers, where it is sure; `answer` looks
    for it, `search` doesn't.
    `also`: other documents that say the same (the same wire story), without their text. `shown`: offsets in
    `document.text` of what a card shows, the passage included; None: the passage alone.
    """

    passage: Passage
    document: Document
    score: float
    rank: int
    highlight: tuple[int, int] | None = None
    also: tuple[Document, ...] = ()
    explanation: tuple[TermShare, ...] = ()
    shown: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class PinnedAnswer(Record):
    """What an operator answers to a question, whatever the corpus says.

    `id`: counts from 1 in an index. `questions`: the wordings that it answers. `source`: who says so, as shown.
    """

    id: int
    questions: tuple[str, ...]
    text: str
    source: str
    pinned: datetime.date


@dataclass(frozen=True, slots=True)
class Answer(Record):
    """What the corpus says to a question.

    `answered`: the first hit, or `pinned`, is offered as the answer; otherwise hits are only the nearest passages.
    `near`: it isn't, but the first hit's article speaks of what is asked about; only what is asked for does not stand
    in what is shown.
    `highlight`: offsets in `hits[0].passage.text`. `missing`: what the question names and the corpus, or the
    nearest passages, do not hold. `confidence` in [0, 1]. `conflicting`: ranks of hits that give another figure
    for the same thing, newest document first, the first hit among them; empty where sources agree.
    """

    question: str
    hits: tuple[Hit, ...]
    answered: bool
    highlight: tuple[int, int] | None = None
    missing: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    """Those of `missing` that other articles hold."""
    confidence: float = 0.0
    conflicting: tuple[int, ...] = ()
    query: Query = field(default_factory=lambda: Query(""))
    pinned: PinnedAnswer | None = None
    """What an operator has pinned to this question; `hits` then are only those of a corpus that answers it as well."""
    near: bool = False
    partial: bool = False
    """A part of the corpus couldn't be searched, and the settings of its cluster let the rest answer."""

    @property
    def text(self) -> str | None:
        """What is pinned, else the emphasised words, as they stand in the first passage."""
        if self.pinned:
            return self.pinned.text
        if not self.answered or self.highlight is None:
            return None
        start, end = self.highlight
        return self.hits[0].passage.text[start:end]


@dataclass(frozen=True, slots=True)
class SourceSummary(Record):
    """What a corpus holds of one publisher. `source`: None for articles whose publisher is unknown.

    `first`, `last`: the dates between which its articles lie; None where no article has one.
    """

    source: str | None
    documents: int
    first: datetime.date | None = None
    last: datetime.date | None = None
