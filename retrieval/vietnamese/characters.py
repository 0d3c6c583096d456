"""Which character is meant by one that only looks otherwise, or can't be seen?

"Ｔｒà Ｖｉｎｈ" comes from keyboards for Chinese, mathematical letters from what makes posts look bold; blanks of some
width and signs that can't be seen come from whatever was copied.
"""

from __future__ import annotations

import re
from unicodedata import is_normalized, normalize

_LOOKALIKES = re.compile("[\uff01-\uff5e\U0001d400-\U0001d7ff]+")
"""Full-width and mathematical letters, figures and signs: each stands for one other, so that offsets hold."""
_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_HALVES = re.compile("[\ud800-\udfff]")
_ZERO_WIDTH_BLANK = "\u200b"
_UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")


def as_meant(text: str) -> str:
    """NFC with the letters, figures, signs and blanks that are meant. One for one, but for what NFC itself joins.

    Half a surrogate pair, which no file could hold, becomes the sign for what can't be read.
    """
    if text.isascii():
        return text
    if _HALVES.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = _BLANKS.sub(" ", _LOOKALIKES.sub(lambda match: normalize("NFKC", match[0]), text))
    return text if is_normalized("NFC", text) else normalize("NFC", text)


def is_writable(text: object) -> bool:
    """Whether it is a text that a file or a database can hold: one with no half of a surrogate pair."""
    return isinstance(text, str) and not _HALVES.search(text)


def without_unseen(text: str) -> str:
    """The text without characters that can't be seen."""
    return _UNSEEN.sub("", text)


def as_typed(text: str) -> str:
    """What somebody typed or pasted: as it is meant, without what can't be seen, blanks single and none around it.

    Where a blank of no width stands, a word may end: "Trà\\u200bVinh" is two words.
    """
    return " ".join(as_meant(without_unseen(text.replace(_ZERO_WIDTH_BLANK, " "))).split())
