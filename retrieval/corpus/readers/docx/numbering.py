"""Which number does Word show before a paragraph? It stands in no run: "Điều %1." and a count make "Điều 2."."""

from __future__ import annotations

import re
from typing import Any

from retrieval.corpus.readers.docx.xml import W, attribute, number

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


class Numbering:
    """Counts the lists of a document while its paragraphs pass, in order."""

    def __init__(self, numbering: Any) -> None:
        self._levels: dict[int, dict[int, Any]] = {}
        self._lists: dict[int, int] = {}
        self._starts: dict[tuple[int, int], int] = {}
        self._counts: dict[int, list[int | None]] = {}
        self._begun: set[int] = set()
        if numbering is None:
            return
        for node in numbering.iter(f"{W}abstractNum"):
            identifier = number(node, "abstractNumId")
            if identifier is not None:
                self._levels[identifier] = {
                    level: each
                    for each in node.iter(f"{W}lvl")
                    if (level := number(each, "ilvl")) is not None
                }
        for node in numbering.iter(f"{W}num"):
            identifier, kind = number(node, "numId"), number(node.find(f"{W}abstractNumId"))
            if identifier is None or kind is None:
                continue
            self._lists[identifier] = kind
            for override in node.iter(f"{W}lvlOverride"):
                level, start = number(override, "ilvl"), number(override.find(f"{W}startOverride"))
                if level is not None and start is not None:
                    self._starts[identifier, level] = start

    def label(self, identifier: int | None, level: int) -> tuple[str, int | None]:
        """("Điều 2.", None) for a paragraph of that list, which counts it; of a bullet (its sign, its level)."""
        kind = self._lists.get(identifier) if identifier else None
        levels = self._levels.get(kind) if kind is not None else None
        if identifier is None or kind is None or not levels or level not in levels:
            return "", None
        counts = self._counts.setdefault(kind, [None] * 10)
        if identifier not in self._begun:
            self._begun.add(identifier)
            for (own, at), start in self._starts.items():
                if own == identifier:
                    counts[at] = start - 1
        last = counts[level]
        counts[level] = self._start(levels, level) if last is None else last + 1
        counts[level + 1 :] = [None] * (len(counts) - level - 1)
        node = levels[level]
        shape = (
            attribute(node.find(f"{W}numFmt"), "val") if node.find(f"{W}numFmt") is not None else "decimal"
        )
        written = attribute(node.find(f"{W}lvlText"), "val") if node.find(f"{W}lvlText") is not None else ""
        if shape == "bullet":
            return written or "•", level
        if shape == "none" or not written:
            return "", None

        def count(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            value = counts[at] if 0 <= at < len(counts) else None
            value = self._start(levels, at) if value is None else value
            return _written(value, _shape(levels.get(at)))

        return _PLACE.sub(count, written).strip(), None

    def _start(self, levels: dict[int, Any], level: int) -> int:
        node = levels.get(level)
        start = number(node.find(f"{W}start")) if node is not None else None
        return 1 if start is None else start


def _shape(level: Any) -> str:
    node = level.find(f"{W}numFmt") if level is not None else None
    return (attribute(node, "val") if node is not None else None) or "decimal"


def _written(value: int, shape: str) -> str:
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
