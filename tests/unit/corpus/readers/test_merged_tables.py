"""Does each row of a table with merged cells carry its own values, under one name for each column, in every format?"""

from __future__ import annotations

import io
import zipfile

import pytest

from retrieval import Document
from retrieval.corpus import read_bytes
from retrieval.corpus.readers.tables import Cell, unmerged
from tests.unit.corpus.made_office import (
    book_file,
    excel_of_sheet,
    open_document,
    rtf_file,
    word97_file,
    zipped,
)

ROWS = [
    "Bản | Thu hoạch Ngô | Thu hoạch Lúa nương",
    "Nậm Cang | 41 | 12",
    "Tả Phìn | 38 | 9",
]
"""What the table of each format says: "Thu hoạch" stands over "Ngô" and "Lúa nương", and "Bản" reaches down beside."""
KEPT = [
    "Kho | Hàng | Số bao",
    "Lạng Giang | Gạo | 40",
    "Lạng Giang | Đậu | 15",
    "Yên Thế | Gạo | 8",
]
"""The first kho stands beside two goods."""


def rows(document: Document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == "row"]


def read(name: str, data: bytes) -> list[str]:
    [document] = read_bytes(name, data)
    levels = [b.level for b in document.blocks if b.kind == "row"]
    assert levels == [1] + [0] * (len(levels) - 1)
    return rows(document)


def html(table: str) -> bytes:
    return f"<html><body><h1>Sổ của hợp tác xã</h1><table>{table}</table></body></html>".encode()


def cells(*texts: str, tag: str = "td") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


HTML = {
    "names": "<tr><th rowspan=2>Bản</th><th colspan=2>Thu hoạch</th></tr><tr><th>Ngô</th><th>Lúa nương</th></tr>"
    f"<tr>{cells('Nậm Cang', '41', '12')}</tr><tr>{cells('Tả Phìn', '38', '9')}</tr>",
    "values": f"<tr>{cells('Kho', 'Hàng', 'Số bao', tag='th')}</tr><tr><td rowspan=2>Lạng Giang</td>{cells('Gạo', '40')}</tr>"
    f"<tr>{cells('Đậu', '15')}</tr><tr>{cells('Yên Thế', 'Gạo', '8')}</tr>",
}


@pytest.mark.parametrize(("table", "expected"), [("names", ROWS), ("values", KEPT)])
def test_pages_and_books(table: str, expected: list[str]) -> None:
    assert read("a.html", html(HTML[table])) == expected
    xhtml = HTML[table].replace("=2", '="2"')
    assert read("a.epub", book_file([f"<h1>Sổ</h1><table>{xhtml}</table>"])) == expected


def word(table: str) -> bytes:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return zipped(
        {
            "word/document.xml": f"<w:document {names}><w:body><w:tbl>{table}</w:tbl></w:body></w:document>",
            "[Content_Types].xml": "<x/>",
        }
    )


def tc(text: str, *, across: int = 1, merge: str = "") -> str:
    held = f'<w:gridSpan w:val="{across}"/>' + (f'<w:vMerge w:val="{merge}"/>' if merge else "")
    return f"<w:tc><w:tcPr>{held}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def test_word() -> None:
    head = f"<w:tr>{tc('Bản', merge='restart')}{tc('Thu hoạch', across=2)}</w:tr>"
    head += f"<w:tr>{tc('', merge='continue')}{tc('Ngô')}{tc('Lúa nương')}</w:tr>"
    body = f"<w:tr>{tc('Nậm Cang')}{tc('41')}{tc('12')}</w:tr><w:tr>{tc('Tả Phìn')}{tc('38')}{tc('9')}</w:tr>"
    assert read("a.docx", word(head + body)) == ROWS
    kho = f"<w:tr>{tc('Kho')}{tc('Hàng')}{tc('Số bao')}</w:tr>"
    kho += f"<w:tr>{tc('Lạng Giang', merge='restart')}{tc('Gạo')}{tc('40')}</w:tr>"
    kho += f"<w:tr>{tc('', merge='continue')}{tc('Đậu')}{tc('15')}</w:tr><w:tr>{tc('Yên Thế')}{tc('Gạo')}{tc('8')}</w:tr>"
    assert read("a.docx", word(kho)) == KEPT


def test_rtf() -> None:
    def line(edges: str, *texts: str) -> str:
        return rf"\trowd{edges}\pard\intbl " + "".join(rf"{text}\cell " for text in texts) + r"\row "

    head = line(r"\clvmgf\cellx1000\cellx3000", "Bản", "Thu hoạch")
    three = r"\cellx1000\cellx2000\cellx3000"
    head += line(r"\clvmrg" + three, "", "Ngô", "Lúa nương")
    body = line(three, "Nậm Cang", "41", "12") + line(three, "Tả Phìn", "38", "9")
    assert read("a.rtf", rtf_file(head + body)) == ROWS


def test_word_97() -> None:
    def line(*texts: str) -> list[str]:
        return [*(f"{text}\x07" for text in texts[:-1]), f"{texts[-1]}\x07\x07"]

    table = [*line("Bản", "Thu hoạch"), *line("", "Ngô", "Lúa nương"), *line("Nậm Cang", "41", "12")]
    shapes = [
        ([0, 1000, 3000], [3, 0]),
        ([0, 1000, 2000, 3000], [1, 0, 0]),
        ([0, 1000, 2000, 3000], [0, 0, 0]),
    ]
    assert read("a.doc", word97_file(table, shapes=shapes)) == ROWS[:2]


def test_sheets() -> None:
    def c(place: str, text: str | int) -> str:
        if isinstance(text, int):
            return f'<c r="{place}"><v>{text}</v></c>'
        return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'

    lines = [
        [c("B2", "Bản"), c("C2", "Thu hoạch")],
        [c("C3", "Ngô"), c("D3", "Lúa nương")],
        [c("B4", "Nậm Cang"), c("C4", 41), c("D4", 12)],
        [c("B5", "Tả Phìn"), c("C5", 38), c("D5", 9)],
    ]
    sheet = "".join(f'<row r="{n}">{"".join(line)}</row>' for n, line in enumerate(lines, start=2))
    data = zipfile.ZipFile(io.BytesIO(excel_of_sheet(sheet)))
    merged = b'</sheetData><mergeCells><mergeCell ref="B2:B3"/><mergeCell ref="C2:D2"/></mergeCells>'
    parts = {name: data.read(name).replace(b"</sheetData>", merged) for name in data.namelist()}
    assert read("a.xlsx", zipped(parts)) == ROWS


def test_open_document() -> None:
    def c(text: str, about: str = "") -> str:
        return f"<table:table-cell {about}><text:p>{text}</text:p></table:table-cell>"

    hidden = "<table:covered-table-cell/>"
    lines = [
        c("Bản", 'table:number-rows-spanned="2"')
        + c("Thu hoạch", 'table:number-columns-spanned="2"')
        + hidden,
        hidden + c("Ngô") + c("Lúa nương"),
        c("Nậm Cang") + c("41") + c("12"),
        c("Tả Phìn") + c("38") + c("9"),
    ]
    table = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    assert read("a.odt", open_document(f"<table:table>{table}</table:table>")) == ROWS


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # The first cell is over two columns of values: no row names the columns together with it.
        ([[Cell("Họ và tên", 2), Cell("Việc")], [Cell("Lò Thị"), Cell("Mảy"), Cell("tổ trưởng")]],
         [("Họ và tên", "", "Việc"), ("Lò Thị", "Mảy", "tổ trưởng")]),
        # Three rows of names.
        ([[Cell("Lớp", down=3), Cell("Học sinh", 3)], [Cell("Nam", 2), Cell("Nữ", down=2)], [Cell("cũ"), Cell("mới")],
          [Cell("6A"), Cell("9"), Cell("4"), Cell("17")]],
         [("Lớp", "Học sinh Nam cũ", "Học sinh Nam mới", "Học sinh Nữ"), ("6A", "9", "4", "17")]),
        # Years are names of columns, though they are figures.
        ([[Cell("Xã", down=2), Cell("Dân số", 2)], [Cell("2019"), Cell("2024")], [Cell("Mường Lống"), Cell("4.102"), Cell("4.377")]],
         [("Xã", "Dân số 2019", "Dân số 2024"), ("Mường Lống", "4.102", "4.377")]),
        # A title over the whole width is no name of columns.
        ([[Cell("Bảng giá", 2)], [Cell("Cam"), Cell("Bưởi")]], [("Bảng giá", ""), ("Cam", "Bưởi")]),
    ],
)  # fmt: skip
def test_bound_by_merged_cells(table: list[list[Cell]], expected: list[tuple[str, ...]]) -> None:
    assert unmerged(table)[0] == expected


def test_spans_beyond_reason() -> None:
    [first] = unmerged([[Cell("a", 10**8, 10**8), Cell("b")]])[0]
    assert first == ("a", "b")
