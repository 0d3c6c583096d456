"""How are Word's elements read, and characters of its old fonts?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from retrieval.corpus.legacy import from_tcvn3, from_vni

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_THROUGH = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_TCVN3_FONT = re.compile(r"^\.Vn", re.IGNORECASE)
_VNI_FONT = re.compile(r"^VNI[- ]", re.IGNORECASE)


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


def in_unicode(text: str, font: str | None) -> str:
    if font and not text.isascii():
        if _TCVN3_FONT.match(font):
            return from_tcvn3(text, capitals=font.upper().endswith("H"))
        if _VNI_FONT.match(font):
            return from_vni(text)
    elif font and _TCVN3_FONT.match(font) and font.upper().endswith("H"):
        return text.upper()
    return text
