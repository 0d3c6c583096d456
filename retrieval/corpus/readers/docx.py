"""A .docx file: its paragraphs and tables in order, text in old Vietnamese fonts turned into Unicode by the font."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from retrieval.corpus.facts import Extract
from retrieval.corpus.legacy import from_tcvn3, from_vni, repair
from retrieval.corpus.readers.extras import load_extra
from retrieval.corpus.readers.source import Source
from retrieval.errors import UnreadableFile

_TCVN3_FONT = re.compile(r"^\.Vn", re.IGNORECASE)
_VNI_FONT = re.compile(r"^VNI[- ]", re.IGNORECASE)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MOST_UNPACKED = 20
"""How many times corpus.max_file_megabytes the unpacked parts may take."""


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    docx = load_extra("docx", extra="docx", where=source.name)
    data = stream.read()
    _check_archive(data, source)
    try:
        document = docx.Document(io.BytesIO(data))
        lines = list(_lines(document))
    except Exception as error:  # damaged parts make python-docx and lxml fail in any way
        raise UnreadableFile(source.name, "damaged Word file; open it in Word and save it anew") from error
    text = "\n\n".join(line for line in lines if line.strip())
    if not text:
        raise UnreadableFile(source.name, "no text in it (only pictures?); leave it out")
    yield Extract(repair(text))


def _check_archive(data: bytes, source: Source) -> None:
    if data.startswith(_OLD_OFFICE):
        raise UnreadableFile(
            source.name, "encrypted, or in Word's old format; save it as .docx without a password"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableFile(
            source.name, "not a Word file, whatever its name says; save it as .docx"
        ) from error
    limit = source.settings.max_file_megabytes * _MOST_UNPACKED
    if unpacked > limit * 1_000_000:
        raise UnreadableFile(source.name, f"{unpacked / 1e6:,.0f} MB when unpacked; split it")


def _lines(container: Any) -> Iterator[str]:
    for item in container.iter_inner_content():
        if hasattr(item, "rows"):
            yield from _table_lines(item)
        else:
            yield _paragraph_text(item)


def _table_lines(table: Any) -> Iterator[str]:
    """A row of short cells is a line; longer cells are read one after the other. A merged cell counts once."""
    for row in table.rows:
        seen: set[int] = set()
        cells = []
        for cell in row.cells:
            if id(cell._tc) not in seen:
                seen.add(id(cell._tc))
                cells.append([line for line in _lines(cell) if line.strip()])
        if all(len(lines) <= 1 for lines in cells):
            yield " | ".join(lines[0].strip() for lines in cells if lines)
        else:
            yield from (line for lines in cells for line in lines)


def _paragraph_text(paragraph: Any) -> str:
    base = _style_font(paragraph.style)
    parts = []
    for item in paragraph.iter_inner_content():
        for run in getattr(item, "runs", [item]):
            parts.append(_in_unicode(run.text, run.font.name or _style_font(run.style) or base))
    return "".join(parts)


def _style_font(style: Any) -> str | None:
    """The font that a style or one that it is based on names."""
    while style is not None:
        if style.font.name:
            return str(style.font.name)
        style = style.base_style
    return None


def _in_unicode(text: str, font: str | None) -> str:
    if font and not text.isascii():
        if _TCVN3_FONT.match(font):
            return from_tcvn3(text, capitals=font.upper().endswith("H"))
        if _VNI_FONT.match(font):
            return from_vni(text)
    elif font and _TCVN3_FONT.match(font) and font.upper().endswith("H"):
        return text.upper()
    return text
