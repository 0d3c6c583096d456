"""An .epub file: its chapters in the order of the book, with their headings, lists and tables."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import unquote

from retrieval.corpus.facts import Extract
from retrieval.corpus.readers.archive import Archive, attribute, local
from retrieval.corpus.readers.pieces import Piece, in_unicode, table_rows
from retrieval.corpus.readers.source import Source
from retrieval.corpus.readers.tables import Cell, span
from retrieval.errors import UnreadableFile

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_LEAVES = ("p", "li", "blockquote", "dt", "dd", "figcaption", "pre", "div", "section", "td")
_SKIPPED = ("script", "style", "head", "nav")


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    archive = Archive(stream, source)
    if "META-INF/encryption.xml" in archive.names() and "META-INF/rights.xml" in archive.names():
        raise UnreadableFile(source.name, "sách có khóa bản quyền (DRM); hãy bỏ ra")
    pieces: list[Piece] = []
    for name in _chapters(archive):
        root = archive.xml(name)
        if root is not None:
            pieces += _blocks(root)
    yield in_unicode(pieces, source, "không có chữ trong sách (chỉ có ảnh?); hãy bỏ ra")


def _chapters(archive: Archive) -> list[str]:
    container = archive.xml("META-INF/container.xml")
    if container is None:
        raise archive.damaged()
    path = next((attribute(node, "full-path") for node in container.iter() if local(node) == "rootfile"), "")
    package = archive.xml(path)
    if package is None:
        raise archive.damaged()
    items = {
        attribute(node, "id"): posixpath.normpath(
            posixpath.join(posixpath.dirname(path), unquote(attribute(node, "href")))
        )
        for node in package.iter()
        if local(node) == "item"
    }
    return [
        items[each]
        for node in package.iter()
        if local(node) == "itemref" and (each := attribute(node, "idref")) in items
    ]


def _blocks(node: Any) -> Iterator[Piece]:
    name = local(node)
    if name in _SKIPPED:
        return
    if name in _HEADINGS:
        yield Piece("heading", " ".join(_text(node).split()), _HEADINGS[name])
    elif name == "table":
        lines = [line for line in node.iter() if local(line) == "tr"]
        headers = next((n for n, line in enumerate(lines) if any(local(c) == "td" for c in line)), len(lines))
        yield from table_rows([list(_cells(line)) for line in lines], headers=headers)
    elif name in _LEAVES and not any(
        local(each) in (*_HEADINGS, *_LEAVES, "tr") for each in node.iterdescendants()
    ):
        text = " ".join(_text(node).split())
        yield Piece("item", text, 1, close=True) if name == "li" else Piece("paragraph", text)
    else:
        if (node.text or "").strip() and local(node):
            yield Piece("paragraph", node.text)
        for child in node:
            yield from _blocks(child)
            if (child.tail or "").strip():
                yield Piece("paragraph", child.tail)


def _cells(line: Any) -> Iterator[Cell]:
    for cell in line:
        if local(cell) in ("td", "th"):
            across, down = (attribute(cell, name) for name in ("colspan", "rowspan"))
            yield Cell(_text(cell), across=span(across), down=span(down))


def _text(node: Any) -> str:
    return "".join(node.itertext())
