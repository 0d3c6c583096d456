"""A .txt file: somebody's own text, or a page saved as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from retrieval.corpus.encoding import decode
from retrieval.corpus.facts import Extract
from retrieval.corpus.readers.source import Source
from retrieval.errors import UnreadableFile


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    yield Extract(check_lines(decode(stream.read(), where=source.name), source))


def check_lines(text: str, source: Source) -> str:
    """The text, if none of its lines is beyond the limit. Raises UnreadableFile, which names the line."""
    limit = source.settings.max_line_characters
    if len(text) > limit:
        for number, line in enumerate(text.splitlines(), start=1):
            if len(line) > limit:
                raise UnreadableFile(
                    f"{source.name}:{number}",
                    f"dòng dài {len(line)} ký tự; hãy ngắt dòng, hoặc tăng corpus.max_line_characters ({limit})",
                )
    return text
