"""How are Word's elements read, and how do texts keep their old fonts until all of them are known?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from retrieval.corpus.legacy import Run

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_THROUGH = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_OLD_FONT = re.compile(r"^(?:\.Vn|VNI[- ]|VPS|VISCII|VI )", re.IGNORECASE)
_CAPITALS = re.compile(r"^\.Vn\w*H$", re.IGNORECASE)
_OPEN, _SHUT = "\x0e", "\x0f"
_MARK = re.compile(f"{_OPEN}([^{_SHUT}]*){_SHUT}")


def attribute(node: Any, name: str) -> str | None:
    value: str | None = node.get(f"{W}{name}")
    return value


def number(node: Any, name: str = "val") -> int | None:
    """An attribute that is a number; None where the node, or a number in it, is missing."""
    value = attribute(node, name) if node is not None else None
    return int(value) if value and value.lstrip("-").isdigit() and len(value) < 9 else None


def is_on(properties: Any, name: str) -> bool:
    node = properties.find(f"{W}{name}") if properties is not None else None
    return node is not None and attribute(node, "val") not in ("0", "false", "off")


def children(container: Any, name: str) -> Iterator[Any]:
    """The children of that name, also those inside content controls and insertions."""
    for node in container:
        if node.tag == f"{W}{name}":
            yield node
        elif node.tag in _THROUGH:
            yield from children(node, name)


def in_font(text: str, font: str | None) -> str:
    """The text, marked with its font where that is an old one's name: whether it keeps what the name promises, the
    whole document says."""
    if not font or not _OLD_FONT.match(font):
        return text
    if text.isascii() and not (_CAPITALS.match(font) and any(c.isalpha() for c in text)):
        return text
    return f"{_OPEN}{font}{_SHUT}{text}{_OPEN}{_SHUT}"


def runs_of(text: str) -> list[Run]:
    """A text with its fonts marked, as runs."""
    runs, font, end = [], None, 0
    for mark in _MARK.finditer(text):
        runs.append(Run(text[end : mark.start()], font))
        font, end = mark[1] or None, mark.end()
    runs.append(Run(text[end:], font))
    return [run for run in runs if run.text]


def unmarked(text: str) -> str:
    return _MARK.sub("", text)
