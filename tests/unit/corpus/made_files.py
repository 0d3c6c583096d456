"""Files of the formats that are read, made when a test runs: PDF, Word, and texts in old encodings."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Sequence

import docx
import pypdf

from retrieval.corpus.legacy import TCVN3

_FROM_UNICODE = {unicode: code for code, unicode in TCVN3.items()}
_VNI_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_CIRCUMFLEX = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_VNI_BREVE = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_VNI_I = {"\u0301": "í", "\u0300": "ì", "\u0309": "æ", "\u0303": "ó", "\u0323": "ò"}


def in_tcvn3(text: str) -> str:
    """As typed in an ABC font: capitals with a tone have no code, so their small letter stands there."""
    return "".join(_FROM_UNICODE.get(c) or _FROM_UNICODE.get(c.lower(), c) for c in text)


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


def pdf_file(pages: Sequence[Sequence[str]], *, password: str | None = None) -> bytes:
    """A PDF with the lines of each page as text; a page without lines is empty, like a scan."""
    letters = sorted({c for lines in pages for line in lines for c in line})
    codes = {c: number for number, c in enumerate(letters, start=1)}
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    mapping = "\n".join(f"<{code:04x}> <{c.encode('utf-16-be').hex()}>" for c, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def /CMapName /U def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(codes)} beginbfchar\n{mapping}\nendbfchar\n"
        "endcmap end end"
    )
    objects += [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /DW 500"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(cmap),
    ]
    kids = []
    for lines in pages:
        shown = "\n".join(f"<{''.join(f'{codes[c]:04x}' for c in line)}> Tj T*" for line in lines)
        content = len(objects) + 1
        objects.append(_stream(f"BT /F1 12 Tf 14 TL 50 780 Td\n{shown}\nET"))
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {content} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    data = _assemble(objects)
    if password is None:
        return data
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(password, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _stream(text: str) -> bytes:
    data = text.encode("ascii")
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _assemble(objects: Sequence[bytes]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()
