"""PDF files made when a test runs: text where it is wanted, lines around cells, pictures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import pypdf

SIZE = 12


@dataclass(frozen=True)
class Page:
    """`texts`: (x, y, text), in points from the lower left. `lines`: (x0, y0, x1, y1). `marked`: (x, y, width,
    height) of areas of colour. `picture`: all of it is one."""

    texts: Sequence[tuple[float, float, str]] = ()
    lines: Sequence[tuple[float, float, float, float]] = ()
    marked: Sequence[tuple[float, float, float, float]] = ()
    picture: bool = False
    turned: bool = False


@dataclass
class _Fonts:
    """Codes of letters, each half as wide as high. `unnamed`: the table of characters is left out."""

    codes: dict[str, int] = field(default_factory=dict)

    def show(self, text: str) -> str:
        return "".join(f"{self.codes.setdefault(c, len(self.codes) + 1):04x}" for c in text)

    def table(self) -> str:
        mapping = "\n".join(f"<{code:04x}> <{c.encode('utf-16-be').hex()}>" for c, code in self.codes.items())
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def /CMapName /U def\n"
            f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(self.codes)} beginbfchar\n{mapping}\n"
            "endbfchar\nendcmap end end"
        )


def lines_down(lines: Sequence[str], *, x: float = 50, top: float = 780, leading: float = 14) -> Page:
    """A page with one line below the other."""
    return Page([(x, top - n * leading, line) for n, line in enumerate(lines)])


def pdf_of(pages: Sequence[Page], *, password: str | None = None, named: bool = True) -> bytes:
    """The file. `named`: its font says which characters its codes stand for."""
    fonts = _Fonts()
    objects: list[bytes] = [b"", b"", b"", b"", b"", b""]
    kids = []
    for page in pages:
        shown = [f"1 1 0 rg {x} {y} {w} {h} re f 0 g" for x, y, w, h in page.marked]
        for x, y, text in page.texts:
            place = f"0 1 -1 0 {x} {y} Tm" if page.turned else f"1 0 0 1 {x} {y} Tm"
            shown.append(f"BT /F1 {SIZE} Tf {place} <{fonts.show(text)}> Tj ET")
        shown += [f"{x0} {y0} m {x1} {y1} l S" for x0, y0, x1, y1 in page.lines]
        if page.picture:
            shown.append("q 600 0 0 800 0 0 cm /I1 Do Q")
        content = len(objects) + 1
        objects.append(_stream("\n".join(shown)))
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {content} 0 R"
            " /Resources << /Font << /F1 3 0 R >> /XObject << /I1 6 0 R >> >> >>".encode()
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    table = b" /ToUnicode 5 0 R" if named else b""
    objects[2] = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H /DescendantFonts [4 0 R]"
        + table
        + b" >>"
    )
    objects[3] = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /DW 500"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        b" /FontDescriptor << /Type /FontDescriptor /FontName /Made /Flags 4 /FontBBox [0 -200 500 800]"
        b" /Ascent 800 /Descent -200 /CapHeight 700 /ItalicAngle 0 /StemV 80 >> >>"
    )
    objects[4] = _stream(fonts.table())
    objects[5] = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Length 1 >>\nstream\n\x80\nendstream"
    )
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
