"""What stands in a passage? Its tokens and what it mentions, found when they are first asked for, and once.

Ranking, emphasis and disagreement of one question share a view of each passage. The ids of its terms were stored when
it was indexed; where the terms stand is found only for the few passages that are asked for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from retrieval.collection import TermIds, term_id
from retrieval.vietnamese.labels import label_of
from retrieval.vietnamese.mention import Mentions, Name
from retrieval.vietnamese.mentions import find_mentions
from retrieval.vietnamese.names import names_in
from retrieval.vietnamese.syllables import fold, plain
from retrieval.vietnamese.tokens import Spelling, Token, terms_of, tokenize

_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
KEPT = 10_000
"""Passages whose mentions are kept once they were looked for, about 10 MB. Finding them takes 69 microseconds each,
beside 178 for all else that is made of one before it is written: too much to do at indexing."""

Labelled = tuple[tuple[str, ...], tuple[TermIds, TermIds]]
"""A label's terms, and their ids, accented and plain."""
NO_LABEL: Labelled = ((), (np.zeros(0, np.uint32), np.zeros(0, np.uint32)))


@dataclass(frozen=True, slots=True)
class Over:
    """What stands right over a passage: the ids of its terms, accented and plain; its words, where it is a heading."""

    ids: tuple[TermIds, TermIds]
    heading: str = ""


class PassageView:
    """A passage's text, read. `spelling`: gives its document's, with the short forms that the document defines.

    `stored`: the ids of its terms, accented and plain, as they were indexed; made of the text where they aren't given.
    `over`: gives what stands right over it.
    """

    def __init__(
        self,
        text: str,
        spelling: Callable[[], Spelling],
        stored: tuple[TermIds, TermIds] | None = None,
        over: Callable[[], Over | None] = lambda: None,
    ) -> None:
        self.text = text
        self._spelling = spelling
        self._stored = stored
        self._look_over = over

    @cached_property
    def _over(self) -> Over | None:
        return self._look_over()

    @cached_property
    def spelling(self) -> Spelling:
        return self._spelling()

    @cached_property
    def tokens(self) -> list[Token]:
        return tokenize(self.text, self.spelling)

    @cached_property
    def terms(self) -> list[str]:
        return terms_of(self.text, self.spelling)

    @property
    def ids(self) -> tuple[TermIds, TermIds]:
        """Of `terms`, accented and plain."""
        return self._made if self._stored is None else self._stored

    @cached_property
    def _made(self) -> tuple[TermIds, TermIds]:
        accented = np.array([term_id(term) for term in self.terms], np.uint32)
        return accented, np.array([term_id(plain(term)) for term in self.terms], np.uint32)

    @property
    def is_line(self) -> bool:
        """Whether it may be one line of a form or a row of a table."""
        return (":" in self.text or " | " in self.text) and "\n" not in self.text

    @cached_property
    def label(self) -> Labelled:
        """What the passage says something about, where it is one line of a form or a row of a table."""
        label = label_of(self.text) if self.is_line else None
        if label is None:
            return NO_LABEL
        words = tuple(terms_of(self.text[label.start : label.end], self.spelling))
        skipped = len(terms_of(self.text[: label.start], self.spelling))
        stretch = slice(skipped, skipped + len(words))
        return words, (self.ids[0][stretch], self.ids[1][stretch])

    @cached_property
    def head(self) -> Labelled:
        """The heading right over the passage."""
        over = self._over
        return (_words_of(over.heading), over.ids) if over and over.heading else NO_LABEL

    @property
    def has_digits(self) -> bool:
        return _DIGIT.search(self.text) is not None

    @cached_property
    def mentions(self) -> Mentions:
        return _mentions_of(self.text)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        return tuple(names_in(self.text))


@lru_cache(maxsize=KEPT)
def _mentions_of(text: str) -> Mentions:
    return find_mentions(text)


@lru_cache(maxsize=2048)
def _words_of(heading: str) -> tuple[str, ...]:
    return tuple(map(fold, _WORD.findall(heading)))
