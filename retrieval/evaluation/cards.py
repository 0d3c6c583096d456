"""Does a reader see the answer? What a card shows of a hit, whether it holds the answer, whether it is emphasised."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal

from retrieval.records import Hit

Verdict = Literal["right", "wrong", "none"]
LONGEST = 500
"""Characters of a card that count: a card that shows a whole page shows no answer."""

FEW = 8
"""Characters that emphasised words may have beyond twice the answer: "ít nhất 512 MB" for "512 MB"."""


def shown_text(hit: Hit) -> str:
    """What a card shows of the hit, at most `LONGEST` characters: `shown` where it is set, else the passage."""
    text = hit.document.text[slice(*hit.shown)] if hit.shown else hit.passage.text
    return text[:LONGEST]


def holds(text: str, answers: Iterable[str]) -> bool:
    """Whether one of the answers stands in the text as whole words, small letters and capitals alike.

    "12" stands neither in "112" nor in "3,12"; new lines and runs of spaces count as one space.
    """
    flat = _flat(text)
    return any(re.search(rf"(?<!\w)(?<!\d[.,]){re.escape(_flat(one))}(?!\w)", flat) for one in answers)


def emphasis(emphasised: str | None, answers: Sequence[str]) -> Verdict:
    """Right where the emphasised words hold an answer, or its figure without the unit, and few words more."""
    if emphasised is None:
        return "none"
    right = any(
        holds(emphasised, [_figure(one)]) and len(emphasised) <= 2 * len(one) + FEW for one in answers
    )
    return "right" if right else "wrong"


def _figure(answer: str) -> str:
    """The figure of an answer that is one figure with its unit ("gần 400 kg": "400"), else the whole answer."""
    figures = [word for word in answer.split() if any(map(str.isdigit, word))]
    return figures[0] if len(figures) == 1 else answer


def _flat(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
