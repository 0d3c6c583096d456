"""Which terms does a text hold, in order? Syllables and numbers, each accented and plain; abbreviations spelt out.

An occurrence is a token; a vocabulary entry is a term. Neighbouring pairs are made from these where needed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from retrieval.analysis.syllables import fold

_TOKEN = re.compile(
    r"\d+(?:[.,/:-]\d+)*"  # 12.345  74,48  29/7/2019  2015-2020
    r"|[^\W\d_]+(?:[.&-][^\W\d_]+)*\d*"  # đảng  T.Ư  KT-XH  Covid
    r"|[^\W_]+",
)
_JOINT = re.compile(r"[.&-]")


@dataclass(frozen=True, slots=True)
class Token:
    """An occurrence of a term at `[start, end)` of the text."""

    term: str
    start: int
    end: int


def tokenize(text: str, abbreviations: Mapping[str, str] | None = None) -> list[Token]:
    """The tokens of NFC `text`. A short form found in `abbreviations` is followed by its long form's terms,
    at the same offsets."""
    tokens = []
    for match in _TOKEN.finditer(text):
        start, end, word = match.start(), match.end(), match.group()
        if abbreviations and (long := abbreviations.get(word)):
            tokens.append(Token(fold(word), start, end))
            tokens.extend(Token(fold(part), start, end) for part in long.split())
        elif word[0].isdigit() or not _JOINT.search(word):
            tokens.append(Token(fold(word), start, end))
        else:
            at = start
            for part in _JOINT.split(word):
                tokens.append(Token(fold(part), at, at + len(part)))
                at += len(part) + 1
    return tokens
