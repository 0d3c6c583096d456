"""An .rtf file: paragraphs, headings, tables and notes; old fonts in Unicode by the font."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from retrieval.corpus.facts import Extract
from retrieval.corpus.legacy import repair_runs
from retrieval.corpus.readers.pieces import Piece, extract_of, worded
from retrieval.corpus.readers.rtf_markup import PARTS, DamagedRtf, Rtf
from retrieval.corpus.readers.source import WORDLESS, Source
from retrieval.corpus.readers.word_rows import running_heads, word_pieces
from retrieval.errors import UnreadableFile

_DAMAGED = "tệp RTF hỏng hoặc bị cắt; hãy mở bằng Word rồi lưu lại"


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    try:
        document = Rtf(stream.read())
    except DamagedRtf as error:
        raise UnreadableFile(source.name, _DAMAGED) from error
    parts = {name: document.part(name) for name in PARTS}
    repaired = iter(repair_runs([p.runs for part in parts.values() for p in part]))
    texts = {name: [next(repaired) for _ in part] for name, part in parts.items()}
    extract = extract_of(
        [
            *word_pieces(parts["text"], texts["text"]),
            *word_pieces(parts["boxes"], texts["boxes"]),
            *(Piece("footnote", text) for text in texts["footnotes"]),
            *running_heads(texts["headers"]),
        ]
    )
    worded(extract, source, _DAMAGED if document.cut else WORDLESS)
    if document.cut:
        source.report(source.name, "tệp RTF bị cắt ở cuối, chỉ đọc được phần đầu; hãy chép lại tệp gốc")
    yield extract
