"""Which passages say the same? The same caption twice, one report in two papers: shown once.

Whole articles that are near-duplicates are joined when they are indexed; this is for passages of articles that
differ elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from retrieval.vietnamese.function_words import DENIALS

MIN_SHARED = 0.75
"""Jaccard similarity of the words of two passages that say the same, at least."""

_WORD = re.compile(r"\d+(?:[.,/-]\d+)*|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Wording:
    """A passage's words in lower case, and those of them that change what is said: numbers, names, denials."""

    written: tuple[str, ...]
    words: frozenset[str]

    @classmethod
    def of(cls, text: str) -> _Wording:
        written = _WORD.findall(text)
        return cls(tuple(written), frozenset(map(str.lower, written)))

    @property
    def telling(self) -> frozenset[str]:
        return frozenset(
            word.lower()
            for place, word in enumerate(self.written)
            if word[0].isdigit() or (place and word[0].isupper()) or word.lower() in DENIALS
        )

    def says_the_same(self, other: _Wording) -> bool:
        fewer, more = sorted((len(self.words), len(other.words)))
        if fewer < MIN_SHARED * more:
            return False
        shared = len(self.words & other.words)
        if shared < MIN_SHARED * (len(self.words) + len(other.words) - shared):
            return False
        return not (self.words ^ other.words) & (self.telling | other.telling)


def grouped(texts: Iterable[str], *, limit: int) -> list[list[int]]:
    """Places of the texts in at most `limit` groups that each say another thing, in the order of their first.

    Reads `texts` only until there are `limit` groups.
    """
    groups: list[list[int]] = []
    wordings: list[_Wording] = []
    for place, text in enumerate(texts):
        if len(groups) == limit:
            break
        wording = _Wording.of(text)
        for group, first in zip(groups, wordings, strict=True):
            if wording.says_the_same(first):
                group.append(place)
                break
        else:
            groups.append([place])
            wordings.append(wording)
    return groups
