"""What do Word's styles say of a paragraph: its font, its place among headings, its list?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from retrieval.corpus.readers.docx.xml import W, attribute, number

_HEADING = re.compile(r"^(?:heading|đề mục|tiêu đề|đầu đề)\s*(\d)$", re.IGNORECASE)
_TITLE = re.compile(r"^(?:title|tiêu đề)$", re.IGNORECASE)
_LIST = re.compile(r"^(?:list(?: bullet| number| paragraph)?|danh sách.*)\s*(\d?)$", re.IGNORECASE)
_BULLETS = re.compile(r"^list (?:bullet|number)\s*(\d?)$", re.IGNORECASE)
_LONGEST_CHAIN = 30


@dataclass(frozen=True, slots=True)
class Look:
    """`outline`: from 0, of a heading. `numbering`, `level`: the list that numbers it. `list_style`: from 1, of an item
    whose style says so."""

    font: str | None = None
    outline: int | None = None
    numbering: int | None = None
    level: int = 0
    list_style: int | None = None


class Styles:
    def __init__(self, styles: Any) -> None:
        self._nodes: dict[str, Any] = {}
        self._default = ""
        self._font: str | None = None
        self._looks: dict[str, Look] = {}
        if styles is None:
            return
        self._font = self.font_of(styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for node in styles.iter(f"{W}style"):
            identifier = attribute(node, "styleId") or ""
            self._nodes[identifier] = node
            if attribute(node, "type") == "paragraph" and attribute(node, "default") in ("1", "true"):
                self._default = identifier

    def look_of(self, paragraph: Any) -> Look:
        """How a paragraph looks: what it says itself, else its style and those that it is based on."""
        properties = paragraph.find(f"{W}pPr")
        named = properties.find(f"{W}pStyle") if properties is not None else None
        look = self._style((attribute(named, "val") if named is not None else None) or self._default)
        if properties is None:
            return look
        outline = number(properties.find(f"{W}outlineLvl"))
        listed = number(properties.find(f"{W}numPr/{W}numId"))
        level = number(properties.find(f"{W}numPr/{W}ilvl"))
        return Look(
            look.font,
            look.outline if outline is None else (outline if 0 <= outline < 9 else None),
            look.numbering if listed is None else listed,
            look.level if level is None else level,
            None if listed == 0 else look.list_style,
        )

    def font_of(self, properties: Any) -> str | None:
        """The font that run properties name, themselves or by a character style."""
        if properties is None:
            return None
        fonts = properties.find(f"{W}rFonts")
        if fonts is not None:
            for name in ("ascii", "hAnsi", "cs"):
                if face := attribute(fonts, name):
                    return face
        named = properties.find(f"{W}rStyle")
        return self._style(attribute(named, "val") or "").font if named is not None else None

    def _style(self, identifier: str) -> Look:
        if identifier not in self._looks:
            self._looks[identifier] = self._read(identifier)
        return self._looks[identifier]

    def _read(self, identifier: str) -> Look:
        font = outline = listed = level = list_style = None
        for _ in range(_LONGEST_CHAIN):
            node = self._nodes.get(identifier)
            if node is None:
                break
            named = node.find(f"{W}name")
            name = attribute(named, "val") or "" if named is not None else ""
            outline = _outline(name, node) if outline is None else outline
            bullets = _BULLETS.match(name)
            if bullets and list_style is None:
                list_style = int(bullets[1] or 1)
            fonts = node.find(f"{W}rPr/{W}rFonts")
            if font is None and fonts is not None:
                font = attribute(fonts, "ascii") or attribute(fonts, "hAnsi")
            if listed is None:
                listed = number(node.find(f"{W}pPr/{W}numPr/{W}numId"))
                level = number(node.find(f"{W}pPr/{W}numPr/{W}ilvl"))
            based = node.find(f"{W}basedOn")
            identifier = attribute(based, "val") or "" if based is not None else ""
        return Look(font or self._font, outline, listed, level or 0, list_style)


def _outline(name: str, style: Any) -> int | None:
    said = number(style.find(f"{W}pPr/{W}outlineLvl"))
    if said is not None:
        return said if 0 <= said < 9 else None
    heading = _HEADING.match(name)
    if heading:
        return int(heading[1]) - 1
    return 0 if _TITLE.match(name) else None
