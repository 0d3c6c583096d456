"""What does a passage's text say, and does it hold the kind of thing that is asked for?"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence

import numpy as np

from retrieval.collection import term_id
from retrieval.question.asked_date import GRAIN_FIT, asked_grain
from retrieval.question.asked_label import may_be_asked, words_asked
from retrieval.ranking.bm25 import Scores
from retrieval.ranking.occurrences import Counts, Flags
from retrieval.ranking.passage_view import NO_LABEL, PassageView
from retrieval.ranking.terms import QuestionTerms
from retrieval.records import AnswerKind, Query
from retrieval.vietnamese.labels import label_of
from retrieval.vietnamese.name_heads import TERRITORIES, alternatives
from retrieval.vietnamese.names import capitals_in
from retrieval.vietnamese.syllables import plain

_TOTAL = re.compile(r"\b(?:tổng số|tổng cộng|toàn|tất cả|cả thảy|cả nước|cả tỉnh|hiện có|hiện nay)\b", re.I)
_TOTAL_VERBS = frozenset(("có", "co", "là", "la"))
_BEFORE_FIGURES = frozenset(
    "co la duoc gom khoang hon tren gan dat voi toi den con va them tong so da cung nhung chung cac trong ve chi"
    " moi ca it nhat nhieu bang tu o cho tai thi".split()
)
"""Words, without marks, that may stand right before a figure and say nothing of what it counts."""
NEAR = 6
"""Words between a figure and what it counts: "882 đảng viên nữ", "đảng viên nữ là 882 người"."""

_REASON = re.compile(
    r"\b(?:vì|do|bởi|nhờ|nên|khiến|gây|tránh|nhằm|giúp|nguyên nhân|lý do|lí do|dẫn đến|dẫn tới|xuất phát)\b",
    re.I,
)
_PLACE = re.compile(rf"\b(?:tại|ở|thuộc|nằm|{alternatives(TERRITORIES)}|TP) ")


def text_features(
    query: Query,
    terms: QuestionTerms,
    mass: Scores,
    views: Sequence[PassageView],
    rows: Sequence[Counts],
) -> dict[str, Scores]:
    """TEXT_FEATURES of each passage; `mass`: the weight of each of `terms.singles`; `rows`: which of them each of the
    passage's terms is, -1: of none."""
    found = {name: np.zeros(len(views)) for name in TEXT_FEATURES}
    found["commas"] = np.array([math.log1p(view.text.count(",")) for view in views])
    found["is_heading"] = np.array([float(_may_head(view.text, len(view.ids[0]))) for view in views])
    if views and _has_to_read(query):
        reader = _Reader(query, terms, mass)
        read = [reader.read(view, of_terms.tolist()) for view, of_terms in zip(views, rows, strict=True)]
        found |= {name: np.array([row[name] for row in read], dtype=np.float64) for name in read[0]}
    return found


def labels_said(
    query: Query, terms: QuestionTerms, views: Sequence[PassageView]
) -> tuple[Flags, Scores, Scores]:
    """Of what each passage says something about, its own label or the heading over it.

    Which of the question's terms the label has, shape (T, passages); the share of the label that the question says;
    and the greatest share of label or heading that it says or asks for ("Địa điểm" for "ở đâu"), 0 where none names
    what is asked for.
    """
    held = np.zeros((len(terms.singles), len(views)), np.bool_)
    said, asked = np.zeros(len(views)), np.zeros(len(views))
    ids = [(term.plain, term_id(term.text)) for term in terms.singles]
    is_asked = may_be_asked(query)
    for number, view in enumerate(views):
        if not (is_asked or view.is_line):
            continue
        for is_own, (words, streams) in enumerate((view.head if is_asked else NO_LABEL, view.label)):
            names = words_asked(words, query) if words and is_asked else 0
            if not words or not (is_own or names):
                continue
            known = [set(stream.tolist()) for stream in streams]
            found = np.array([term in known[is_plain] for is_plain, term in ids], np.bool_)
            if is_own:
                held[:, number] = found
                said[number] = min(1.0, found.sum() / len(words))
            if names:
                asked[number] = max(asked[number], min(1.0, (found.sum() + names) / len(words)))
    return held, said, asked


def _may_head(text: str, terms: int) -> bool:
    """Whether a passage looks like a heading: short, not closed, and no line of a form ("Lệ phí: 120.000 đồng"), row or
    list, though nothing closes these."""
    return (
        terms < 15 and text[-1:] not in '.!?…"”;:' and not ("\n" in text or " | " in text or label_of(text))
    )


def _has_to_read(query: Query) -> bool:
    """Whether anything is asked for that only the passages themselves tell."""
    return query.kind in _READ_FOR or bool(query.years or query.since)


class _Reader:
    """Reads passages with one question in mind."""

    def __init__(self, query: Query, terms: QuestionTerms, mass: Scores) -> None:
        self._kind: AnswerKind = query.kind
        self._text = query.text.lower()
        self._said = {plain(term.text) for term in query.terms}
        self._mass = mass
        self._accented = {term.text: row for row, term in enumerate(terms.singles) if not term.plain}
        self._plain = {term.text: row for row, term in enumerate(terms.singles) if term.plain}
        self._is_name = [term.role == "name" for term in terms.singles]
        self._content = [term.is_content for term in terms.singles]
        self._order = [self._row(term.text) for term in query.terms]
        self._query = query
        self._fits = GRAIN_FIT[asked_grain(query)]
        self._focus = self._focus_of(query)
        self._lead = query.terms[query.asking[0] - 1].text if query.asking and query.asking[0] else ""
        verbs = {term.text for term in query.terms if term.role == "verb"}
        self._asks_total = verbs <= _TOTAL_VERBS
        rows = (self._row(noun) for noun in query.nouns)
        self._nouns = [-1 if row is None else row for row in rows]

    def _row(self, term: str) -> int | None:
        row = self._accented.get(term)
        return self._plain.get(plain(term)) if row is None and self._plain else row

    def _focus_of(self, query: Query) -> frozenset[int]:
        """The words that say what is counted or dated: those after the asking words up to a function word, else
        those before them."""
        if query.asking is None:
            return frozenset()
        start, end = query.asking
        after = [row for row in self._order[end:] if row is not None]
        stretch = list(itertools.takewhile(lambda row: self._content[row], after))
        if not stretch:
            before = [row for row in reversed(self._order[:start]) if row is not None]
            stretch = list(itertools.takewhile(lambda row: self._content[row], before))
        return frozenset(row for row in stretch if not self._is_name[row])

    def read(self, view: PassageView, rows: Sequence[int]) -> dict[str, float]:
        """What the passage itself shows. `rows`: which of the question's each of its terms is."""
        return {**self._year_features(view), **self._kind_features(view, rows)}

    def _year_features(self, view: PassageView) -> dict[str, float]:
        """Whether the passage speaks of a year that is asked for, or only of others."""
        query = self._query
        if not (query.years or query.since):
            return {"year_asked": 0.0, "year_other": 0.0}
        first = query.since.year if query.since else 9999
        last = query.until.year if query.until else 9999
        years = [year for found in view.mentions.moments for year in found.value.years]
        asked = any(year in query.years or first <= year <= last for year in years)
        return {"year_asked": float(asked), "year_other": float(bool(years) and not asked)}

    def _kind_features(self, view: PassageView, rows: Sequence[int]) -> dict[str, float]:
        text, kind = view.text, self._kind
        features = dict.fromkeys(_KIND_FEATURES, 0.0)
        if kind == "number":
            features["number_unit"] = self._unit(view)
            if numbers := self._numbers(view, rows):
                features["number"] = min(2, len(numbers))
                features["number_noun"] = self._counted(view.terms, rows, numbers)
                features["number_focus"] = self._focused(rows, numbers)
                features["number_slot"] = self._in_slot(view.terms, numbers)
                features["number_other"] = self._of_another(view.terms, rows, numbers)
            features["number_total"] = float(self._asks_total and bool(_TOTAL.search(text)))
        elif kind == "date":
            moments = [(found.start, found.end) for found in view.mentions.moments]
            features["date"] = min(
                2, sum(text[start:end].lower() not in self._text for start, end in moments)
            )
            fits = self._fits
            features["date_grain"] = max(
                (
                    fits.get(found.value.grain, 0.0)
                    for found in view.mentions.moments
                    if text[found.start : found.end].lower() not in self._text
                ),
                default=0.0,
            )
            if view.has_digits and self._focus:
                features["date_focus"] = self._focused(rows, _figures(view, rows))
        elif kind in ("person", "organisation", "place"):
            features["new_names"] = min(4, sum(plain(w) not in self._said for w in capitals_in(text)))
            if kind == "place":
                features["place"] = float(bool(_PLACE.search(text)))
        elif kind == "reason":
            features["reason"] = min(3, len(_REASON.findall(text)))
        elif kind == "list":
            features["list"] = math.log1p(text.count(",") + text.count(";"))
        return features

    def _numbers(self, view: PassageView, rows: Sequence[int]) -> list[int]:
        """Places of the tokens that are an amount's figure and that the question doesn't say itself."""
        if not view.has_digits:
            return []
        places = _figures(view, rows)
        figures = [
            (amount.core, amount.number_end)
            for amount in (view.mentions.quantities if places else ())
            if amount.form == "figure"
        ]
        if not figures:
            return []
        starts = ((place, view.tokens[place].start) for place in places)
        return [place for place, at in starts if any(start <= at < end for start, end in figures)]

    def _unit(self, view: PassageView) -> float:
        """1 where the text has a figure in the dimension that is asked for, -1 where not; 0 where none is asked for."""
        wanted = self._query.asked.dimension if self._query.asked else None
        if wanted is None or wanted == "ordinal":
            return 0.0
        return 1.0 if any(amount.dimension == wanted for amount in view.mentions.quantities) else -1.0

    def _counted(self, terms: Sequence[str], rows: Sequence[int], numbers: Sequence[int]) -> float:
        """The share of the counted noun's words that follow one of the numbers, at most one word between, or stand
        before "là" and it: "số đảng viên ở đây là 1.985"."""
        best = 0
        for number in numbers:
            starts = [number + 1, number + 2]
            if plain("".join(terms[number - 1 : number])) == "la":
                starts += range(max(0, number - 2 * NEAR), number - 1)
            for at in starts:
                pairs = zip(self._nouns, rows[at:], strict=False)
                best = max(best, sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs)))
        if best == 1 < len(self._nouns):
            return 0.0  # one syllable of a longer word: "20 đảng bộ" counts no "đảng viên"
        return best / max(1, len(self._nouns))

    def _in_slot(self, terms: Sequence[str], numbers: Sequence[int]) -> float:
        """Vietnamese asks in place: the word before "bao nhiêu" stands before the figure too, at best right before it;
        or the figure closes: "số đảng viên là 1.985"."""
        best = 0.0
        for number in numbers:
            before = terms[max(0, number - 12) : number]
            if self._lead in before[-3:] or "là" in before[-2:]:
                best = max(best, 1.0)
            elif self._lead in before:
                best = max(best, 0.5)
        return best

    def _of_another(self, terms: Sequence[str], rows: Sequence[int], numbers: Sequence[int]) -> float:
        """Whether each figure that counts the noun is said of something that wasn't asked: "kỷ luật 4 tổ chức"."""
        counting = [number for number in numbers if self._counted(terms, rows, [number]) == 1.0]
        return float(
            bool(counting)
            and all(
                number > 0 and rows[number - 1] < 0 and plain(terms[number - 1]) not in _BEFORE_FIGURES
                for number in counting
            )
        )

    def _focused(self, rows: Sequence[int], marks: Sequence[int]) -> float:
        """The share of the focus near the best of `marks` (places of tokens): whole within NEAR words, half within
        twice as many."""
        mass = {row: float(self._mass[row]) for row in self._focus}
        if not mass or not marks:
            return 0.0
        spots = {row: [place for place, found in enumerate(rows) if found == row] for row in mass}
        best = 0.0
        for mark in marks:
            near = 0.0
            for row, weight in mass.items():
                distance = min((abs(place - mark) for place in spots[row]), default=len(rows) + 2 * NEAR)
                near += weight * (1.0 if distance <= NEAR else 0.5 if distance <= 2 * NEAR else 0.0)
            best = max(best, near)
        return best / sum(mass.values())


def _figures(view: PassageView, rows: Sequence[int]) -> list[int]:
    """Places of the terms that open with a figure and aren't the question's."""
    return [
        place
        for place, (row, term) in enumerate(zip(rows, view.terms, strict=False))
        if row < 0 and term[0].isdigit()
    ]


_READ_FOR: frozenset[AnswerKind] = frozenset(
    ("number", "date", "person", "organisation", "place", "reason", "list")
)
"""Kinds of question whose features `_kind_features` gives."""
_KIND_FEATURES = (
    "number",
    "number_noun",
    "number_focus",
    "number_slot",
    "number_other",
    "number_total",
    "number_unit",
    "date",
    "date_focus",
    "date_grain",
    "new_names",
    "place",
    "reason",
    "list",
)
TEXT_FEATURES = (
    "commas",
    "is_heading",
    "year_asked",
    "year_other",
    *_KIND_FEATURES,
)
