"""What is taken from a Word file, old fonts included, and how are other files of that name refused?"""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest

from retrieval.corpus import read_bytes
from retrieval.errors import UnreadableFile
from retrieval.settings import CorpusSettings, Settings
from tests.unit.corpus.made_files import article, in_tcvn3, in_vni, word_file

TITLE = "Nội quy xưởng mộc năm 2021"
RULE = "Công nhân đi muộn quá 15 phút phải báo tổ trưởng trước khi vào máy, nếu không sẽ bị nhắc nhở."
OTHER = "Mùn cưa phải được hút sạch sau mỗi ca, tuyệt đối không hút thuốc trong kho gỗ và phòng sơn."


def test_paragraphs_and_tables() -> None:
    [document] = read_bytes(
        "a.docx", word_file([TITLE, RULE], rows=[["Ca", "Giờ vào"], ["Sáng", "7 giờ 30"]])
    )
    assert document.title == TITLE
    assert article(document) == f"{RULE}\n\nCa | Giờ vào\nSáng | 7 giờ 30"


def test_a_merged_cell_counts_once() -> None:
    data = word_file([TITLE, RULE], rows=[["Ca", "Giờ"]])
    import docx

    document = docx.Document(io.BytesIO(data))
    table = document.tables[0]
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Gộp hai ô"
    stream = io.BytesIO()
    document.save(stream)
    [read] = read_bytes("a.docx", stream.getvalue())
    assert read.text.count("Gộp hai ô") == 1


def test_old_fonts_run_by_run() -> None:
    paragraphs = [
        TITLE,
        (in_tcvn3(RULE), ".VnTime"),
        (in_tcvn3("an toàn lao động trong xưởng"), ".VnTimeH"),
        ("khong dau 2021", ".VnArialH"),
        (in_vni("Không ai được đứng máy cưa khi chưa qua tập huấn."), "VNI-Times"),
        ("Phông mới thì giữ nguyên.", "Arial"),
    ]
    [document] = read_bytes("a.docx", word_file(paragraphs))
    assert article(document).split("\n\n") == [
        RULE,
        "AN TOÀN LAO ĐỘNG TRONG XƯỞNG",
        "KHONG DAU 2021",
        "Không ai được đứng máy cưa khi chưa qua tập huấn.",
        "Phông mới thì giữ nguyên.",
    ]


def test_a_font_whose_name_lies() -> None:
    """Text typed in Unicode, in a font named as an old one."""
    said = [
        "Cộng hòa xã hội chủ nghĩa",
        "Hợp tác xã trồng cà phê không nộp phí.",
        "Có gì thì hỏi tổ trưởng.",
        "hòa",
    ]
    [document] = read_bytes("a.docx", word_file([TITLE, *((text, ".VnTime") for text in said)]))
    assert article(document).split("\n\n") == said


def test_short_lines_in_an_old_font_go_with_the_font() -> None:
    """ "Công nghệ thông" alone might be read in another encoding, and foreign names are written in it too."""
    said = [
        "Công nghệ thông tin ở bản Nậm Cang được dạy miễn phí cho người già.",
        "Công nghệ thông",
        "Bà Michèle đỡ đầu.",
    ]
    [document] = read_bytes("a.docx", word_file([TITLE, *((in_vni(text), "VNI-Times") for text in said)]))
    assert article(document).split("\n\n") == said


def test_an_old_font_that_is_not_named() -> None:
    [document] = read_bytes("a.docx", word_file([TITLE, in_tcvn3(RULE), in_vni(OTHER)]))
    assert article(document) == f"{RULE}\n\n{OTHER}"


NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def word(body: str, **parts: str) -> bytes:
    """A .docx with this body; `parts`: what stands inside the root of word/styles.xml, numbering.xml, footnotes.xml."""
    files = {"word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"}
    files.update(
        {f"word/{name}.xml": f"<w:{name} {NAMESPACES}>{inside}</w:{name}>" for name, inside in parts.items()}
    )
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    files["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{types}"/></Types>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inside: str, style: str = "") -> str:
    return f"<w:p><w:pPr>{style}</w:pPr>{inside}</w:p>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            p(r("Thư viện đóng từ ") + f"<w:del><w:r><w:delText>5/6/2024</w:delText></w:r></w:del><w:ins>{r('12/6/2024')}</w:ins>" + r(" để sửa mái.")),
            "Thư viện đóng từ 12/6/2024 để sửa mái.",
        ),
        (f"<w:ins>{p(r('Cả đoạn mới thêm.'))}</w:ins>", "Cả đoạn mới thêm."),
        (p(f"<w:moveFrom>{r('chỗ cũ')}</w:moveFrom><w:moveTo>{r('Chỗ mới.')}</w:moveTo>"), "Chỗ mới."),
        (p(f"<w:smartTag>{r('Nhà số 9.')}</w:smartTag>"), "Nhà số 9."),
        (p(f"<w:sdt><w:sdtPr/><w:sdtContent>{r('Tên: Lê Na.')}</w:sdtContent></w:sdt>"), "Tên: Lê Na."),
        (f"<w:sdt><w:sdtContent>{p(r('Khung cả đoạn.'))}</w:sdtContent></w:sdt>", "Khung cả đoạn."),
        (
            f"<w:tbl><w:tr><w:tc>{p(r('Lớp Lá'))}</w:tc><w:sdt><w:sdtContent><w:tc>{p(r('Cô Mơ'))}</w:tc></w:sdtContent></w:sdt></w:tr>"
            f"<w:sdt><w:sdtContent><w:tr><w:tc>{p(r('Lớp Chồi'))}</w:tc><w:tc>{p(r('Cô Nụ'))}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>",
            "Lớp Lá | Cô Mơ\nLớp Chồi | Cô Nụ",
        ),
        (p(f'<w:fldSimple w:instr="DATE">{r("Hôm nay 3/4.")}</w:fldSimple>'), "Hôm nay 3/4."),
        (
            p(r("Thẻ ") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>MERGEFIELD gia</w:instrText></w:r>'
              f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("45.000 đồng.")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
            "Thẻ 45.000 đồng.",
        ),
        (
            p(r("Trên khung.") + f"<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{p(r('Trong khung.'))}</w:txbxContent></mc:Choice>"
              f"<mc:Fallback><w:txbxContent>{p(r('Trong khung.'))}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"),
            "Trên khung.\n\nTrong khung.",
        ),
        (p(r("Chia") + "<w:r><w:softHyphen/></w:r>" + r("sẻ.")), "Chiasẻ."),
        (p(r("Cột") + "<w:r><w:tab/></w:r>" + r("hai.")), "Cột hai."),
        (p(r("Không ") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>" + r("thấy.")), "Không thấy."),
    ],
    ids=["tracked", "inserted paragraph", "moved", "smart tag", "control", "block control", "controls in a table", "field", "field in parts", "text box", "hyphen", "tab", "hidden"],
)  # fmt: skip
def test_what_word_shows_is_read(body: str, text: str) -> None:
    [document] = read_bytes("a.docx", word(body))
    assert document.text == text


def test_a_soft_hyphen_of_an_old_font_is_a_letter() -> None:
    font = '<w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr>'
    run = f"<w:r>{font}<w:t>th</w:t><w:softHyphen/><w:t>\xac viÖn</w:t></w:r>"
    [document] = read_bytes("a.docx", word(p(run)))
    assert document.text == "thươ viện"


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_footnotes_keep_their_words(kind: str) -> None:
    notes = f'<w:{kind} w:type="separator"/><w:{kind} w:id="1">{p(r("Theo sổ của đình."))}</w:{kind}>'
    [document] = read_bytes("a.docx", word(p(r("Đình dựng năm 1805.")), **{f"{kind}s": notes}))
    assert document.text.endswith("Theo sổ của đình.")
    assert document.blocks[-1].kind == "footnote"


def level(number: int, shape: str, text: str) -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/><w:lvlText w:val="{text}"/></w:lvl>'


def numbered(text: str, level: int = 0) -> str:
    return p(r(text), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>')


def test_words_own_numbers_are_written_out() -> None:
    levels = level(0, "decimal", "Điều %1.") + level(1, "decimal", "%2.") + level(2, "lowerLetter", "%3)")
    numbering = f'<w:abstractNum w:abstractNumId="3">{levels}</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num>'
    body = (
        numbered("Giờ mở cửa")
        + numbered("Sáng từ 7 giờ.", 1)
        + numbered("Chiều từ 13 giờ.", 1)
        + numbered("Phí mượn")
    )
    body += (
        numbered("Người lớn trả:", 1)
        + numbered("5.000 đồng một quyển;", 2)
        + numbered("Trẻ em được miễn.", 1)
    )
    [document] = read_bytes("a.docx", word(body, numbering=numbering))
    assert document.text.split("\n\n") == [
        "Điều 1. Giờ mở cửa", "1. Sáng từ 7 giờ.", "2. Chiều từ 13 giờ.", "Điều 2. Phí mượn", "1. Người lớn trả:",
        "a) 5.000 đồng một quyển;", "2. Trẻ em được miễn.",
    ]  # fmt: skip
    kinds = [(block.kind, block.level) for block in document.blocks]
    assert kinds == [
        ("heading", 1),
        ("item", 1),
        ("item", 1),
        ("heading", 1),
        ("item", 1),
        ("item", 2),
        ("item", 1),
    ]


def test_styles_say_headings_and_items() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
        for name in ("heading 1", "heading 2", "List Bullet")
    )
    named = [
        ("heading1", "Nội quy"),
        ("heading2", "Giờ giấc"),
        ("ListBullet", "Đến trước bảy giờ"),
        ("ListBullet", "Về sau năm giờ"),
    ]
    body = "".join(p(r(text), f'<w:pStyle w:val="{style}"/>') for style, text in named)
    [document] = read_bytes("a.docx", word(p(r("Xưởng mộc Hoa Lan")) + body, styles=styles))
    kinds = [(block.kind, block.level) for block in document.blocks]
    assert kinds == [("title", 0), ("heading", 1), ("heading", 2), ("item", 1), ("item", 1)]


def test_the_rows_of_a_table_know_their_header() -> None:
    rows = [["Lớp", "Sáng", "Chiều"], ["Lá", "Vẽ", "Hát"], ["Chồi", "Nặn", ""]]
    table = "".join(
        f"<w:tr><w:trPr>{'<w:tblHeader/>' if n == 0 else ''}</w:trPr>"
        + "".join(f"<w:tc>{p(r(cell))}</w:tc>" for cell in row)
        + "</w:tr>"
        for n, row in enumerate(rows)
    )
    [document] = read_bytes("a.docx", word(p(r("Lịch học của trường mầm non.")) + f"<w:tbl>{table}</w:tbl>"))
    assert document.text.endswith("Lớp | Sáng | Chiều\nLá | Vẽ | Hát\nChồi | Nặn")
    assert [(block.kind, block.level) for block in document.blocks[-3:]] == [
        ("row", 1),
        ("row", 0),
        ("row", 0),
    ]


def test_an_official_decision_loses_nothing() -> None:
    import docx

    paper = docx.Document()
    table = paper.add_table(rows=2, cols=2)
    cells = (
        ("ỦY BAN NHÂN DÂN\nXÃ AN PHÚ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
        ("Số: 35/QĐ-UBND", "An Phú, ngày 4 tháng 3 năm 2024"),
    )
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    lines = [
        "QUYẾT ĐỊNH",
        "Về việc thành lập tổ thu gom rác tự quản",
        "Điều 1. Thành lập tổ thu gom rác tự quản gồm 9 thành viên do bà Lâm Thị Xuyến làm tổ trưởng.",
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
        "CHỦ TỊCH",
        "Phan Văn Thuận",
    ]
    for line in lines:
        paper.add_paragraph(line)
    stream = io.BytesIO()
    paper.save(stream)
    [document] = read_bytes("a.docx", stream.getvalue())
    for line in (
        *lines,
        "Số: 35/QĐ-UBND",
        "An Phú, ngày 4 tháng 3 năm 2024",
        "XÃ AN PHÚ",
        "Độc lập - Tự do - Hạnh phúc",
    ):
        assert line in document.text
    assert (document.number, document.source) == ("35/QĐ-UBND", "Ủy ban nhân dân xã An Phú")
    assert document.published == datetime.date(2024, 3, 4)
    assert document.author == "Phan Văn Thuận"
    assert document.title == "Quyết định về việc thành lập tổ thu gom rác tự quản"
    assert document.meta == {
        "place": "An Phú", "paper": "Quyết định", "subject": "Về việc thành lập tổ thu gom rác tự quản", "signer": "Phan Văn Thuận",
    }  # fmt: skip
    assert [block.kind for block in document.blocks] == [
        *["letterhead"] * 5, "title", "title", "heading", "paragraph", "heading", "paragraph", "signature", "signature",
    ]  # fmt: skip


def zipped(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no zip at all", "không phải tệp Word"),
        (b"", "tệp rỗng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "tệp hỏng hoặc bị cắt"),
        (zipped(x=b"1"), "là tệp nén"),
        (zipped(**{"word/x": b"1"}), "tệp Word hỏng"),
        (word_file([TITLE, RULE])[:-200], "tệp hỏng hoặc bị cắt"),
        (word_file([]), "không có chữ trong tệp"),
        (zipped(**{"word/x": bytes(30_000_000)}), "30 MB khi giải nén"),
    ],
    ids=["text", "empty", "old", "another zip", "no document", "cut", "no text", "bomb"],
)
def test_refused(data: bytes, reason: str) -> None:
    settings = Settings(corpus=CorpusSettings(max_file_megabytes=1))
    with pytest.raises(UnreadableFile) as caught:
        list(read_bytes("kho.docx", data, settings=settings))
    assert str(caught.value).startswith(f"kho.docx: {reason}")
