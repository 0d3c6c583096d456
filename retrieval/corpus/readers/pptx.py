"""A .pptx file: each slide a section with its title; texts, tables, and what its notes say."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from retrieval.corpus.facts import Extract
from retrieval.corpus.readers.archive import Archive, attribute, local
from retrieval.corpus.readers.pieces import Piece, in_unicode, table_rows
from retrieval.corpus.readers.source import Source
from retrieval.corpus.readers.tables import Cell, span

_TITLES = ("title", "ctrTitle")
_NUMBERS = ("sldNum", "dt", "ftr", "hdr")
"""Places of a slide for its number, the date, its foot and head."""
_SLIDE = re.compile(r"^ppt/slides/slide(\d+)\.xml$")


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    archive = Archive(stream, source)
    pieces: list[Piece] = []
    for number, name in enumerate(_slides(archive), start=1):
        slide = archive.xml(name)
        if slide is not None:
            pieces += _slide(slide, number)
            for note in _related(archive, name, "notesSlide"):
                pieces += [p for p in _slide(archive.xml(note), number) if p.kind != "heading"]
    yield in_unicode(pieces, source)


def _slides(archive: Archive) -> list[str]:
    """The slides as they are shown; by their numbers, where the presentation doesn't say."""
    root = archive.xml("ppt/presentation.xml")
    links = _links(archive, "ppt/presentation.xml")
    entries = [] if root is None else [node for node in root.iter() if local(node) == "sldId"]
    ids = [next((v for k, v in node.attrib.items() if k.endswith("}id")), "") for node in entries]
    found = [links[each][1] for each in ids if each in links]
    numbered = sorted((int(m[1]), m[0]) for name in archive.names() if (m := _SLIDE.match(name)))
    return found or [name for _, name in numbered]


def _links(archive: Archive, name: str) -> dict[str, tuple[str, str]]:
    """What a part refers to, by id: (kind, name of the part)."""
    folder, file = posixpath.split(name)
    root = archive.xml(f"{folder}/_rels/{file}.rels")
    if root is None:
        return {}
    return {
        attribute(node, "Id"): (
            attribute(node, "Type").rsplit("/", 1)[-1],
            posixpath.normpath(posixpath.join(folder, attribute(node, "Target"))).lstrip("/"),
        )
        for node in root
        if local(node) == "Relationship"
    }


def _related(archive: Archive, name: str, kind: str) -> list[str]:
    names = archive.names()
    return [part for each, part in _links(archive, name).values() if each == kind and part in names]


def _slide(root: Any, number: int) -> Iterator[Piece]:
    if root is None:
        return
    titles: list[Piece] = []
    others: list[Piece] = []
    for node in root.iter():
        name = local(node)
        if name == "sp":
            place = next((attribute(each, "type") for each in node.iter() if local(each) == "ph"), None)
            if place in _NUMBERS:
                continue
            texts = [
                text for each in node.iter() if local(each) == "p" and (text := _paragraph(each)).strip()
            ]
            if place in _TITLES:
                titles.append(Piece("heading", " ".join(" ".join(texts).split()), 1, number))
            else:
                others += [Piece("paragraph", text, page=number) for text in texts]
        elif name == "tbl":
            rows = [line for line in node if local(line) == "tr"]
            others += table_rows([list(_cells(line)) for line in rows], page=number)
    yield from [piece for piece in titles if piece.text]
    yield from others


def _cells(line: Any) -> Iterator[Cell]:
    """The row's cells but for those that a merged one covers."""
    for cell in line:
        covered = attribute(cell, "hMerge") in ("1", "true") or attribute(cell, "vMerge") in ("1", "true")
        if local(cell) == "tc" and not covered:
            text = " ".join(_paragraph(p) for p in cell.iter() if local(p) == "p")
            yield Cell(text, across=span(attribute(cell, "gridSpan")), down=span(attribute(cell, "rowSpan")))


def _paragraph(node: Any) -> str:
    parts = []
    for each in node.iter():
        name = local(each)
        if name == "t":
            parts.append(each.text or "")
        elif name == "br":
            parts.append("\n")
    return "".join(parts)
