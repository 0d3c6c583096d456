"""Which number does OpenDocument show before a paragraph of a list or a heading? It stands in no text either."""

from __future__ import annotations

import re
from typing import Any

from retrieval.corpus.readers.archive import attribute, local
from retrieval.corpus.readers.list_numbers import LEVELS, Level, Numbering
from retrieval.corpus.readers.tables import span

_SHAPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_PLACE = re.compile(r"%(\d)%")
"""LibreOffice's own "Điều %2%.", which says more than a prefix and a suffix can."""
_OUTLINE = 1
"""The list of all numbered headings."""


class Lists:
    """Counts the lists of a document while its items pass, in order. `parts`: content.xml and styles.xml."""

    def __init__(self, *parts: Any) -> None:
        self._styles: dict[str, dict[int, Level]] = {}
        outline: dict[int, Level] = {}
        for part in parts:
            for node in part.iter() if part is not None else ():
                if local(node) == "list-style":
                    self._styles.setdefault(attribute(node, "name"), _levels(node))
                elif local(node) == "outline-style":
                    outline = outline or _levels(node)
        self._levels = {_OUTLINE: outline}
        self._lists = {_OUTLINE: _OUTLINE}
        self._starts: dict[tuple[int, int], int] = {}
        self._named: dict[str, int] = {}
        self._last: dict[str, int] = {}
        self._numbering = Numbering(self._levels, self._lists, self._starts)

    def open(self, node: Any) -> int | None:
        """The list that begins with the element `text:list`, or goes on with it; None where its style isn't known."""
        style = attribute(node, "style-name")
        if style not in self._styles:
            return None
        before = self._named.get(attribute(node, "continue-list"))
        if before is None and attribute(node, "continue-numbering") == "true":
            before = self._last.get(style)
        opened = len(self._lists) + 1
        self._levels.setdefault(opened, self._styles[style])
        self._lists[opened] = opened if before is None else self._lists[before]
        self._last[style] = opened
        if name := attribute(node, "id"):
            self._named[name] = opened
        return opened

    def label(self, opened: int | None, level: int, item: Any) -> tuple[str, int | None]:
        """What `Numbering.label` says of an item at the level, from 0."""
        start = attribute(item, "start-value")
        if opened is not None and start.isdecimal():
            begun = len(self._lists) + 1
            self._lists[begun] = self._lists[opened]
            self._starts[begun, level] = span(start)
            opened = begun
        return self._numbering.label(opened, level)

    def heading(self, node: Any, level: int) -> str:
        """The number of a heading that stands in no list."""
        unnumbered = attribute(node, "is-list-header") == "true"
        return "" if unnumbered else self._numbering.label(_OUTLINE, level)[0]


def _levels(style: Any) -> dict[int, Level]:
    levels = {}
    for node in style:
        at = attribute(node, "level")
        if at.isdecimal() and 0 < int(at) <= LEVELS:
            levels[int(at) - 1] = _level(node, int(at))
    return levels


def _level(node: Any, at: int) -> Level:
    if "bullet" in local(node) or "image" in local(node):
        return Level(attribute(node, "bullet-char") or "•", "bullet")
    shape = _SHAPES.get(attribute(node, "num-format"), "none")
    start = attribute(node, "start-value")
    text = _PLACE.sub(r"%\1", attribute(node, "num-list-format"))
    if not text:
        shown = min(span(attribute(node, "display-levels")), at) if shape != "none" else 0
        places = ".".join(f"%{n}" for n in range(at - shown + 1, at + 1))
        text = f"{attribute(node, 'num-prefix')}{places}{attribute(node, 'num-suffix')}"
    return Level(text, shape, int(start) if start.isdecimal() and len(start) < 9 else 1)
