"""Has an operator pinned an answer to this question? Another wording of it is enough, a likeness is not.

Both questions are read alike. What they ask for, their words, names, days and papers must be the same; order of words,
particles, diacritics left out and synonyms of the lexicon make no difference. "Mấy giờ thư viện mở cửa vậy ạ?" is
"Thư viện mở cửa lúc mấy giờ?"; "Thư viện đóng cửa lúc mấy giờ?" is another question.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from retrieval.errors import QuestionError
from retrieval.gazetteer import Gazetteer
from retrieval.records import PinnedAnswer, Query
from retrieval.vietnamese.characters import as_meant, as_typed
from retrieval.vietnamese.function_words import ASKING, DENIALS, PARTICLES, POINTING
from retrieval.vietnamese.syllables import fold, plain

MAX_QUESTIONS = 20
"""Wordings of one pinned answer."""

MAX_QUESTION_CHARACTERS = 300

MAX_TEXT_CHARACTERS = 2_000

MAX_SOURCE_CHARACTERS = 200

_PARTICLES = frozenset(map(fold, (*"là thì mà của có các những cái a".split(), *PARTICLES, *POINTING)))
"""Change nothing in what is asked, wherever they stand."""

_LEADING = frozenset(map(fold, "vào lúc ở tại trong từ hết mất khoảng tổng cộng tất cả là được".split()))
"""Change nothing right before the words that ask, or before a day: "mở cửa lúc mấy giờ"."""

_ASKING = frozenset(map(fold, (*"khi thế ra như hay".split(), *ASKING, *DENIALS)))
"""Of the words that ask, those that every question of this kind may have: "giờ" of "mấy giờ" must be there."""

_ALIKE = 0.4
"""Of the shorter wording's words, how many must be in the other for the two to be compared at all."""


def checked(
    questions: Iterable[str], text: str, source: str, *, day: datetime.date, read: Callable[[str], Query]
) -> PinnedAnswer:
    """The answer to pin, without an id yet. Raises QuestionError, which says what can't be pinned and why."""
    wordings = tuple(dict.fromkeys(map(as_typed, questions)))
    text, source = as_meant(text).strip(), as_typed(source)
    if not wordings or not all(wordings):
        raise QuestionError("chưa có câu hỏi để ghim; hãy viết câu hỏi như người ta hỏi")
    if len(wordings) > MAX_QUESTIONS:
        raise QuestionError(f"có {len(wordings)} cách hỏi; mỗi câu trả lời chỉ ghim được {MAX_QUESTIONS}")
    for what, written, most in (
        *(("câu hỏi", wording, MAX_QUESTION_CHARACTERS) for wording in wordings),
        ("câu trả lời", text, MAX_TEXT_CHARACTERS),
        ("nguồn", source, MAX_SOURCE_CHARACTERS),
    ):
        if not written:
            raise QuestionError(f"{what} còn trống; hãy điền vào")
        if len(written) > most:
            raise QuestionError(f"{what} dài {len(written)} ký tự; hãy rút xuống {most}")
    for wording in wordings:
        try:
            query = read(wording)
        except QuestionError as error:
            raise QuestionError(f"“{wording}”: không phải câu hỏi; hãy viết như người ta hỏi") from error
        if sum(not word.idle for word in _Asked(query, ()).words) < 2:
            raise QuestionError(f"“{wording}”: quá ít từ; hãy nêu rõ hỏi về gì")
    return PinnedAnswer(0, wordings, text, source, day)


def find_pinned(
    query: Query, pins: Sequence[PinnedAnswer], *, read: Callable[[str], Query], gazetteer: Gazetteer
) -> PinnedAnswer | None:
    """The newest answer that is pinned to this question. `read`: what makes a Query of a wording."""
    if not pins:
        return None
    asked = _reading(query, gazetteer)
    typed = _letters(query.text)
    for pin in reversed(pins):
        for wording in pin.questions:
            held = _letters(wording)
            if len(held & typed) >= _ALIKE * min(len(held), len(typed)) and asked.same_as(
                _reading(read(wording), gazetteer)
            ):
                return pin
    return None


def _letters(text: str) -> frozenset[str]:
    return frozenset(map(plain, re.findall(r"\w+", text)))


def _reading(query: Query, gazetteer: Gazetteer) -> _Asked:
    tokens = [fold(term.origin or term.text) for term in query.terms]
    return _Asked(query, tuple(gazetteer.synonyms.find(tokens, lacks_marks=query.lacks_marks)))


@dataclass(frozen=True, slots=True)
class _Word:
    """`marked`: None where it was typed without its marks, which any other then may have. `idle`: may be left out."""

    plain: str
    marked: str | None
    idle: bool = False


class _Asked:
    """What must be the same in two questions that are one."""

    def __init__(self, query: Query, synonyms: Sequence[tuple[int, int, tuple[str, ...]]]) -> None:
        self.query = query
        mentions = query.mentions
        self._covered = [(moment.start, moment.end) for moment in mentions.moments]
        self._covered += [(paper.start, paper.end) for paper in mentions.papers]
        self._asking = range(*query.asking) if query.asking else range(0)
        self.named = [
            *sorted(repr(moment.value) for moment in mentions.moments),
            *sorted(plain(paper.number) for paper in mentions.papers),
        ]
        self.names = [plain(name) for name in query.names]
        self.words = [word for number in range(len(query.terms)) for word in self._words(number)]
        self.chosen = self._with_chosen(synonyms)

    def _with_chosen(self, synonyms: Sequence[tuple[int, int, tuple[str, ...]]]) -> list[_Word]:
        """The words, of synonyms always the same one."""
        words: list[_Word] = []
        at = 0
        for start, end, others in synonyms:
            if not set(range(start, end)) & set(self._asking):
                words += [word for number in range(at, start) for word in self._words(number)]
                words += [_Word(word, None) for word in min(map(_spelt, (self._phrase(start, end), *others)))]
                at = end
        return words + [word for number in range(at, len(self.query.terms)) for word in self._words(number)]

    def _phrase(self, start: int, end: int) -> str:
        return self.query.text[self.query.terms[start].start : self.query.terms[end - 1].end]

    def _words(self, number: int) -> Iterable[_Word]:
        """The word as typed; of an abbreviation that is followed by what it stands for, only that."""
        terms = self.query.terms
        term = terms[number]
        if any(start <= term.start < end for start, end in self._covered):
            return ()
        together = [one for one in terms if (one.start, one.end) == (term.start, term.end)]
        if len(together) > 1:
            return () if term is together[0] else (_Word(plain(term.text), None),)
        word = fold(term.origin or term.text)
        marked = None if self.query.lacks_marks and word.isascii() else word
        return (_Word(plain(word), marked, self._is_idle(number)),)

    def _is_idle(self, number: int) -> bool:
        """Whether the word changes nothing in what is asked."""
        if number in self._asking:
            return self._among(number, _ASKING)
        if self._among(number, _PARTICLES):
            return True
        terms, after = self.query.terms, number
        while after < len(terms) and after not in self._asking and self._among(after, _LEADING):
            after += 1
        before_day = after < len(terms) and any(start == terms[after].start for start, _ in self._covered)
        return after > number and (after in self._asking or before_day)

    def _among(self, number: int, words: frozenset[str]) -> bool:
        term = self.query.terms[number]
        word = fold(term.origin or term.text)
        return word in words or (self.query.lacks_marks and word in set(map(plain, words)))

    def same_as(self, other: _Asked) -> bool:
        """Whether the two ask the same."""
        kinds = {self.query.kind, other.query.kind}
        if len(kinds) > 1 and not ("other" in kinds and None in (self.query.asking, other.query.asking)):
            return False
        if self.named != other.named:
            return False
        if self.names != other.names and sorted(self.names) == sorted(
            other.names
        ):  # "from A to B", "from B to A"
            return False
        return _alike(
            self._without_unit(self.words, other), other._without_unit(other.words, self)
        ) or _alike(self._without_unit(self.chosen, other), other._without_unit(other.chosen, self))

    def _without_unit(self, words: list[_Word], other: _Asked) -> list[_Word]:
        """The words without the unit that only this one names: "bao nhiêu tiền" where a price is asked for anyway."""
        mine, theirs = self.query.asked, other.query.asked
        if not (mine and theirs and mine.unit and mine.dimension):
            return words
        price = mine.dimension == "money" and not theirs.dimension and not theirs.unit
        if mine.dimension != theirs.dimension and not price:
            return words
        held = {word.plain for word in other.words}
        unit = set(map(plain, mine.unit.split())) - held
        return [word for word in words if word.plain not in unit]


@cache
def _spelt(phrase: str) -> list[str]:
    return [plain(word) for word in phrase.split()]


def _alike(left: Sequence[_Word], right: Sequence[_Word]) -> bool:
    """Whether the two hold the same words, each as often, but for idle ones."""
    for spelling in {word.plain for word in (*left, *right)}:
        ours, theirs = ([word for word in side if word.plain == spelling] for side in (left, right))
        more = ours if len(ours) > len(theirs) else theirs
        if abs(len(ours) - len(theirs)) > sum(word.idle for word in more):
            return False
        marked, other = (Counter(word.marked for word in side if not word.idle) for side in (ours, theirs))
        if marked != other and None not in {word.marked for word in (*ours, *theirs)}:
            return False
    return True
