"""How near are some words of a passage to what the question says?

Nearness is what tells apart the figures, dates and names of one passage: "năm 2016 … 183 …, năm 2017 … 155 …".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from math import exp

from retrieval.answering.columns import asked_cell, cells
from retrieval.answering.rivals import Told, speaks_of, told_apart
from retrieval.question.content import denies, tells
from retrieval.ranking.passage_view import PassageView
from retrieval.records import Query, QueryTerm
from retrieval.vietnamese.enumerations import STATEMENT_END, parts, statements
from retrieval.vietnamese.mention import Mentions, Name
from retrieval.vietnamese.names import kind_of
from retrieval.vietnamese.syllables import plain
from retrieval.vietnamese.tokens import Token

Span = tuple[int, int]

_REACH = 6.0
"""Tokens after which a word of the question counts a third (1/e). Measured: 4 to 8 are alike."""
_BREAKS = (
    (re.compile(r"[.!?…][\"”’)]*\s|\n"), 12.0),
    (re.compile(r";"), 8.0),
    (re.compile(r",\s|:\s|\s[-–]\s|[()]|\s(?:và|còn|cùng|lẫn|hoặc)\s(?=\D{0,8}\d)"), 3.0),
)
"""How many tokens further away words seem across the end of a sentence or of a clause."""


_RELATING = 0.5
"""As how many words a function word weighs, of what tells a sentence's parts apart."""
_LEFT_OUT = 0.9
"""As how many words one weighs that an enumeration says only at its first part."""
_QUESTION_LINE = re.compile(r"[^\n]+\?(?=\n)")
_DECISIVE = 3.0
"""As how many words a denial or a year weighs: without it, the rest speaks of something else."""


class AskedPassage:
    """A passage, seen with the question's words in it. `header`: the row over it, where it is a table's."""

    def __init__(self, query: Query, view: PassageView, header: str = "") -> None:
        self.query = query
        self.row = cells(view.text, header) if header else ()
        self.asked_cell = asked_cell(query, self.row) if self.row else None
        self.view = view
        self.text = view.text
        self._spoken: dict[tuple[Told, int], bool | None] = {}

    @property
    def tokens(self) -> list[Token]:
        return self.view.tokens

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @property
    def mentions(self) -> Mentions:
        return self.view.mentions

    @property
    def names(self) -> tuple[Name, ...]:
        return self.view.names

    @cached_property
    def _places(self) -> list[float]:
        """Where each token stands, in tokens from the first; breaks between them count extra."""
        breaks = sorted(
            (match.start(), cost) for pattern, cost in _BREAKS for match in pattern.finditer(self.text)
        )
        steps = []
        at = 0
        last = -1
        for token in self.tokens:
            step = 0.0 if token.start == last else 1.0
            while at < len(breaks) and breaks[at][0] < token.start:
                step += breaks[at][1]
                at += 1
            steps.append(step)
            last = token.start
        return list(accumulate(steps))

    @cached_property
    def _found(self) -> dict[str, list[int]]:
        """The question's content words that the passage has -> the tokens that are them."""
        return self._places_of([term for term in self.query.terms if tells(term)])

    @cached_property
    def _relating(self) -> dict[str, list[int]]:
        """The same of its other words, which tell one part of a sentence from another: "nay còn", "từ", "trước"."""
        return self._places_of(
            [term for term in self.query.terms if term.role == "function" and not tells(term)]
        )

    def _places_of(self, content: Sequence[QueryTerm]) -> dict[str, list[int]]:
        accented, without = ({term.text for term in content if term.plain == side} for side in (False, True))
        found: dict[str, list[int]] = {}
        for number, token in enumerate(self.tokens):
            if token.term in accented:
                found.setdefault(token.term, []).append(number)
            elif plain(token.term) in without:
                found.setdefault(plain(token.term), []).append(number)
        return found

    def closeness(self, span: Span) -> float:
        """How near the question's words stand to `span`, in [0, 1]: 1 where each that the passage has is next to it.

        A word that the passage has several times tells less.
        """
        if not self._found:
            return 0.0
        first, last = self.tokens_of(span)
        before, after = self._places[first], self._places[max(first, last - 1)]
        total = 0.0
        for term, numbers in self._found.items():
            outside = [n for n in numbers if not first <= n < last]
            if outside:
                nearest = min(max(before - self._places[n], self._places[n] - after, 0.0) for n in outside)
                total += exp(-nearest / _REACH) * self._weight(term)
        return total / sum(map(self._weight, self._found))

    def _weight(self, term: str) -> float:
        return self._decides(term) / len(self._found[term])

    def _decides(self, term: str) -> float:
        decisive = denies(term) or term in self._years
        return _DECISIVE if decisive else 1.0

    @cached_property
    def _years(self) -> set[str]:
        return set(map(str, self.query.years))

    @cached_property
    def _question_line(self) -> Span:
        """The question that opens a passage of questions and answers; all that follows is said of it."""
        line = _QUESTION_LINE.match(self.text)
        return line.span() if line else (0, 0)

    def own_share(self, spans: Sequence[Span]) -> list[float]:
        """For each of `spans`, in the order of the text, how much of what passage and question share its own part of an
        enumeration says, with what opens that, in [0, 1]."""
        places = self._found | self._relating
        weights = {term: self._decides(term) if term in self._found else _RELATING for term in places}
        whole = sum(weights.values()) or 1.0
        shares = []
        for part in parts(self.text, spans):
            said_of = (self._question_line, part.shared, part.own)
            mine = [term for term in places if self._stands_in(places[term], said_of)]
            left_out = [term for term in places if self._stands_in(places[term], (part.first,))]
            borrowed = sum(weights[term] for term in left_out if term not in mine)
            shares.append((sum(weights[term] for term in mine) + _LEFT_OUT * borrowed) / whole)
        return shares

    def _stands_in(self, numbers: Sequence[int], stretches: Sequence[Span]) -> bool:
        places = [self._starts[number] for number in numbers]
        return any(start <= place < end for place in places for start, end in stretches)

    def tokens_of(self, span: Span) -> tuple[int, int]:
        """The numbers of the first token in `span` and of the first after it."""
        first = bisect_right(self._starts, span[0] - 1)
        return min(first, max(len(self.tokens) - 1, 0)), bisect_right(self._starts, span[1] - 1)

    def tokens_in(self, span: Span) -> list[Token]:
        """The tokens that start in `span`."""
        return self.tokens[bisect_left(self._starts, span[0]) : bisect_left(self._starts, span[1])]

    def terms_before(self, place: int, count: int) -> list[Token]:
        """Up to `count` tokens before the character `place`, as far back as the sentence goes."""
        ends = [match.end() for match in STATEMENT_END.finditer(self.text, 0, place)]
        first = ends[-1] if ends else 0
        last = bisect_right(self._starts, place - 1)
        return [token for token in self.tokens[max(0, last - count) : last] if token.start >= first]

    def terms_after(self, place: int, count: int) -> list[Token]:
        """Up to `count` tokens after the character `place`, as far as the sentence goes."""
        first = bisect_right(self._starts, place - 1)
        end = STATEMENT_END.search(self.text, place)
        stop = end.start() if end else len(self.text)
        return [token for token in self.tokens[first : first + count] if token.start < stop]

    def holds(self, word: QueryTerm) -> bool:
        """Whether the passage has that word of the question."""
        return any(says(token.term, word) for token in self.tokens)

    def said_by(self, tokens: Sequence[Token]) -> set[str]:
        """Which of the question's content words are among tokens of the passage."""
        return {term for token in tokens for term in (token.term, plain(token.term)) if term in self._found}

    def asks_with(self, words: Iterable[str]) -> bool:
        """Whether the question's content words hold all these, whatever their marks."""
        return {plain(word) for word in words} <= self._said

    @cached_property
    def _said(self) -> set[str]:
        return {plain(term.text) for term in self.query.terms if term.is_content}

    @property
    def may_be_of_another(self) -> bool:
        """Whether the question names a person, or which one of a kind."""
        return bool(self._persons_asked or self._told)

    def of_another(self, span: Span) -> bool:
        """Whether what stands at `span` is said of another person, or another of its kind, than the question names.

        "Cô Hoài tốt nghiệp Đại học Hà Nội" is nothing of "thầy Sơn", "Chi nhánh Cái Răng có 22 giường" nothing of "chi
        nhánh Ô Môn". Where the sentence names none, whoever was named before is meant; a passage that names none at all
        may speak of any.
        """
        if not self.may_be_of_another:
            return False
        first = max((end.end() for end in STATEMENT_END.finditer(self.text, 0, span[0])), default=0)
        stop = STATEMENT_END.search(self.text, span[1])
        last = stop.start() if stop else len(self.text)
        return self._of_another_person(span, first, last) or any(
            self._of_another_kind(told, first, last) for told in self._told
        )

    def _of_another_person(self, span: Span, first: int, last: int) -> bool:
        if not self._persons_asked or self._names_asked_person(first, last):
            return False
        if any(first <= name.start for name in self._persons_before(span[0])):
            return True
        return bool(self._persons_before(first)) and not self._names_asked_person(0, first)

    def _of_another_kind(self, told: Told, first: int, last: int) -> bool:
        """Whether the sentence, or the nearest one before it that says which, speaks of another of the kind."""
        said = [(end, self._speaks(told, start, end)) for start, end in self._statements if end <= last]
        here = next((speaks for end, speaks in reversed(said) if speaks is not None), None)
        return here is False

    @cached_property
    def _told(self) -> tuple[Told, ...]:
        return told_apart(self.query)

    @cached_property
    def _statements(self) -> list[Span]:
        return statements(self.text)

    def _speaks(self, told: Told, start: int, end: int) -> bool | None:
        known = self._spoken.get((told, start))
        if (told, start) not in self._spoken:
            known = self._spoken[told, start] = speaks_of(told, self.text[start:end])
        return known

    @cached_property
    def _persons_asked(self) -> list[str]:
        """The given names, without marks, of the persons whom the question names."""
        text = self.query.text
        return [
            plain(name.split()[-1])
            for name, (start, end) in zip(self.query.names, self.query.name_spans, strict=True)
            if kind_of(text, start, end) == "person"
        ]

    def _names_asked_person(self, start: int, end: int) -> bool:
        return any(
            plain(token.term) in self._persons_asked for token in self.tokens if start <= token.start < end
        )

    def _persons_before(self, place: int) -> list[Name]:
        return [name for name in self.names if name.end <= place and name.kind == "person"]

    @cached_property
    def asked(self) -> str:
        """The question in lower case."""
        return self.query.text.lower()


def says(term: str, word: QueryTerm) -> bool:
    """Whether a term is that word of the question, which may be typed without marks."""
    return word.text == (plain(term) if word.plain else term)
