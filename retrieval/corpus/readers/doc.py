"""A .doc file of Word 97 to 2003: paragraphs, headings, tables, footnotes; old fonts in Unicode by the font."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from retrieval.corpus.facts import Extract
from retrieval.corpus.legacy import repair_runs
from retrieval.corpus.readers.compound import open_compound
from retrieval.corpus.readers.pieces import Piece, extract_of, worded
from retrieval.corpus.readers.source import ENCRYPTED, OLDER_WORD, Source
from retrieval.corpus.readers.word97 import DamagedWord, EncryptedWord, OlderWord, Word97
from retrieval.corpus.readers.word_rows import running_heads, word_pieces
from retrieval.errors import UnreadableFile


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
    repaired = iter(repair_runs([p.runs for part in parts.values() for p in part]))
    texts = {name: [next(repaired) for _ in part] for name, part in parts.items()}
    pieces = [
        *word_pieces(parts["text"], texts["text"]),
        *word_pieces(parts["boxes"], texts["boxes"]),
        *(Piece("footnote", text) for text in (*texts["footnotes"], *texts["endnotes"])),
        *running_heads(texts["headers"]),
    ]
    yield worded(extract_of(pieces), source)
