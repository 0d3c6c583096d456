"""Files of the formats that are read, made when a test runs: Word, and texts in old encodings."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import docx

from retrieval.corpus.legacy import TCVN3
from retrieval.records import Document

_FROM_UNICODE = {unicode: code for code, unicode in TCVN3.items()}
_VNI_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_CIRCUMFLEX = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_VNI_BREVE = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_VNI_I = {"\u0301": "í", "\u0300": "ì", "\u0309": "æ", "\u0303": "ó", "\u0323": "ò"}


LABELS = ("title", "letterhead", "dateline", "signature", "furniture")


def article(document: Document) -> str:
    """The document's text without what is labelled as something else than the article's words."""
    parts: list[str] = []
    at = 0
    for block in document.blocks:
        if block.kind not in LABELS:
            parts.append(
                (document.text[at : block.start] if parts else "") + document.text[block.start : block.end]
            )
        at = block.end
    return "".join(parts)


def in_tcvn3(text: str) -> str:
    """As typed in an ABC font: capitals with a tone have no code, so their small letter stands there."""
    return "".join(_FROM_UNICODE.get(c) or _FROM_UNICODE.get(c.lower(), c) for c in text)


def in_table(text: str, table: Mapping[str, str]) -> bytes:
    """As bytes of an encoding of one byte a letter; a capital that it lacks has its small letter's byte."""
    codes = {letter: code for code, letter in table.items()}
    written = "".join(codes.get(c) or codes.get(c.lower(), c) for c in unicodedata.normalize("NFC", text))
    return b"".join(c.encode("cp1252") if ord(c) not in _OPEN else bytes([ord(c)]) for c in written)


_OPEN = (0x81, 0x8D, 0x8F, 0x90, 0x9D)


def in_vni(text: str) -> str:
    """As typed in a VNI font: the base letter, then its mark, in the letter's case."""
    return "".join(map(_letter_in_vni, unicodedata.normalize("NFC", text)))


def _letter_in_vni(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter.lower())
    base, marks = parts[0], parts[1:]
    tone = next((m for m in marks if m in _VNI_TONES), "")
    if letter.lower() == "đ":
        written = "ñ"
    elif not marks:
        written = base
    elif base == "i":
        written = _VNI_I[tone]
    elif base == "y" and tone == "\u0323":
        written = "î"
    elif "\u0302" in marks:
        written = base + _VNI_CIRCUMFLEX[tone]
    elif "\u0306" in marks:
        written = base + _VNI_BREVE[tone]
    else:
        base = {"o": "ô", "u": "ö"}[base] if "\u031b" in marks else base
        written = base + (_VNI_TONES[tone] if tone else "")
    return written.upper() if letter.isupper() else written


def word_file(paragraphs: Iterable[str | tuple[str, str]], rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A .docx of paragraphs, each in the default font or in a named one, then a table."""
    document = docx.Document()
    for paragraph in paragraphs:
        text, font = paragraph if isinstance(paragraph, tuple) else (paragraph, None)
        document.add_paragraph().add_run(text).font.name = font
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(number, column).text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
