"""Where is a text cut that is too long for one message? After a line, else a sentence, else a word."""

from __future__ import annotations

import re

_CUTS = (re.compile(r"\n+"), re.compile(r"[.!?…;:][\"”’)\]]*\s+"), re.compile(r"\s+"))
"""Where a long paragraph may be cut, best first."""
UNPRINTABLE = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), " ") | dict.fromkeys(
    range(0xD800, 0xE000), "\ufffd"
)
"""For `str.translate`: what channels refuse or swallow; one character for one, so that offsets stay."""


def units(text: str) -> int:
    """Length in UTF-16 code units, in which channels count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> int:
    """Where to cut, so that what is before fits: at the last good place in its second half, else anywhere."""
    most, used = 0, 0
    for character in text:
        used += 2 if character > "\uffff" else 1
        if used > limit:
            break
        most += 1
    for pattern in _CUTS:
        ends = [match.end() for match in pattern.finditer(text, most // 2, most)]
        if ends:
            return ends[-1]
    return most
