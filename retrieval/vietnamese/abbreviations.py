"""Which short forms does an article define for itself? "đảng viên (ĐV)", "Nghị quyết (NQ)" — and then uses alone."""

from __future__ import annotations

import re

from retrieval.vietnamese.syllables import strip_marks

_DEFINITION = re.compile(r"\(([^\W\d_a-z]{2,10})\)")
_WORD = re.compile(r"[^\W\d_]+")


def defined_abbreviations(text: str) -> dict[str, str]:
    """Short form -> long form, for each "long form (SHORT)" whose letters are the long form's initials."""
    if "(" not in text:
        return {}
    found: dict[str, str] = {}
    for match in _DEFINITION.finditer(text):
        short = match[1]
        words = _WORD.findall(text, max(0, match.start() - 12 * len(short)), match.start())[-len(short) :]
        initials = "".join(word[0] for word in words)
        if short.isupper() and strip_marks(initials).upper() == strip_marks(short):
            found.setdefault(short, " ".join(words).lower())
    return found
