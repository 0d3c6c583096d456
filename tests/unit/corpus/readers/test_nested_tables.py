"""Is a table inside a cell read as that cell's value, in every format, and as a table of its own on a laid-out page?"""

from __future__ import annotations

import pytest

from retrieval.corpus import read_bytes
from tests.unit.corpus.made_office import open_document, rtf_file, word97_file, zipped

SHOWN = [
    "Đội | Khoản",
    "Đội Một | Gồm: Lương: 7.400.000; Phụ cấp: 650.000, mỗi quý",
    "Đội Hai | Lương: 8.100.000",
]


def word() -> bytes:
    def paragraph(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    def table(rows: list[list[str]]) -> str:
        lines = ("".join(f"<w:tc>{cell}</w:tc>" for cell in cells) for cells in rows)
        return "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"

    p = paragraph
    inner = table([[p("Lương"), p("7.400.000"), p("")], [p("Phụ cấp"), p("650.000"), p("mỗi quý")]])
    outer = table(
        [
            [p("Đội"), p("Khoản")],
            [p("Đội Một"), p("Gồm:") + inner + p("")],
            [p("Đội Hai"), table([[p("Lương"), p("8.100.000")]]) + p("")],
        ]
    )
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = p("Sổ lương") + outer + p("Hết.")
    return zipped({"word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>"})


def word_97() -> bytes:
    return word97_file(
        [
            "Sổ lương", "Đội\x07", "Khoản\x07\x07", "Đội Một\x07", "Gồm:\x1c", "Lương\x1b", "7.400.000\x1b\x1b", "Phụ cấp\x1b", "650.000\x1b",
            "mỗi quý\x1b\x1b", "\x07\x07",
            "Đội Hai\x07", "Lương\x1b", "8.100.000\x1b\x1b", "\x07\x07", "Hết.",
        ]
    )  # fmt: skip


def rtf() -> bytes:
    def row(*cells: str) -> str:
        inside = "".join(rf"\pard\intbl\itap2 {cell}\nestcell{{\nonesttables\par}}" for cell in cells)
        return inside + r"{\*\nesttableprops\trowd\cellx900\cellx1800\nestrow}{\nonesttables\par}"

    end = r"\trowd\cellx2000\cellx6000\row"
    return rtf_file(
        r"\pard Sổ lương\par"
        + rf"\pard\intbl Đội\cell Khoản\cell{end}"
        + rf"\pard\intbl Đội Một\cell Gồm:\par{row('Lương', '7.400.000')}{row('Phụ cấp', '650.000', 'mỗi quý')}"
        + rf"\pard\intbl\itap1\cell{end}"
        + rf"\pard\intbl Đội Hai\cell{row('Lương', '8.100.000')}\pard\intbl\itap1\cell{end}"
        + r"\pard Hết.\par"
    )


def open_text() -> bytes:
    def table(rows: list[list[str]]) -> str:
        cells = ("".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in row) for row in rows)
        return (
            "<table:table>"
            + "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
            + "</table:table>"
        )

    def p(text: str) -> str:
        return f"<text:p>{text}</text:p>"

    inner = table([[p("Lương"), p("7.400.000")], [p("Phụ cấp"), p("650.000"), p("mỗi quý")]])
    outer = [
        [p("Đội"), p("Khoản")],
        [p("Đội Một"), p("Gồm:") + inner],
        [p("Đội Hai"), table([[p("Lương"), p("8.100.000")]])],
    ]
    return open_document(p("Sổ lương") + table(outer) + p("Hết."))


@pytest.mark.parametrize(
    ("name", "data"), [("a.docx", word()), ("a.doc", word_97()), ("a.rtf", rtf()), ("a.odt", open_text())]
)
def test_a_value(name: str, data: bytes) -> None:
    [document] = read_bytes(name, data)
    texts = [document.text[b.start : b.end] for b in document.blocks]
    assert [text for text in texts if "|" in text] == SHOWN
    assert texts[0] == "Sổ lương"
    assert texts[-1] == "Hết."


@pytest.mark.parametrize("name", ["a.doc", "a.rtf"])
def test_on_a_page(name: str) -> None:
    """A cell that holds the page's paragraphs holds its tables too: they stay tables."""
    around = ["Bến đò thu tiền theo bảng dưới đây.", "Bến đò nghỉ khi có bão từ cấp bảy."]
    if name == "a.doc":
        data = word97_file(
            ["Quy định bến đò", f"{around[0]}\x1c", "Đối tượng\x1b", "Mức\x1b\x1b", "Xe đạp\x1b", "2.000\x1b\x1b", f"{around[1]}\x07\x07"]
        )  # fmt: skip
    else:
        row = r"\pard\intbl\itap2 {}\nestcell {}\nestcell{{\*\nesttableprops\trowd\cellx9\cellx99\nestrow}}"
        data = rtf_file(
            rf"\pard Quy định bến đò\par\pard\intbl {around[0]}\par"
            + row.format("Đối tượng", "Mức")
            + row.format("Xe đạp", "2.000")
            + rf"\pard\intbl\itap1 {around[1]}\cell\trowd\cellx9000\row"
        )
    [document] = read_bytes(name, data)
    texts = [document.text[b.start : b.end] for b in document.blocks]
    assert texts == ["Quy định bến đò", around[0], "Đối tượng | Mức", "Xe đạp | 2.000", around[1]]


LEFT = ["HỘI ĐỒNG NHÂN DÂN", "TỈNH HẬU LỘC", "-------", "Số: 29/2022/NQ-HĐND"]
RIGHT = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "-------",
    "Hậu Lộc, ngày 8 tháng 12 năm 2022",
]
BELOW = [
    "NGHỊ QUYẾT",
    "Quy định mức hỗ trợ người dân rời khỏi vùng lở đất",
    "Điều 1. Mỗi hộ được hỗ trợ 60 triệu đồng.",
]
SIGNED = (["Nơi nhận:", "- Như trên;"], ["CHỦ TỊCH", "Phạm Thị Bích Liễu"])


def paper(kind: str) -> bytes:
    opened, shut, table, row, cell = {
        "docx": ("<w:p><w:r><w:t>", "</w:t></w:r></w:p>", "w:tbl", "w:tr", "w:tc"),
        "odt": ("<text:p>", "</text:p>", "table:table", "table:table-row", "table:table-cell"),
    }[kind]

    def lines(texts: list[str]) -> str:
        return "".join(f"{opened}{text}{shut}" for text in texts)

    def side_by_side(left: list[str], right: list[str]) -> str:
        cells = "".join(f"<{cell}>{lines(texts)}</{cell}>" for texts in (left, right))
        return f"<{table}><{row}>{cells}</{row}></{table}>"

    body = side_by_side(LEFT, RIGHT) + lines(BELOW) + side_by_side(*SIGNED)
    if kind == "odt":
        return open_document(body)
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return zipped({"word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>"})


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_a_head_in_one_row(kind: str) -> None:
    """Body and number stand beside the state's lines and the date, as most templates of official papers lay them out."""
    [document] = read_bytes(f"a.{kind}", paper(kind))
    assert (document.number, document.source) == ("29/2022/NQ-HĐND", "Hội đồng nhân dân tỉnh Hậu Lộc")
    assert (str(document.published), document.meta["place"]) == ("2022-12-08", "Hậu Lộc")
    assert document.author == "Phạm Thị Bích Liễu"
