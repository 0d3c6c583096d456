"""What is taken from a PDF: words whole, columns and tables in order, running heads labelled, problems named?"""

from __future__ import annotations

import datetime

import pytest

from retrieval import Document
from retrieval.corpus import read_bytes
from retrieval.errors import UnreadableFile
from tests.unit.corpus.made_files import in_tcvn3
from tests.unit.corpus.made_pdf import Page, lines_down, pdf_of

PAGES = [
    [
        "Sổ tay khu phố",
        "Lịch súc rửa đường ống nước",
        "Ngày đăng: 05/03/2020",
        "Để súc rửa đường ống chính, nhà máy sẽ ngừng cấp nước trên toàn khu phố từ 22 giờ",
        "ngày thứ ba đến 4 giờ sáng hôm sau. Bà con nên trữ nước đủ dùng cho nấu nướng và",
        "tắm giặt trong sáu giờ.",
    ],
    [
        "Sổ tay khu phố",
        "Sau khi có nước lại, xin xả bỏ nước đục trong chừng năm phút đầu. Nếu quá 5 giờ mà",
        "vòi vẫn khô, hãy gọi trực ban của nhà máy.",
    ],
    ["Sổ tay khu phố", "Xin cảm ơn bà con đã thông cảm với nhà máy trong đợt súc rửa đường ống này."],
]
PARAGRAPHS = [
    "Lịch súc rửa đường ống nước",
    "Ngày đăng: 05/03/2020",
    "Để súc rửa đường ống chính, nhà máy sẽ ngừng cấp nước trên toàn khu phố từ 22 giờ ngày thứ ba đến 4 giờ sáng"
    " hôm sau. Bà con nên trữ nước đủ dùng cho nấu nướng và tắm giặt trong sáu giờ.",
    "Sau khi có nước lại, xin xả bỏ nước đục trong chừng năm phút đầu. Nếu quá 5 giờ mà vòi vẫn khô, hãy gọi trực ban"
    " của nhà máy.",
    "Xin cảm ơn bà con đã thông cảm với nhà máy trong đợt súc rửa đường ống này.",
]


def numbered(pages: list[list[str]]) -> list[Page]:
    made = [lines_down(lines) for lines in pages]
    return [Page([*page.texts, (290, 30, f"Trang {n}")]) for n, page in enumerate(made, start=1)]


def read(*pages: Page, problems: list[tuple[str, str]] | None = None) -> Document:
    told = problems if problems is not None else []
    [document] = read_bytes("kho.pdf", pdf_of(pages), on_problem=lambda *p: told.append(p))
    if problems is None:
        assert not told
    return document


def shown(document: Document, *kinds: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if not kinds or b.kind in kinds]


def furniture(document: Document) -> list[str]:
    return shown(document, "furniture")


def body(document: Document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind != "furniture"]


def test_paragraphs_whole_and_running_heads_labelled() -> None:
    document = read(*numbered(PAGES))
    assert body(document) == PARAGRAPHS
    assert furniture(document) == [
        "Sổ tay khu phố", "Trang 1", "Sổ tay khu phố", "Trang 2", "Sổ tay khu phố", "Trang 3"
    ]  # fmt: skip
    assert document.published == datetime.date(2020, 3, 5)
    assert [b.page for b in document.blocks if b.kind != "furniture"] == [1, 1, 1, 2, 3]


def test_an_old_font() -> None:
    document = read(*numbered([[in_tcvn3(line) for line in page] for page in PAGES]))
    assert body(document) == PARAGRAPHS


def test_an_empty_password_opens() -> None:
    [document] = read_bytes("kho.pdf", pdf_of(numbered(PAGES), password=""))
    assert body(document) == PARAGRAPHS


def test_words_that_are_drawn_in_pieces_are_whole() -> None:
    page = Page(
        [(50, 700, "Că"), (62, 700, "n"), (74, 700, "c"), (79, 700, "ứ n"), (98, 700, "uố"), (109, 700, "i")]
    )
    assert read(page, lines_down(["Điều khoản thi hành kể từ ngày ký."])).text.startswith("Căn cứ nuối\n")


def test_running_heads_of_odd_and_even_pages() -> None:
    heads = ["Nội san Vườn Ươm", "Số mùa gặt"]
    pages = [
        Page(
            [
                (60, 770, heads[n % 2]),
                (60, 700 - 40 * (n % 3), f"Luống thứ {word} trồng cải ngồng cho vụ đông."),
            ]
        )
        for n, word in enumerate(["nhất", "hai", "ba", "tư", "năm", "sáu"])
    ]
    document = read(*pages)
    assert furniture(document) == [heads[n % 2] for n in range(6)]


def test_last_lines_that_differ_in_a_number_are_text() -> None:
    sums = ["1.250.000", "980.000", "2.040.500", "715.000"]
    pages = [
        lines_down([f"Đợt chi thứ {n} của hội khuyến học.", f"Tổng số tiền đã chi: {amount} đồng."])
        for n, amount in enumerate(sums, start=3)
    ]
    document = read(*pages)
    assert [text for text in body(document) if text.startswith("Tổng")] == [
        f"Tổng số tiền đã chi: {amount} đồng." for amount in sums
    ]


def test_heads_that_count_the_pages_are_none() -> None:
    words = ["mai", "lan", "cúc", "trúc"]
    pages = [
        Page(
            [
                (60, 770, f"Bản tin xóm Đông, trang {n} trên 4"),
                (60, 600, f"Chuyện về cây {word} ở đầu ngõ nhà bà."),
            ]
        )
        for n, word in enumerate(words, start=1)
    ]
    assert len(furniture(read(*pages))) == 4


LEFT = [
    "Chợ phiên họp vào sáng chủ nhật",
    "hằng tuần ở bãi đất ven sông, bán",
    "rau củ, gà vịt và đồ đan lát của",
    "bà con các bản trên núi xuống.",
    "Quầy hàng dựng từ tờ mờ sáng.",
]
RIGHT = [
    "Trường học mới có tám phòng và",
    "một thư viện nhỏ, do các cựu học",
    "sinh góp tiền xây trong hai mùa",
    "hè liền. Sân trường lát gạch đỏ",
    "và trồng mười hai cây phượng.",
]


@pytest.mark.parametrize("by_column", [True, False])
def test_two_columns(by_column: bool) -> None:
    left = [(50.0, 700.0 - 16 * n, line) for n, line in enumerate(LEFT)]
    right = [(320.0, 700.0 - 16 * n, line) for n, line in enumerate(RIGHT)]
    order = (
        [*left, *right] if by_column else [text for pair in zip(left, right, strict=True) for text in pair]
    )
    text = " ".join(read(Page(order)).text.split())
    assert " ".join(LEFT) in text
    assert " ".join(RIGHT) in text
    assert text.index("Chợ phiên") < text.index("Trường học")


GRID = [
    *((50.0, y, 450.0, y) for y in (720.0, 700.0, 660.0, 640.0)),
    *((x, 640.0, x, 720.0) for x in (50.0, 150.0, 300.0, 450.0)),
]


def test_a_table_with_lines() -> None:
    """A cell of two lines is one cell; the order in which cells are drawn doesn't matter."""
    cells = [
        (305, 705, "Phí (đồng)"), (55, 705, "Hạng"), (155, 705, "Dành cho"),
        (55, 685, "Bạc"), (155, 685, "Người ở trong xã"), (155, 668, "và người già"), (305, 685, "40.000"),
        (55, 645, "Vàng"), (155, 645, "Khách vãng lai"), (305, 645, "90.000"),
    ]  # fmt: skip
    document = read(
        Page([(50, 760, "Bảng giá thẻ bơi"), *cells, (50, 600, "Trẻ em đi cùng không mất tiền.")], GRID)
    )
    assert shown(document, "row") == [
        "Hạng | Dành cho | Phí (đồng)",
        "Bạc | Người ở trong xã và người già | 40.000",
        "Vàng | Khách vãng lai | 90.000",
    ]
    assert [b.level for b in document.blocks if b.kind == "row"] == [1, 0, 0]
    assert body(document)[0] == "Bảng giá thẻ bơi"
    assert body(document)[-1] == "Trẻ em đi cùng không mất tiền."


def test_narrow_cells_are_parted_by_the_line_between_them() -> None:
    lines = [(50, y, 250, y) for y in (720.0, 700.0, 680.0)] + [
        (x, 680.0, x, 720.0) for x in (50.0, 84.0, 250.0)
    ]
    cells = [(54, 705, "Số"), (88, 705, "Tên đường làng"), (54, 685, "17"), (88, 685, "Ngõ Giếng Đá")]
    document = read(Page(cells, lines))
    assert shown(document, "row") == ["Số | Tên đường làng", "17 | Ngõ Giếng Đá"]


def test_colour_behind_words_makes_no_table() -> None:
    """Somebody marked parts of each line; the boxes touch each other, as the cells of a table do."""
    lines = [
        "Ban quản lý chợ Đông Kiều thu gom rác hai lần mỗi ngày, vào lúc sáu giờ sáng và",
        "bốn giờ chiều. Tiểu thương phải buộc kín túi rác trước khi đặt xuống lối đi, không",
        "được để nước chảy ra nền chợ. Ai vi phạm lần đầu thì bị nhắc nhở bằng văn bản.",
    ]
    page = lines_down(lines)
    boxes = [
        (x, 777 - n * 14, width, 14)
        for n in range(3)
        for x, width in ((50, 90), (140 + 7 * n, 120), (300, 150))
    ]
    assert shown(read(Page(page.texts, marked=boxes))) == [" ".join(lines)]


def test_a_table_without_lines() -> None:
    rows = [("Chuyến", "Giờ chạy", "Giá vé"), ("Sáng", "5 giờ 30", "12.000"), ("Chiều", "16 giờ", "15.000")]
    page = Page(
        [(50 + 150 * m, 700 - 18 * n, cell) for n, row in enumerate(rows) for m, cell in enumerate(row)]
    )
    document = read(page)
    assert shown(document, "row") == [" | ".join(row) for row in rows]
    assert [b.level for b in document.blocks] == [1, 0, 0]


def test_the_head_of_an_official_paper_is_read_side_by_side() -> None:
    left = ["ỦY BAN NHÂN DÂN", "XÃ ĐỒNG VĂN", "Số: 12/QĐ-UBND"]
    right = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Đồng Văn, ngày 2 tháng 5 năm 2023",
    ]
    pairs = [
        text
        for n, (one, other) in enumerate(zip(left, right, strict=True))
        for text in ((60, 750 - 18 * n, one), (300, 750 - 18 * n, other))
    ]
    assert body(read(Page(pairs))) == [*left, *right]


def test_lines_in_capitals_stand_alone() -> None:
    """Place and date above the kind of paper, an office above its holder: neither goes on from the line above."""
    lines = [
        "Sông Mơ, ngày 4 tháng 3 năm 2024",
        "THÔNG TƯ",
        "Hướng dẫn nuôi ong ở rừng tràm",
        "KT. BỘ TRƯỞNG",
        "Đỗ Minh Tú",
    ]
    assert shown(read(Page([(300, 700 - 14 * n, line) for n, line in enumerate(lines)]))) == lines


def test_short_lines_that_happen_to_be_of_one_length_are_no_paragraph() -> None:
    lines = [
        "Hội thi nấu cơm của xóm Bãi Giữa", "Ngày thi", "16/2/2026", "Thi ở đâu", "Trong sân nhà rông", "Giải nhất", "Một con gà trống thiến",
    ]  # fmt: skip
    document = read(lines_down(lines, leading=20))
    assert shown(document) == lines
    assert document.published is None


def test_bullets_of_the_symbol_font_are_kept() -> None:
    document = read(lines_down(["Mang theo:", "\uf0b7 Giấy khai sinh bản chính", "\uf0b7 Hai ảnh chân dung"]))
    assert body(document) == ["Mang theo:", "• Giấy khai sinh bản chính", "• Hai ảnh chân dung"]


def test_a_page_whose_text_is_turned() -> None:
    lines = ["Biểu mẫu nằm ngang của tổ thống kê,", "điền bằng bút mực xanh."]
    page = Page([(100 + 18 * n, 60, line) for n, line in enumerate(lines)], turned=True)
    assert body(read(page)) == ["Biểu mẫu nằm ngang của tổ thống kê, điền bằng bút mực xanh."]


def test_pages_without_text_are_named() -> None:
    problems: list[tuple[str, str]] = []
    text = lines_down(["Biên bản bàn giao nhà văn hóa thôn, có đủ chữ ký hai bên."])
    scan = Page(picture=True)
    read(text, scan, scan, text, scan, problems=problems)
    assert problems == [("kho.pdf", "trang 2–3, 5 là ảnh quét; đọc bằng: hoidap index --ocr")]


def test_fonts_that_name_other_letters_are_named() -> None:
    problems: list[tuple[str, str]] = []
    garbled = " ".join(["7KX", "QK!S", "F\u0264D", "K$L", "YL%Q", "Q\\P"] * 4)
    read(
        lines_down(["Trang đầu đọc được như thường, trang sau thì không."]),
        lines_down([garbled]),
        problems=problems,
    )
    [(_, reason)] = problems
    assert reason.startswith("trang 2 không đọc được: phông chữ")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf_of(numbered(PAGES), password="x"), "tệp có mật khẩu; hãy lưu lại không có mật khẩu"),
        (pdf_of([Page(picture=True)] * 2), "không có chữ, chỉ có ảnh quét; đọc bằng: hoidap index --ocr"),
        (
            pdf_of([Page([(290, 30, f"Trang {n}")], picture=True) for n in (1, 2)]),
            "không có chữ, chỉ có ảnh quét",
        ),
        (pdf_of([Page()]), "không có chữ trong tệp; hãy bỏ ra"),
        (pdf_of([lines_down(["Sổ ghi công của đội thủy lợi"] * 3)], named=False), "phông chữ trong tệp"),
        (b"%PDF-1.4\nrubbish\n%%EOF", "không phải tệp PDF đọc được"),
        (pdf_of(numbered(PAGES))[:700], "không phải tệp PDF đọc được"),
        ("không phải PDF".encode(), "không phải tệp PDF, bên trong là thứ khác"),
        (
            b"<html><title>404 Not Found</title></html>",
            "không phải tệp PDF, bên trong là một trang web (HTML)",
        ),
        (bytes(1024), "tệp rỗng"),
        (b"", "tệp rỗng"),
    ],
    ids=[
        "encrypted",
        "scan",
        "numbered scan",
        "nothing",
        "unnamed",
        "rubbish",
        "cut",
        "text",
        "html",
        "zeros",
        "empty",
    ],
)
def test_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        list(read_bytes("kho.pdf", data))
    assert str(caught.value).startswith(f"kho.pdf: {reason}")
    assert "\n" not in str(caught.value)


def test_a_hyphen_at_the_end_of_a_line_of_its_own_stays() -> None:
    lines = ["CÔNG TY CHÈ SUỐI GIÀNG", "Số: 05/2018/QĐ-BYT-", "BCA-BTC", "Độc lập - Tự do - Hạnh phúc"]
    [document] = read_bytes("a.pdf", pdf_of([lines_down(lines)]))
    assert "05/2018/QĐ-BYT-" in document.text
