"""A page in one file (.mht), as browsers save it and programs write .doc and .xls: a mail around a page of HTML."""

from __future__ import annotations

import codecs
import email
import email.policy
import io
from collections.abc import Iterator
from typing import BinaryIO

from retrieval.corpus.facts import Extract
from retrieval.corpus.readers import html
from retrieval.corpus.readers.source import Source
from retrieval.errors import UnreadableFile

_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    """The first page in the file; what it shows (pictures, frames of other pages) has no text."""
    message = email.message_from_bytes(stream.read(), policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            data = part.get_payload(decode=True)
            page = data if isinstance(data, bytes) else b""
            charset = part.get_content_charset()
            if charset and b"charset" not in page[:4096].lower() and not page.startswith(_BOMS):
                page = f'<meta charset="{charset}">'.encode() + page
            yield from html.read(io.BytesIO(page), source)
            return
    raise UnreadableFile(source.name, "không có trang nào trong tệp; hãy lưu lại thành .html")
