"""Office files made when a test runs: old ones with their own file system, zipped ones with their XML."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file with the streams, each padded to 4,096 bytes so that none lies in the small sectors."""
    held = {
        name: data.ljust(max(4096, -(-len(data) // _SECTOR) * _SECTOR), b"\0")
        for name, data in streams.items()
    }
    chains: list[int] = []
    starts = {}
    body = b""
    for name, data in held.items():
        starts[name] = len(chains)
        count = len(data) // _SECTOR
        chains += [len(chains) + n + 1 for n in range(count - 1)] + [_END]
        body += data
    folder = [_entry("Root Entry", 5, 1, _END, 0)]
    folder += [
        _entry(name, 2, _FREE if n == len(held) else n + 1, starts[name], len(held[name]))
        for n, name in enumerate(held, start=1)
    ]
    entries = b"".join(folder)
    entries = entries.ljust(-(-len(entries) // _SECTOR) * _SECTOR, b"\0")
    first_folder = len(chains)
    count = len(entries) // _SECTOR
    chains += [len(chains) + n + 1 for n in range(count - 1)] + [_END]
    body += entries
    fat_sectors = -(-(len(chains) + 4) // 128)
    first_fat = len(chains)
    chains += [_FAT] * fat_sectors
    fat = b"".join(struct.pack("<I", each) for each in chains).ljust(fat_sectors * _SECTOR, b"\xff")
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, fat_sectors, first_folder, 0, 4096, _END, 0, _END, 0, first_fat,
    )  # fmt: skip
    head += b"".join(struct.pack("<I", first_fat + n) for n in range(1, fat_sectors))
    return head.ljust(_SECTOR, b"\xff") + body + fat


def _entry(name: str, kind: int, right: int, start: int, size: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    child = right if kind == 5 else _FREE
    right = _FREE if kind == 5 else right
    return struct.pack(
        "<64sHBBIII16sIQQIQ", written, len(written), kind, 1, _FREE, right, child, b"", 0, 0, 0, start, size
    )


def word97_file(
    paragraphs: Sequence[tuple[str, str | None] | str],
    *,
    fonts: Sequence[str] = ("Times New Roman",),
    footnotes: str = "",
    flags: int = 0,
    shapes: Sequence[tuple[Sequence[int], Sequence[int]]] = (),
    lists: tuple[bytes, bytes] | None = None,
    numbered: Sequence[tuple[int, int]] = (),
) -> bytes:
    """A .doc. A paragraph is its text, or (text, font); "\x07" ends a cell, "\x07\x07" a row, and "\x1b",
    "\x1b\x1b" those of a table inside a cell; "\x1c" stands behind a paragraph that its cell goes on after. Deleted text stands in
    "\x18…\x19". `shapes`: of each row, where its cells begin and end, and for each cell 3, if others go on below it, 1 if
    it belongs to the one above. `lists`: the tables of lists and of their uses; `numbered`: of each paragraph, the use
    from 1 and the level from 0.
    """
    described = iter(shapes)
    text = b""
    chars: list[tuple[int, int, bytes]] = []
    paras: list[tuple[int, int, bytes]] = []
    start = 2048
    main = 0

    def add(part: str, font: str | None, deleted: bool) -> None:
        nonlocal text
        at = start + len(text)
        text += part.encode("utf-16-le")
        settings = b"" if font is None else struct.pack("<HH", 0x4A4F, fonts.index(font))
        settings += struct.pack("<HB", 0x0800, 1) if deleted else b""
        chars.append((at, start + len(text), settings))

    for number, paragraph in enumerate([*paragraphs, *([footnotes] if footnotes else [])]):
        said, font = paragraph if isinstance(paragraph, tuple) else (paragraph, None)
        if paragraph is footnotes and footnotes:
            main = len(text) // 2
        at = start + len(text)
        said, in_table, end, ends = _marks(said)
        for n, part in enumerate(said.replace("\x19", "\x18").split("\x18")):
            if part:
                add(part, font, deleted=bool(n % 2))
        use = numbered[number] if number < len(numbered) else None
        in_list = b"" if use is None else struct.pack("<HHHB", 0x460B, use[0], 0x260A, use[1])
        paras.append((at, start + len(text), b"\0\0" + in_table + in_list))
        if end:
            at = start + len(text)
            add(end, None, deleted=False)
            shape = _row_shape(next(described, None)) if end == "\x07" else b""
            paras.append((at, start + len(text), b"\0\0" + in_table + ends + shape))
    length = len(text) // 2
    main = main or length
    text = text.ljust(-(-len(text) // 512) * 512, b"\0")
    char_page, para_page = (start + len(text)) // 512, (start + len(text)) // 512 + 1
    document = bytearray(b"\0" * start + text + _formatted(chars, 1) + _formatted(paras, 13))
    table = b""
    places = {}
    names = b"".join(_font(name) for name in fonts)
    pieces = struct.pack("<IIHIH", 0, length, 0, start, 0)
    for offset, part in (
        (0x112, struct.pack("<HH", len(fonts), 0) + names),
        (0x1A2, b"\x02" + struct.pack("<I", len(pieces)) + pieces),
        (0xFA, struct.pack("<III", start, start + len(text), char_page)),
        (0x102, struct.pack("<III", start, start + len(text), para_page)),
        (0xA2, struct.pack("<HHHHHHHHH", 18, 0, 10, 0, 0, 0, 0, 0, 0)),
    ):
        places[offset] = (len(table), len(part))
        table += part
    if lists is not None:
        # The levels stand behind the lists, which alone are counted.
        places[0x2E2], places[0x2EA] = (len(table), 30), (len(table) + len(lists[0]), len(lists[1]))
        table += lists[0] + lists[1]
    struct.pack_into("<HHHHHH", document, 0, 0xA5EC, 0xC1, 0, 0, 0, 0x0200 | flags)
    struct.pack_into("<II", document, 0x4C, main, length - main)
    for offset, (at, size) in places.items():
        struct.pack_into("<II", document, offset, at, size)
    return compound_file({"WordDocument": bytes(document), "1Table": table})


def _marks(said: str) -> tuple[str, bytes, str, bytes]:
    """(the paragraph with its mark, what is said of it as part of a table, the mark of a row's end behind it, what is
    said of that mark)."""
    inner = len(said) - len(said.rstrip("\x1b"))
    in_table = struct.pack("<HB", 0x2416, 1) if inner or said.endswith(("\x07", "\x1c")) else b""
    in_table += struct.pack("<HIHB", 0x6649, 2, 0x244B, 1) if inner else b""
    if said.endswith("\x07\x07"):
        return said[:-1], in_table, "\x07", struct.pack("<HB", 0x2417, 1)
    said = said.rstrip("\x1b\x1c")
    ends = ("\r", struct.pack("<HB", 0x244C, 1)) if inner == 2 else ("", b"")
    return said if said.endswith("\x07") else said + "\r", in_table, *ends


def _row_shape(shape: tuple[Sequence[int], Sequence[int]] | None) -> bytes:
    if shape is None:
        return b""
    edges, merged = shape
    said = struct.pack(f"<B{len(edges)}h", len(merged), *edges)
    said += b"".join(struct.pack("<H18x", flag << 5) for flag in merged)
    return struct.pack("<HH", 0xD608, len(said) + 1) + said


def _font(name: str) -> bytes:
    record = b"\0" * 39 + (name + "\0").encode("utf-16-le")
    return bytes([len(record)]) + record


def _formatted(runs: Sequence[tuple[int, int, bytes]], step: int) -> bytes:
    """A page of 512 bytes that says what holds from where to where; `step`: bytes of each entry."""
    page = bytearray(512)
    count = len(runs)
    page[511] = count
    for n, (start, _, _) in enumerate(runs):
        struct.pack_into("<I", page, 4 * n, start)
    struct.pack_into("<I", page, 4 * count, runs[-1][1])
    place = 510
    placed: dict[bytes, int] = {}
    for n, (_, _, settings) in enumerate(runs):
        if step == 1:
            record = bytes([len(settings)]) + settings if settings else b""
        else:
            padded = settings + b"\0" * (len(settings) % 2 == 0)
            record = bytes([(len(padded) + 1) // 2]) + padded
        if record and record not in placed:
            place = placed[record] = (place - len(record)) // 2 * 2
            page[place : place + len(record)] = record
        if record:
            page[4 * (count + 1) + step * n] = placed[record] // 2
    return bytes(page)


def powerpoint_file(slides: Sequence[Sequence[str]], *, boxes: Sequence[str] = ()) -> bytes:
    """A .ppt: each slide's title and texts stand in the outline; `boxes`: texts of the first slide's own."""
    outline = b""
    for texts in slides:
        outline += _record(0x03F3, b"\0" * 20)
        for n, text in enumerate(texts):
            outline += _record(0x0F9F, struct.pack("<I", 0 if n == 0 else 1))
            outline += _record(0x0FA0, text.encode("utf-16-le"))
    data = _record(0x03E8, _record(0x0FF0, outline, container=True), container=True)
    for n in range(len(slides)):
        own = b"".join(
            _record(0x0FA0, text.encode("utf-16-le")) for text in (*slides[n], *(boxes if n == 0 else ()))
        )
        data += _record(0x03EE, _record(0xF00D, own, container=True), container=True)
    return compound_file({"PowerPoint Document": data, "Current User": b"\0" * 40})


def _record(kind: int, body: bytes, *, container: bool = False) -> bytes:
    return struct.pack("<HHI", 0x0F if container else 0, kind, len(body)) + body


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def excel_file(rows: Sequence[Sequence[str | float]], *, name: str = "Bảng 1") -> bytes:
    """An .xlsx of one sheet, texts in the cells themselves."""
    lines = []
    for n, cells in enumerate(rows, start=1):
        held = "".join(
            f'<c r="{chr(65 + m)}{n}" t="inlineStr"><is><t>{cell}</t></is></c>'
            if isinstance(cell, str)
            else f'<c r="{chr(65 + m)}{n}"><v>{cell}</v></c>'
            for m, cell in enumerate(cells)
            if cell != ""
        )
        lines.append(f'<row r="{n}">{held}</row>')
    return excel_of_sheet("".join(lines), name)


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
    ' ContentType="application/xml"/><Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)


def excel_of_sheet(rows: str, name: str = "Bảng 1") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r0" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
        }
    )


def slides_file(slides: Sequence[tuple[str, Sequence[str]]]) -> bytes:
    """A .pptx of slides with a title and texts."""

    def shape(text: str, place: str) -> str:
        return f"<p:sp><p:nvSpPr><p:nvPr>{place}</p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"

    names = 'xmlns:p="http://p" xmlns:a="http://a" xmlns:r="http://r"'
    parts = {
        "ppt/presentation.xml": f"<p:presentation {names}>" + "".join(f'<p:sldId id="{n}" r:id="r{n}"/>' for n in range(len(slides))) + "</p:presentation>",
        "ppt/_rels/presentation.xml.rels": "<Relationships>" + "".join(
            f'<Relationship Id="r{n}" Type="x/slide" Target="slides/slide{n}.xml"/>' for n in range(len(slides))) + "</Relationships>",
    }  # fmt: skip
    for n, (title, texts) in enumerate(slides):
        shapes = (
            "".join(shape(text, "") for text in texts)
            + shape(title, '<p:ph type="title"/>')
            + shape(str(n + 1), '<p:ph type="sldNum"/>')
        )
        parts[f"ppt/slides/slide{n}.xml"] = f"<p:sld {names}><p:spTree>{shapes}</p:spTree></p:sld>"
    return zipped(parts)


def open_document(body: str, *, kind: str = "text", styles: str = "") -> bytes:
    """An .odt, or an .ods where `kind` is "spreadsheet". `styles`: those of lists and of numbered headings."""
    names = (
        'xmlns:office="urn:o" xmlns:text="urn:t" xmlns:table="urn:b" xmlns:style="urn:s" xmlns:loext="urn:l"'
    )
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "styles.xml": f"<office:document-styles {names}>{styles}</office:document-styles>",
            "content.xml": f"<office:document-content {names}><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        }
    )


def book_file(chapters: Sequence[str]) -> bytes:
    """An .epub; each chapter is the inside of a page's body."""
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml"/>' for n in range(len(chapters)))
    order = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfile full-path="b/p.opf"/></container>',
            "b/p.opf": f"<package><manifest>{items}</manifest><spine>{order}</spine></package>",
            **{f"b/c{n}.xhtml": f"<html><body>{chapter}</body></html>" for n, chapter in enumerate(chapters)},
        }
    )


def rtf_file(body: str) -> bytes:
    """An .rtf; letters beyond ASCII as \\u codes."""
    written = "".join(
        c if ord(c) < 128 else f"\\u{ord(c) if ord(c) < 32768 else ord(c) - 65536}?" for c in body
    )
    return b"{\\rtf1\\ansi\\ansicpg1252\\deff0 " + written.encode("ascii") + b"}"
