"""Which words are numbers? "ba" and "tư", "nhất", "IV", as patterns and with what they are worth."""

from __future__ import annotations

from collections.abc import Iterable

_WORDS = "một,mốt hai ba bốn,tư năm,lăm sáu bảy,bẩy tám chín mười".split()
VALUES = {word: value for value, words in enumerate(_WORDS, start=1) for word in words.split(",")}
"""Word -> 1 to 10. "mốt" and "lăm" end longer numbers only."""
CARDINALS = tuple(word for word in VALUES if word not in ("mốt", "lăm"))
ORDINALS = {"nhất": 1, "nhì": 2} | {word: VALUES[word] for word in CARDINALS if word not in ("một", "bốn")}
"""What follows "thứ" -> 1 to 10."""
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
ROMAN_LETTERS = frozenset(_ROMAN)


def either(words: Iterable[str]) -> str:
    """A regular expression of any of these words, in their order."""
    return "|".join(words)


def roman(written: str) -> int:
    """14 for "xiv" or "XIV"; its letters are of ROMAN_LETTERS."""
    values = [_ROMAN[letter] for letter in written.lower()]
    following = [*values[1:], 0]
    return sum(value if value >= after else -value for value, after in zip(values, following, strict=True))
