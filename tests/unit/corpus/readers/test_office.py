"""What is taken from office files of each format, and how are those refused that can't be read?"""

from __future__ import annotations

import base64
import quopri

import pytest

from retrieval import Document
from retrieval.corpus import read_bytes
from retrieval.errors import UnreadableFile
from retrieval.settings import CorpusSettings, Settings
from tests.unit.corpus.made_files import in_tcvn3, in_vni
from tests.unit.corpus.made_office import (
    book_file,
    compound_file,
    excel_file,
    excel_of_sheet,
    open_document,
    powerpoint_file,
    rtf_file,
    slides_file,
    word97_file,
    zipped,
)

RULE = "Khách gửi xe qua đêm phải báo trước cho bảo vệ và nộp mười nghìn đồng mỗi lượt."


def read(name: str, data: bytes, problems: list[tuple[str, str]] | None = None) -> Document:
    told: list[tuple[str, str]] = []
    [document] = read_bytes(name, data, on_problem=lambda *p: told.append(p))
    assert told == (problems or [])
    held = "".join(document.text[b.start : b.end] for b in document.blocks)
    assert "".join(held.split()) == "".join(document.text.split())
    return document


def rows(document: Document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == "row"]


def headings(document: Document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind in ("title", "heading")]


def test_word_97_in_an_old_font() -> None:
    fonts = ("Times New Roman", ".VnTime", ".VnTimeH", "VNI-Times")
    data = word97_file(
        [
            (in_tcvn3("nội quy nhà xe"), ".VnTimeH"),
            (in_tcvn3(RULE), ".VnTime"),
            (in_vni("Vé tháng bán ở phòng trực."), "VNI-Times"),
            ("Xe đạp miễn phí.", ".VnTime"),
        ],
        fonts=fonts,
    )
    assert read("nhà xe.doc", data).text.split("\n\n") == [
        "NỘI QUY NHÀ XE", RULE, "Vé tháng bán ở phòng trực.", "Xe đạp miễn phí."
    ]  # fmt: skip


def test_word_97_without_deletions_and_codes_of_fields() -> None:
    data = word97_file(
        [
            "Thư viện mở cửa lại ngày \x185/6/2024\x1912/6/2024.",
            'Xem \x13 HYPERLINK "http://x" \x14trang của trường\x15.',
        ]
    )
    assert read("a.doc", data).text == "Thư viện mở cửa lại ngày 12/6/2024.\n\nXem trang của trường."


def test_word_97_tables_and_footnotes() -> None:
    data = word97_file(
        ["Bảng giá", "Loại xe\x07", "Giá vé\x07\x07", "Xe máy\x07", "3.000\x07\x07", RULE],
        footnotes="Giá chưa gồm thuế.",
    )
    document = read("a.doc", data)
    assert rows(document) == ["Loại xe | Giá vé", "Xe máy | 3.000"]
    last = document.blocks[-1]
    assert (last.kind, document.text[last.start : last.end]) == ("footnote", "Giá chưa gồm thuế.")


def test_a_spreadsheet_as_people_write_it() -> None:
    data = excel_file(
        [
            ["Bảng lương tháng ba"],
            ["Mã thẻ", "Họ tên", "Lương", "Hệ số", "Năm vào"],
            [100234, "Trịnh Thị Gấm", 12345678.0, 2.34, 2019],
            [100871, "Ngô Văn Bách", 9800000, 3, 2020],
            [100902, in_tcvn3("Lò Văn Ưởng đội trưởng đội sản xuất số một"), 87000, 0.5, 2021],
        ],
        name="Tổ 1",
    )
    document = read("lương.xlsx", data)
    assert headings(document)[0] == "Tổ 1"
    assert rows(document) == [
        "Mã thẻ | Họ tên | Lương | Hệ số | Năm vào",
        "100234 | Trịnh Thị Gấm | 12.345.678 | 2,34 | 2019",
        "100871 | Ngô Văn Bách | 9.800.000 | 3 | 2020",
        "100902 | Lò Văn Ưởng đội trưởng đội sản xuất số một | 87.000 | 0,5 | 2021",
    ]
    assert [b.level for b in document.blocks if b.kind == "row"] == [1, 0, 0, 0]


def test_slides() -> None:
    slides = [("Mục tiêu năm học", ["Giữ sĩ số", RULE]), ("Việc cần làm", ["Sửa mái nhà xe"])]
    for name, data in (
        ("a.pptx", slides_file(slides)),
        ("a.ppt", powerpoint_file([[title, *texts] for title, texts in slides])),
    ):
        document = read(name, data)
        assert headings(document)[:1] == ["Mục tiêu năm học"]
        assert document.text.count("Giữ sĩ số") == 1
        assert [document.text[b.start : b.end] for b in document.blocks if b.page == 2] == [
            "Việc cần làm",
            "Sửa mái nhà xe",
        ]


def test_texts_of_boxes_beside_the_outline() -> None:
    document = read("a.ppt", powerpoint_file([["Lịch trực", "Tổ một"]], boxes=["Đổi ca phải báo trước"]))
    assert document.text.split("\n\n") == ["Lịch trực", "Tổ một", "Đổi ca phải báo trước"]


def test_open_document() -> None:
    data = open_document(
        '<text:h text:outline-level="2">Nội quy bể bơi</text:h>'
        f"<text:p>{RULE}<text:note><text:note-body><text:p>Giá năm ngoái.</text:p></text:note-body></text:note></text:p>"
        "<text:tracked-changes><text:p>đã xóa</text:p></text:tracked-changes>"
        "<text:list><text:list-item><text:p>Mũ bơi</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Ca</text:p></table:table-cell>"
        "<table:table-cell><text:p>Giờ</text:p></table:table-cell></table:table-row></table:table>"
    )
    document = read("a.odt", data)
    assert headings(document) == ["Nội quy bể bơi"]
    assert rows(document) == ["Ca | Giờ"]
    assert "đã xóa" not in document.text
    assert document.text.endswith("Giá năm ngoái.")


def test_open_document_spreadsheet() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    line = (
        "<table:table-row>"
        + cell.format("Mận")
        + cell.format("1.200")
        + '<table:table-cell table:number-columns-repeated="16382"/></table:table-row>'
    )
    document = read(
        "a.ods", open_document(f'<table:table table:name="Quả">{line}</table:table>', kind="spreadsheet")
    )
    assert rows(document) == ["Mận | 1.200"]


def test_a_book() -> None:
    document = read(
        "a.epub", book_file([f"<h1>Chương một</h1><p>{RULE}</p>", "<h1>Chương hai</h1><ul><li>Bút</li></ul>"])
    )
    assert headings(document) == ["Chương một", "Chương hai"]
    assert "Bút" in document.text


def test_rtf_with_a_table() -> None:
    data = rtf_file(
        rf"{RULE}\par \trowd Ca\cell Gi\u7901?\cell\row \trowd S\u225?ng\cell 6:00\cell\row Xin c\u7843?m \u417?n.\par"
    )
    document = read("a.rtf", data)
    assert rows(document) == ["Ca | Giờ", "Sáng | 6:00"]
    assert document.text.endswith("Xin cảm ơn.")


def test_rtf_in_old_fonts() -> None:
    """Runs in three fonts; a soft hyphen is a letter; the bytes of a Unicode fallback are no text."""

    def old(text: str) -> str:
        return "".join(c if ord(c) < 128 else rf"\'{ord(c):02x}" for c in text).replace(r"\'ad", r"\-")

    fonts = (
        r"{\fonttbl{\f0\fcharset0 Times New Roman;}{\f1\fnil\fcharset0{\*\panose 02}.VnTime;}{\f2 .VnTimeH;}"
    )
    fonts += (
        r"{\f3 VNI-Times{\*\falt Arial};}{\f4\fcharset163 Tahoma;}{\f5\fcharset2 Symbol;}}{\colortbl;\red0;}"
    )
    body = [
        rf"{{\f2 {old(in_tcvn3('nội quy nhà xe'))}}}\par",
        rf"\f1 {old(in_tcvn3(RULE))} {old(in_tcvn3('Thư viện mượn xe.'))}\par",
        rf"\f3 {old(in_vni('Vé tháng bán ở phòng trực.'))}\par",
        r"\f4 Tre\'d2 em \'f0i xe \'f0a\'f2p, b\u7843\'3fn thân.\par".replace("â", "\\'e2"),
        r"{\pntext\f5\'b7\tab}\f0 Xe \u273?\u7841?p {\v b\'ed m\'e2t}{\deleted \'fe\'fe }mi\u7877?n ph\'ed.\par",
    ]
    data = ("{\\rtf1\\ansi\\ansicpg1252\\deff0" + fonts + "".join(body) + "}").encode("ascii")
    assert read("a.rtf", data).text.split("\n\n") == [
        "NỘI QUY NHÀ XE", f"{RULE} Thư viện mượn xe.", "Vé tháng bán ở phòng trực.", "Trẻ em đi xe đạp, bản thân.",
        "• Xe đạp miễn phí.",
    ]  # fmt: skip


def test_rtf_headings_notes_boxes_and_what_is_no_text() -> None:
    data = rtf_file(
        r"{\stylesheet{\s1 heading 1;}}{\info{\title Bản nháp}}{\header Trường Kim Sơn\par}"
        r"\pard Nội quy thư viện\par\pard\outlinelevel1 Giờ mở cửa\par\pard Thư viện mở từ 7 giờ.{\footnote Trừ ngày lễ.}\par"
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt trang của trường}}{\pict\bin4 ab}c}\par"
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt Nhớ mang thẻ.\par}}{\shprslt Nhớ mang thẻ.}}\par"
    )
    document = read("a.rtf", data)
    kinds = {document.text[b.start : b.end]: (b.kind, b.level) for b in document.blocks}
    assert kinds["Giờ mở cửa"] == ("heading", 2)
    assert kinds["Trừ ngày lễ."][0] == "footnote"
    assert kinds["Trường Kim Sơn"][0] == "furniture"
    assert document.text.count("Nhớ mang thẻ.") == 1
    assert "trang của trường" in kinds
    assert not any(word in document.text for word in ("heading", "nháp", "HYPERLINK", "ab"))


def test_the_bytes_choose_the_reader() -> None:
    assert RULE in read("a.doc", f"<html><body><p>{RULE} {RULE}</p></body></html>".encode()).text
    assert RULE in read("a.doc", rtf_file(RULE)).text
    assert RULE in read("a.docx", word97_file([RULE])).text
    assert RULE in read("a.txt", open_document(f"<text:p>{RULE}</text:p>")).text


def lying(archive: bytes) -> bytes:
    """The archive with parts that say they are 10 bytes large."""
    changed = bytearray(archive)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + 24 : at + 28] = (10).to_bytes(4, "little")
        at = changed.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.doc", word97_file([RULE], flags=0x0100), "tệp có mật khẩu"),
        ("a.doc", compound_file({"WordDocument": b"\xdc\xa5" + bytes(100)}), "tệp Word trước năm 1997"),
        ("a.doc", word97_file([RULE])[:1500], "tệp"),
        ("a.doc", compound_file({"Contents": b"x"}), "tệp Office cũ"),
        ("a.doc", bytes(1024), "tệp rỗng"),
        ("a.docx", compound_file({"EncryptedPackage": b"x"}), "tệp có mật khẩu"),
        ("a.xlsx", compound_file({"EncryptedPackage": b"x"}), "tệp có mật khẩu"),
        ("a.xlsx", excel_of_sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "trang tính quá rộng"),
        ("a.xlsx", excel_file([]), "không có ô nào"),
        ("a.xlsx", zipped({"xl/workbook.xml": "x"}), "tệp bảng tính hỏng"),
        # A record that breaks off makes calamine panic, which is no Exception.
        ("a.xls", compound_file({"Workbook": bytes.fromhex("0908100000060500" + "00" * 12 + "42000000" + "0a000000")}), "tệp bảng tính hỏng"),
        ("a.pptx", zipped({"ppt/presentation.xml": bytes(30_000_000)}), "30 MB khi giải nén, quá giới hạn 5 MB; hãy chia nhỏ tệp"),
        ("a.docx", zipped({"word/document.xml": b"<a>" + b"<b/>" * 200_000}), "1 MB khi giải nén"),
        ("a.docx", lying(zipped({"word/document.xml": b"<a>" + bytes(900_000)})), "tệp hỏng"),
        ("a.rtf", rtf_file(RULE)[:30], "tệp RTF hỏng hoặc bị cắt"),
        ("a.xls", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "là XML của Excel; hãy mở bằng Excel rồi lưu thành .xlsx"),
        ("a.doc", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "là XML của Word; hãy mở bằng Word rồi lưu thành .docx"),
        ("a.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--\r\n", "không có trang nào"),
        ("a.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>", "META-INF/manifest.xml": "<encryption-data/>"}), "tệp có mật khẩu"),
        ("a.ppt", compound_file({"PowerPoint Document": b"", "EncryptedSummary": b"x"}), "tệp có mật khẩu"),
        (
            "a.ppt",
            compound_file({"PowerPoint Document": b"", "Current User": bytes(12) + b"\xdf\xc4\xd1\xf3"}),
            "tệp có mật khẩu",
        ),
        ("~$a.docx", b"\x05Hoa", "là tệp khóa tạm của Word"),
        ("a.zip", zipped({"a.txt": "x"}), "là tệp nén"),
        ("a.epub", zipped({"mimetype": "application/epub+zip"}), "tệp hỏng"),
    ],
)  # fmt: skip
def test_refused(name: str, data: bytes, reason: str, capfd: pytest.CaptureFixture[str]) -> None:
    settings = Settings(corpus=CorpusSettings(max_file_megabytes=1))
    with pytest.raises(UnreadableFile) as caught:
        list(read_bytes(name, data, settings=settings))
    assert str(caught.value).startswith(f"{name}: {reason}")
    assert "\n" not in str(caught.value)
    assert capfd.readouterr().err == ""


def test_entities_are_not_expanded() -> None:
    body = f"<text:p>{RULE} &b;</text:p>"
    assert RULE in read("a.odt", open_document(body)).text
    bomb = zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'{BOMB}<d xmlns:text="urn:t"><body><text:p>{RULE} &b;</text:p></body></d>',
        }
    )
    assert "aaaa" not in read("a.odt", bomb).text


def test_rows_beyond_the_limit_are_told() -> None:
    settings = Settings(corpus=CorpusSettings(max_sheet_rows=3))
    problems: list[tuple[str, str]] = []
    data = excel_file([["Tên", "Số"], *([f"Hàng {n}", n] for n in range(9))])
    [document] = read_bytes("a.xlsx", data, settings=settings, on_problem=lambda *p: problems.append(p))
    assert len(rows(document)) == 3
    assert problems == [("a.xlsx", 'trang tính "Bảng 1" có 10 dòng, chỉ đọc 3 dòng đầu; hãy chia nhỏ tệp')]


LIST = [
    "Mã | Họ tên | Ngày sinh | Lương",
    "07 | Lò Thị Mảy | 4/3/1990 | 7.500.000",
    "12 | Vàng A Sình, tổ trưởng | 9/12/1985 | 8,5",
]


def listed(delimiter: str, *, quote: str = "") -> str:
    return "\r\n".join(delimiter.join(f"{quote}{cell}{quote}" for cell in line.split(" | ")) for line in LIST)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", listed(",", quote='"').encode("utf-8-sig")),
        ("a.csv", listed(";").encode()),
        ("a.csv", ("sep=|\n" + listed("|")).encode()),
        ("a.csv", listed(";").replace("7.500.000", '"7.500.000"').encode("utf-8")),
        ("a.tsv", listed("\t").encode("utf-16")),
        ("a.csv", in_tcvn3(listed(";")).encode("cp1252")),
    ],
    ids=["quoted", "semicolons", "named", "some quoted", "tabs in UTF-16", "old font"],
)  # fmt: skip
def test_exported_sheets(name: str, data: bytes) -> None:
    document = read(name, data)
    assert rows(document) == LIST
    assert [b.level for b in document.blocks if b.kind == "row"] == [1, 0, 0]


def test_exported_sheets_that_are_long_or_badly_quoted() -> None:
    data = "Tên;Số\n" + "".join(f"Hàng {n};{n}\n" for n in range(9))
    problems: list[tuple[str, str]] = []
    settings = Settings(corpus=CorpusSettings(max_sheet_rows=3))
    [document] = read_bytes(
        "a.csv", data.encode(), settings=settings, on_problem=lambda *p: problems.append(p)
    )
    assert len(rows(document)) == 3
    assert problems == [("a.csv", "bảng có 10 dòng, chỉ đọc 3 dòng đầu; hãy chia nhỏ tệp")]
    inches = 'Ống;Cỡ\n"Ống to;90 mét\n' + "".join(f"Ống số {n};{n} mét\n" for n in range(3001))
    assert "Ống số 3000 | 3000 mét" in rows(read("a.csv", inches.encode()))


PAGE_IN_ONE_FILE = """From: <Saved by a browser>\r
Subject: =?utf-8?B?xJDDsg==?=\r
MIME-Version: 1.0\r
Content-Type: multipart/related; boundary="----x"; type="text/html"\r
\r
------x\r
Content-Type: text/html; charset="{charset}"\r
Content-Transfer-Encoding: {way}\r
\r
{page}\r
------x\r
Content-Type: image/png\r
Content-Transfer-Encoding: base64\r
\r
iVBORw0KGgo=\r
------x--\r
"""


@pytest.mark.parametrize("name", ["a.mht", "a.doc", "a.xls"])
@pytest.mark.parametrize(
    ("charset", "way"), [("utf-8", "base64"), ("utf-8", "quoted-printable"), ("utf-16", "base64")]
)
def test_a_page_in_one_file(name: str, charset: str, way: str) -> None:
    """Browsers and programs that export reports write pages so; Word and Excel open them."""
    page = f"<html><body><h1>Nội quy bến</h1><p>{RULE}</p><table><tr><td>Đò</td><td>2.000</td></tr></table></body></html>"
    encode = base64.encodebytes if way == "base64" else quopri.encodestring
    written = encode(page.encode(charset)).decode("ascii")
    data = PAGE_IN_ONE_FILE.format(charset=charset, way=way, page=written).encode()
    document = read(name, data)
    assert RULE in document.text
    assert rows(document) == ["Đò | 2.000"]
    assert "iVBOR" not in document.text


def test_open_document_slides() -> None:
    """A title goes first, wherever it stands on the slide."""

    def frame(place: str, text: str) -> str:
        return f'<draw:frame xmlns:draw="urn:d" xmlns:p="urn:p" p:class="{place}"><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame>'

    body = "".join(
        f'<draw:page xmlns:draw="urn:d" draw:name="{n}">{frame("outline", text)}{frame("title", title)}</draw:page>'
        for n, (title, text) in enumerate(
            [("Giờ mở bến", "Từ năm giờ sáng."), ("Giá vé", "Mỗi lượt 2.000 đồng.")]
        )
    )
    document = read("a.odp", open_document(body, kind="presentation"))
    assert document.text.split() == "Giờ mở bến Từ năm giờ sáng. Giá vé Mỗi lượt 2.000 đồng.".split()
    assert headings(document)[-1] == "Giá vé"


def test_a_cut_rtf_is_told() -> None:
    problems: list[str] = []
    data = rtf_file(rf"{RULE}\par {{\b {RULE}}}\par")
    [document] = read_bytes("a.rtf", data[:-40], on_problem=lambda where, reason: problems.append(reason))
    assert document.text.startswith(RULE)
    assert problems == ["tệp RTF bị cắt ở cuối, chỉ đọc được phần đầu; hãy chép lại tệp gốc"]
