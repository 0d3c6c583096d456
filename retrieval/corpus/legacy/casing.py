"""Which small letters of an old font were meant as capitals? TCVN3 has no capitals with a tone."""

from __future__ import annotations

import re
import unicodedata

_TONED = frozenset("àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")
_SENTENCE = re.compile(rf"[.!?…][\"”’)]*\s+[\"“‘(]?[{''.join(sorted(_TONED))}]")
_OPENING = re.compile(rf"\s*[\"“‘(]?[{''.join(sorted(_TONED))}]")
_SHORT = 30
"""Characters: a paragraph that is broken to fit a width has longer lines."""
_VOWEL = re.compile("[aeiouy]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def raise_case(text: str) -> str:
    """Capitals for toned letters inside words in capitals, "ĐảNG Bộ" -> "ĐẢNG BỘ", and where a sentence begins.

    A word such as "Bộ" is told by its neighbours on the line: words that are surely in capitals, or surely not. A line
    opens a sentence where it is the first, or stands below a blank or a short one: below a full line it may go on.
    """
    lines = text.split("\n")
    above = ""
    for number, line in enumerate(lines):
        raised = line if line.islower() else _raise_line(line)
        if len(above.strip()) < _SHORT:
            raised = _OPENING.sub(_upper, raised, count=1) if _OPENING.match(raised) else raised
        lines[number] = _SENTENCE.sub(_upper, raised)
        above = line
    return "\n".join(lines)


def _upper(match: re.Match[str]) -> str:
    return match[0].upper()


def _raise_line(line: str) -> str:
    words = list(_WORD.finditer(line))
    cases = [_case_of(word[0]) for word in words]
    before = _nearest_sure(cases)
    after = _nearest_sure(cases[::-1])[::-1]
    parts, end = [], 0
    for number, word in enumerate(words):
        beside = (before[number], after[number])
        raised = cases[number] == "capitals" or (
            cases[number] == "either" and "capitals" in beside and "small" not in beside
        )
        parts += [line[end : word.start()], word[0].upper() if raised else word[0]]
        end = word.end()
    return "".join([*parts, line[end:]])


def _case_of(word: str) -> str:
    """`capitals`: two capitals and no small letter but toned ones; `either`: one capital at most, and toned ones.

    An abbreviation without a vowel, "TT", says nothing of its neighbours.
    """
    untoned = [c for c in word if c not in _TONED]
    if any(c.islower() for c in untoned):
        return "small"
    return "capitals" if len(untoned) >= 2 and _VOWEL.search(unicodedata.normalize("NFD", word)) else "either"


def _nearest_sure(cases: list[str]) -> list[str]:
    """For each word the last one before it whose case is sure; "" where there is none."""
    found, last = [], ""
    for case in cases:
        found.append(last)
        if case != "either":
            last = case
    return found
