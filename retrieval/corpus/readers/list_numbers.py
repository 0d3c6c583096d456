"""Which number does Word show before a paragraph? It stands in no text: "Điều %1." and a count make "Điều 2."."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

LEVELS = 9
_PLACE = re.compile(r"%(\d)")
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "m cm d cd c xc l xl x ix v iv i".split(),
        strict=True,
    )
)
_MOST = 4000
"""No list is numbered in letters or Roman figures beyond this."""


class Level(NamedTuple):
    """A level of a list: "%1.%2." and the shape of its own number, in Word's words: decimal, upperRoman, bullet, none.

    `restart`: the level, from 1, whose next number lets this one begin anew; None: any above it; 0: none does.
    `legal`: numbers of all levels are shown as figures.
    """

    text: str
    shape: str = "decimal"
    start: int = 1
    restart: int | None = None
    legal: bool = False


class Numbering:
    """Counts the lists of a document while its paragraphs pass, in order.

    `levels`: of each kind of list; `lists`: the kind of each list; `starts`: where a list begins otherwise than its
    kind, by list and level. Lists of one kind count on from each other.
    """

    def __init__(
        self,
        levels: Mapping[int, Mapping[int, Level]],
        lists: Mapping[int, int],
        starts: Mapping[tuple[int, int], int],
    ) -> None:
        self._levels, self._lists, self._starts = levels, lists, starts
        self._counts: dict[int, list[int | None]] = {}
        self._begun: set[int] = set()

    def label(self, identifier: int | None, level: int) -> tuple[str, int | None]:
        """("Điều 2.", None) for a paragraph of that list, which counts it; of a bullet (its sign, its level)."""
        kind = self._lists.get(identifier) if identifier else None
        levels = self._levels.get(kind) if kind is not None else None
        if identifier is None or kind is None or not levels or level not in levels:
            return "", None
        counts = self._counts.setdefault(kind, [None] * (LEVELS + 1))
        if identifier not in self._begun:
            self._begun.add(identifier)
            for (begun, at), start in self._starts.items():
                if begun == identifier:
                    counts[at] = start - 1
        own = levels[level]
        last = counts[level]
        counts[level] = own.start if last is None else last + 1
        for below in range(level + 1, len(counts)):
            restart = levels[below].restart if below in levels else None
            if restart is None or level < restart:
                counts[below] = None
        if own.shape == "bullet":
            return own.text or "•", level
        if own.shape == "none" and not _PLACE.search(own.text):
            return own.text.strip(), None

        def count(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            if not 0 <= at < len(counts) or (at not in levels):
                return ""
            value = counts[at]
            shape = "decimal" if own.legal and at != level else levels[at].shape
            return _written(levels[at].start if value is None else value, shape)

        return _PLACE.sub(count, own.text).strip(), None


def _written(value: int, shape: str) -> str:
    if shape == "none":
        return ""
    if shape in ("lowerLetter", "upperLetter") and 0 < value <= _MOST:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if shape == "upperLetter" else letter
    if shape in ("lowerRoman", "upperRoman") and 0 < value <= _MOST:
        roman = ""
        for worth, letters in _ROMAN:
            roman += letters * (value // worth)
            value %= worth
        return roman.upper() if shape == "upperRoman" else roman
    return f"{value:02d}" if shape == "decimalZero" else str(value)
