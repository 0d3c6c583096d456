"""Which letters are capitals, and which of many words stands here? Regular expressions for both."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

_LETTERS = [chr(code) for code in range(0x41, 0x1EFA) if chr(code).isalpha()]
CAPITAL = f"[{''.join(c for c in _LETTERS if c.isupper())}]"
SMALL = f"[{''.join(c for c in _LETTERS if c.islower())}]"
"""Vietnamese capitals and small letters alternate, so ranges won't do."""


def any_of(words: Iterable[str]) -> str:
    """A regular expression of any of these words, the longest first.

    Those that open with the same character stand together, so that a hundred words are told apart by some twenty tests.
    """
    ordered = sorted(set(words), key=lambda word: (word[0], -len(word), word))
    return "|".join(
        f"{re.escape(first)}(?:{'|'.join(re.escape(word[1:]) for word in some)})"
        for first, some in groupby(ordered, key=itemgetter(0))
    )
