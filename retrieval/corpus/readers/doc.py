"""A .doc file of Word 97 to 2003: paragraphs, headings, tables, footnotes; old fonts in Unicode by the font."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from retrieval.corpus.facts import Extract
from retrieval.corpus.legacy import repair_runs
from retrieval.corpus.readers.compound import open_compound
from retrieval.corpus.readers.pieces import Piece, extract_of, rows_of_cells
from retrieval.corpus.readers.source import ENCRYPTED, OLDER_WORD, WORDLESS, Source
from retrieval.corpus.readers.word97 import DamagedWord, EncryptedWord, OlderWord, Paragraph, Word97
from retrieval.errors import UnreadableFile

_DEEPEST = 6


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    with open_compound(stream, source.name) as held:
        tables = {name: held.stream(name) for name in ("0Table", "1Table") if held.exists(name)}
        data = held.stream("WordDocument")
    try:
        document = Word97(data, tables)
        parts = {name: document.part(name) for name in ("text", "boxes", "footnotes", "endnotes", "headers")}
    except EncryptedWord as error:
        raise UnreadableFile(source.name, ENCRYPTED) from error
    except OlderWord as error:
        raise UnreadableFile(source.name, OLDER_WORD) from error
    except DamagedWord as error:
        raise UnreadableFile(
            source.name, "tệp Word hỏng hoặc bị cắt; hãy mở bằng Word rồi lưu lại"
        ) from error
    everything = [paragraph for part in parts.values() for paragraph in part]
    texts = dict(zip(map(id, everything), repair_runs([p.runs for p in everything]), strict=True))
    pieces = [
        *_pieces(parts["text"], texts),
        *_pieces(parts["boxes"], texts),
        *(Piece("footnote", texts[id(p)]) for p in (*parts["footnotes"], *parts["endnotes"])),
        *_running_heads([texts[id(p)] for p in parts["headers"]]),
    ]
    extract = extract_of(pieces)
    if not extract.text:
        raise UnreadableFile(source.name, WORDLESS)
    yield extract


def _pieces(paragraphs: Sequence[Paragraph], texts: dict[int, str]) -> Iterator[Piece]:
    cells: list[list[str]] = []
    open_cell: list[str] = []
    first = True
    for paragraph in paragraphs:
        text = texts[id(paragraph)]
        if not paragraph.in_table and not paragraph.ends_cell:
            yield from rows_of_cells([*cells, open_cell] if open_cell else cells, close=not first)
            cells, open_cell, first = [], [], True
            if paragraph.heading:
                yield Piece("heading", " ".join(text.split()), min(paragraph.heading, _DEEPEST))
            else:
                yield Piece("paragraph", text)
        elif paragraph.ends_row:
            yield from rows_of_cells(cells, header=paragraph.header_row, close=not first)
            cells, open_cell, first = [], [], False
        else:
            open_cell.append(text)
            if paragraph.ends_cell:
                cells.append(open_cell)
                open_cell = []
    yield from rows_of_cells([*cells, open_cell] if open_cell else cells, close=not first)


def _running_heads(texts: Sequence[str]) -> Iterator[Piece]:
    """Each once; a lone page number says nothing."""
    for text in dict.fromkeys(" ".join(text.split()) for text in texts):
        if any(c.isalpha() for c in text):
            yield Piece("furniture", text)
