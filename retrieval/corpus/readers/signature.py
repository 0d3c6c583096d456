"""Which format do a file's bytes have? Names lie: a .doc may be HTML, a .docx an old or an encrypted one."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import BinaryIO

from retrieval.corpus.readers.source import ENCRYPTED, OLDER_WORD, PACKED
from retrieval.errors import UnreadableFile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HTML = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_OFFICE_XML = re.compile(
    rb"progid=[\"']Word\.Document|<w:wordDocument|pkg:package"
    rb"|progid=[\"']Excel\.Sheet|urn:schemas-microsoft-com:office:spreadsheet",
    re.IGNORECASE,
)
_MAIL = re.compile(rb"^(?:[A-Za-z-]{2,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?MIME-Version:", re.IGNORECASE)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_OPEN_DOCUMENT = {
    b"application/epub+zip": "epub",
    b"application/vnd.oasis.opendocument.text": "odf",
    b"application/vnd.oasis.opendocument.text-template": "odf",
    b"application/vnd.oasis.opendocument.spreadsheet": "odf",
    b"application/vnd.oasis.opendocument.spreadsheet-template": "odf",
    b"application/vnd.oasis.opendocument.presentation": "odf",
    b"application/vnd.oasis.opendocument.presentation-template": "odf",
}
_LOOKED_AT = 8192


def format_of(stream: BinaryIO, where: str) -> str | None:
    """The reader's name for the open file, which is left at its start; None for text, whose name says what it is.

    Raises UnreadableFile for what is recognised and can't be read.
    """
    stream.seek(0)
    start = stream.read(_LOOKED_AT)
    try:
        if b"%PDF-" in start[:1024]:
            return "pdf"
        if start.startswith(_OLE):
            return _in_compound_file(stream, where)
        if start.startswith(_ZIP):
            return _in_archive(stream, where)
        if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
            return "rtf"
        if _MAIL.match(start.lstrip()) and b"multipart/related" in start.lower():
            return "mhtml"
        if start.startswith(b"\xdb\xa5") or start.startswith(b"\x31\xbe\x00\x00"):
            raise UnreadableFile(where, OLDER_WORD)
        if start.startswith(_PICTURES):
            raise UnreadableFile(
                where, "là ảnh, không phải văn bản; hãy đưa vào tệp PDF rồi dùng hoidap index --ocr"
            )
        if start.startswith(_ARCHIVES) and not where.lower().endswith((".jsonl", ".gz")):
            raise UnreadableFile(where, PACKED)
        return None
    finally:
        stream.seek(0)


def looks_like_html(start: bytes) -> bool:
    return bool(_HTML.match(start)) or b"<html" in start[:2048].lower()


def office_xml(start: bytes) -> str | None:
    """Whose own XML in one file, of 2003 or of 2007, it is: "Word" or "Excel"."""
    found = _OFFICE_XML.search(start[:_LOOKED_AT])
    return None if found is None else "Excel" if b"xcel" in found[0] or b"sheet" in found[0] else "Word"


def _in_compound_file(stream: BinaryIO, where: str) -> str:
    from retrieval.corpus.readers.compound import open_compound

    with open_compound(stream, where) as held:
        if held.exists("EncryptedPackage"):
            raise UnreadableFile(where, ENCRYPTED)
        for name, reader in (
            ("WordDocument", "doc"),
            ("Workbook", "sheet"),
            ("Book", "sheet"),
            ("PowerPoint Document", "ppt"),
        ):
            if held.exists(name):
                return reader
    raise UnreadableFile(where, "tệp Office cũ, bên trong không phải Word, Excel hay PowerPoint; hãy bỏ ra")


def _in_archive(stream: BinaryIO, where: str) -> str:
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            kind = b""
            if "mimetype" in names:
                with archive.open("mimetype") as held:
                    kind = held.read(200).strip()
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as error:
        raise UnreadableFile(where, "tệp hỏng hoặc bị cắt; hãy lưu lại hoặc chép lại") from error
    if kind in _OPEN_DOCUMENT:
        return _OPEN_DOCUMENT[kind]
    for folder, reader in (("word/", "docx"), ("xl/", "sheet"), ("ppt/", "pptx")):
        if any(name.startswith(folder) for name in names):
            return reader
    if "META-INF/container.xml" in names:
        return "epub"
    raise UnreadableFile(where, PACKED)
