"""Which name was meant where a letter slipped? One that the corpus has, one letter or one mark away.

Only words that the corpus lacks, alone or beside their neighbours in a name, are looked at, and only those replaced
whose right form stands beside the same neighbours. A place or a common personal name is never taken for a slip.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from retrieval.question.names import GENERIC
from retrieval.question.vocabulary import Df
from retrieval.vietnamese.syllables import (
    fold,
    is_plain_syllable,
    is_syllable,
    marked_forms,
    plain,
    spell,
    strip_marks,
)
from retrieval.vietnamese.wordlists import read_words

_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FAMILY, _GIVEN = read_words("family_names"), read_words("given_names")
"""Common family names and given names: another person, not a slip."""
MIN_LENGTH = 3
"""Letters of a word that may be a slip: shorter ones are one letter away from too much."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def term(self) -> str:
        return fold(self.text)

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def correct_names(
    text: str, df: Df, is_place: Callable[[Sequence[str]], bool], *, lacks_marks: bool
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text with slips put right, and (typed, meant) of each. `lacks_marks`: the question has no marks."""
    words = [_Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    corrections: list[tuple[str, str]] = []
    for run in _runs(words):
        best = min(
            (
                found
                for number in run
                for found in _meant(words, number, run, df, is_place, lacks_marks=lacks_marks)
            ),
            key=lambda found: (-found[0], found[2]),
            default=None,
        )
        if best is None:
            continue
        _, number, meant = best
        word = words[number]
        text = text[: word.start] + meant + text[word.end :]
        shift = len(meant) - len(word.text)
        typed = " ".join(words[other].text for other in run)
        words[number:] = [
            _Word(
                meant if other is word else other.text,
                other.start + shift * (other is not word),
                other.end + shift,
            )
            for other in words[number:]
        ]
        if strip_marks(meant) != word.text:  # else its marks were left out, which is no slip
            corrections.append((typed, " ".join(words[other].text for other in run)))
    return text, tuple(corrections)


def _runs(words: Sequence[_Word]) -> Iterator[range]:
    """Names: capitalised neighbours; and every other word alone."""
    start = 0
    while start < len(words):
        end = start + 1
        while (
            end < len(words)
            and words[start].capital
            and words[end].capital
            and words[end].start - words[end - 1].end == 1
        ):
            end += 1
        while end - start > 1 and words[start].text.lower() in GENERIC:
            yield range(start, start + 1)
            start += 1
        yield range(start, end)
        start = end


def _meant(
    words: Sequence[_Word],
    number: int,
    run: range,
    df: Df,
    is_place: Callable[[Sequence[str]], bool],
    *,
    lacks_marks: bool,
) -> Iterator[tuple[int, int, str]]:
    """(passages that have it, the word's number, the word as meant) for a word that looks like a slip."""
    word = words[number]
    if (
        len(word.text) < MIN_LENGTH
        or word.text[1:] != word.text[1:].lower()
        or (len(run) == 1 and word.text.lower() in GENERIC)
    ):
        return
    known = df(word.term, False) or df(plain(word.term), True)
    if len(run) == 1 and (known or is_syllable(word.text) or is_plain_syllable(word.text)):
        return
    beside = _Beside(words, number, run, df)
    if known and (not beside.terms or beside.count(spell(word.text, lacks_marks=lacks_marks), lacks_marks)):
        return
    if _is_another(words, number, run, is_place):
        return
    yield from ((count, number, meant) for count, meant in _candidates(word, beside, lacks_marks=lacks_marks))


class _Beside:
    """A word's neighbours: those of its name, else the words around it."""

    def __init__(self, words: Sequence[_Word], number: int, run: range, df: Df) -> None:
        self._df = df
        within = range(max(0, number - 1), min(len(words), number + 2)) if len(run) == 1 else run
        self.left = words[number - 1].term if number - 1 in within else ""
        self.right = words[number + 1].term if number + 1 in within else ""
        self.whole = len(run) > 1
        text = words[number].text
        self.alone = len(run) == 1 and len(text) > 4 and not is_plain_syllable(strip_marks(text))

    @property
    def terms(self) -> bool:
        return bool(self.left or self.right)

    def count(self, term: str, lacks_marks: bool) -> int:
        """Passages that hold the term beside its neighbours: beside all of them in a name, else beside any.

        A foreign name needs none beside it: few words are one letter away from it.
        """
        spell = plain if lacks_marks else str
        counts = [self._df(f"{spell(self.left)}_{term}", lacks_marks)] if self.left else []
        if self.right and not (self.whole and counts == [0]):
            counts.append(self._df(f"{term}_{spell(self.right)}", lacks_marks))
        if self.alone and not any(counts):
            return min(self._df(term, lacks_marks), 1)
        return (min if self.whole else max)(counts, default=0)


def _is_another(
    words: Sequence[_Word], number: int, run: range, is_place: Callable[[Sequence[str]], bool]
) -> bool:
    """Whether the word is right as it stands: a known place's, or a common name's where such stands."""
    for start in range(max(0, number - 2), number + 1):
        for end in range(max(number + 1, start + 2), min(len(words), number + 3) + 1):
            if is_place([word.term for word in words[start:end]]):
                return True
    lowered = words[number].text.lower()
    if len(run) == 1:
        return lowered in _GIVEN and words[number].capital
    return lowered in (_FAMILY if number == run.start else _GIVEN)


def _candidates(word: _Word, beside: _Beside, *, lacks_marks: bool) -> Iterator[tuple[int, str]]:
    typed = word.text.lower()
    plainly = strip_marks(typed)
    spelt = is_plain_syllable(plainly)
    near = {plainly} | {edit for edit in _edits(plainly) if not spelt or is_plain_syllable(edit)}
    for letters in near:
        if lacks_marks:
            if letters != plainly and (count := beside.count(fold(letters), True)):
                yield count, _in_case(letters, word.text)
            continue
        if not beside.count(fold(letters), True):
            continue
        for form in (letters, *marked_forms(letters)):
            if form != typed and _one_apart(typed, form) and (count := beside.count(fold(form), False)):
                yield count, _in_case(form, word.text)


def _in_case(form: str, like: str) -> str:
    return form.capitalize() if like[0].isupper() else form


def _edits(letters: str) -> Iterator[str]:
    """One letter left out, put in, changed or swapped with the next; the first stays, people look at it."""
    for at in range(1, len(letters) + 1):
        head, tail = letters[:at], letters[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def _one_apart(typed: str, form: str) -> bool:
    """Whether one letter with its marks was changed, left out, put in, or two neighbours swapped."""
    if abs(len(typed) - len(form)) > 1:
        return False
    at = 0
    while at < min(len(typed), len(form)) and typed[at] == form[at]:
        at += 1
    rest, other = typed[at:], form[at:]
    return (
        rest[1:] == other[1:]
        or rest[1:] == other
        or rest == other[1:]
        or (len(rest) > 1 and len(other) > 1 and rest[1] + rest[0] + rest[2:] == other)
    )
