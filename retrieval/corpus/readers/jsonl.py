"""A .jsonl file, also gzipped: one article a line, with `id`, `title`, `text`, `source`, `published`, `url`.

A line of `Document.to_dict()` is one too: its `blocks` are kept. Read line by line, so the file may be of any size.
The text stays exactly as written, but for NFC: others count offsets in it.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, BinaryIO, cast

import msgspec

from retrieval.corpus.facts import Extract
from retrieval.corpus.overrides import read_facts
from retrieval.corpus.readers.source import Source
from retrieval.errors import UnreadableFile
from retrieval.records import Block

_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    start = stream.read(2)
    stream.seek(0)
    lines = cast(BinaryIO, gzip.GzipFile(fileobj=stream)) if start == _GZIP else stream
    decoder = msgspec.json.Decoder()
    for number, line in _lines(lines, source):
        where = f"{source.name}:{number}"
        try:
            record = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            source.report(where, "không phải JSON; mỗi dòng là một đối tượng, bằng UTF-8")
            continue
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            source.report(where, 'không có "text"; mỗi dòng là một đối tượng có "text"')
            continue
        if not record["text"].strip():
            source.report(where, '"text" rỗng; hãy bỏ dòng này')
            continue
        declared = read_facts(record, where=where, report=source.report)
        try:
            blocks = _blocks(record)
        except ValueError:
            source.report(where, '"blocks": không vừa với bài; đọc cấu trúc từ chính bài')
            blocks = ()
        yield Extract(record["text"], declared, part=number, saved_page=False, exact=True, blocks=blocks)


def _blocks(record: dict[str, Any]) -> tuple[Block, ...]:
    """What `Document.to_dict` says of the text's structure. Raises ValueError where it doesn't fit the text."""
    blocks = msgspec.convert(record.get("blocks") or (), tuple[Block, ...])
    edges = [0, *(edge for block in blocks for edge in (block.start, block.end)), len(record["text"])]
    if any(before > after for before, after in pairwise(edges)):
        raise ValueError("blocks that overlap or lie outside the text")
    return blocks


def _lines(stream: BinaryIO, source: Source) -> Iterator[tuple[int, bytes]]:
    """Each line that holds something, with its number from 1. What is beyond the limit is skipped, and reported."""
    limit = source.settings.max_line_characters * 4
    number = 0
    try:
        while line := stream.readline(limit):
            number += 1
            if len(line) >= limit and not line.endswith(b"\n"):
                while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
                    pass
                most = source.settings.max_line_characters
                reason = f"dài quá corpus.max_line_characters ({most}); hãy chia nhỏ bài"
                source.report(f"{source.name}:{number}", reason)
                continue
            if number == 1:
                line = line.removeprefix(_BOM)
            if line.strip():
                yield number, line
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableFile(f"{source.name}:{number + 1}", "dữ liệu gzip hỏng; hãy nén lại") from error
