"""From a text with sections, lists, tables or articles to its answer: other texts of the kinds that people have."""

from __future__ import annotations

import textwrap

import pytest

from bot.cards import quote
from retrieval import Answer, Block, Document, Hit, Retriever, read_bytes

FERRIES = """Giá vé hai tuyến phà
Tuyến Cát Lái
Phà chạy từ 4 giờ sáng đến 23 giờ đêm mỗi ngày, kể cả lễ Tết.
Mỗi chuyến chở được hai mươi ô tô và ba trăm khách.
Xe máy trả 6.000 đồng một lượt.
Tuyến Bình Khánh
Phà chạy từ 4 giờ sáng đến 23 giờ đêm mỗi ngày, kể cả lễ Tết.
Mỗi chuyến chở được mười lăm ô tô và hai trăm khách.
Xe máy trả 4.500 đồng một lượt."""

COMPANY = """# Quy định công ty Sao Mai

## Nhân viên thử việc

Người vào công ty được phát thẻ, tủ đồ và hai bộ quần áo làm việc trong tuần đầu. Mọi người nghỉ trưa từ 11 giờ 30 \
đến 13 giờ ở nhà ăn tầng hai. Người muốn nghỉ việc phải báo trước 3 ngày bằng văn bản.

## Nhân viên chính thức

Người vào công ty được phát thẻ, tủ đồ và hai bộ quần áo làm việc trong tuần đầu. Mọi người nghỉ trưa từ 11 giờ 30 \
đến 13 giờ ở nhà ăn tầng hai. Người muốn nghỉ việc phải báo trước 30 ngày bằng văn bản."""

SHEETS = """Thủ tục của khu phố Bình An

THỦ TỤC 1: Đăng ký tạm trú
Lệ phí: 15.000 đồng
Cơ quan thực hiện: Công an phường
Tình trạng: Còn hiệu lực

THỦ TỤC 2: Cấp thẻ đỗ xe cho cư dân
Lệ phí: 120.000 đồng
Cơ quan thực hiện: Ban quản lý khu phố
Tình trạng: Còn hiệu lực

THỦ TỤC 3: Đăng ký chuyển đồ
Lệ phí: 50.000 đồng
Cơ quan thực hiện: Đội bảo vệ
Tình trạng: Hết hiệu lực"""

LIBRARY = """QUY CHẾ THƯ VIỆN TRƯỜNG KIM SƠN
Điều 1. Giờ mở cửa
1. Thư viện mở cửa từ 7 giờ đến 17 giờ các ngày trong tuần.
2. Thư viện nghỉ chủ nhật và các ngày lễ.
Điều 2. Mượn sách
1. Mỗi bạn đọc được mượn tối đa 3 cuốn sách trong 14 ngày.
2. Bạn đọc được gia hạn một lần, thêm 7 ngày.
Điều 3. Phạt trả muộn
1. Trả muộn mỗi ngày bị phạt 1.000 đồng một cuốn.
2. Làm mất sách thì đền gấp đôi giá bìa.
Điều 4. Điều khoản thi hành
1. Người bị phạt theo khoản 1 Điều 3 nộp tiền tại bàn thủ thư.
2. Người phải đền theo khoản 2 Điều 3 nộp tiền trong 10 ngày.
3. Quy chế có hiệu lực từ ngày 1 tháng 9 năm 2024."""

POOL = """NỘI QUY BỂ BƠI HOA SEN
Chương I
QUY ĐỊNH CHUNG
Điều 1. Người được vào bể
1. Trẻ em dưới 10 tuổi phải có người lớn đi cùng.
2. Người đang ốm không được xuống bể.
Chương II
XỬ LÝ VI PHẠM
Điều 2. Mức phạt
1. Chạy nhảy quanh bể bị phạt 50.000 đồng.
2. Mang đồ ăn xuống bể bị phạt như tại khoản 1 Điều 2.
Điều 3. Trông giữ đồ
1. Bể bơi giữ đồ miễn phí theo Điều 1 của nội quy này."""


def ask(question: str, *texts: str) -> Answer:
    """Each text read from a file: Markdown where it opens with a heading of its own."""
    documents = [
        document
        for number, text in enumerate(texts)
        for document in read_bytes(f"{number}.{'md' if text.startswith('# ') else 'txt'}", text.encode())
    ]
    return Retriever.build(documents).answer(question)


def shown(hit: Hit) -> str:
    start, end = hit.shown or (hit.passage.start, hit.passage.end)
    assert start <= hit.passage.start
    assert hit.passage.end <= end
    return hit.document.text[start:end]


@pytest.mark.parametrize(
    ("text", "question", "section", "says"),
    [
        (FERRIES, "Xe máy qua phà tuyến Bình Khánh trả bao nhiêu?", "Tuyến Bình Khánh", "4.500"),
        (FERRIES, "Xe máy qua phà tuyến Cát Lái trả bao nhiêu?", "Tuyến Cát Lái", "6.000"),
        (FERRIES, "Phà tuyến Cát Lái chở được bao nhiêu ô tô?", "Tuyến Cát Lái", "hai mươi"),
        (FERRIES, "pha tuyen binh khanh cho duoc bao nhieu o to", "Tuyến Bình Khánh", "mười lăm"),
        (
            COMPANY,
            "Nhân viên chính thức muốn nghỉ việc phải báo trước mấy ngày?",
            "Nhân viên chính thức",
            " 30 ngày",
        ),
        (
            COMPANY,
            "Nhân viên thử việc muốn nghỉ việc phải báo trước mấy ngày?",
            "Nhân viên thử việc",
            " 3 ngày",
        ),
        (SHEETS, "Lệ phí cấp thẻ đỗ xe cho cư dân?", "THỦ TỤC 2: Cấp thẻ đỗ xe cho cư dân", "120.000"),
        (SHEETS, "Cơ quan nào cho đăng ký chuyển đồ?", "THỦ TỤC 3: Đăng ký chuyển đồ", "Đội bảo vệ"),
    ],
)
def test_sections_that_say_alike_are_told_apart(text: str, question: str, section: str, says: str) -> None:
    first = ask(question, text).hits[0]
    assert first.passage.section[-1].lstrip("# ") == section
    assert says in first.passage.text


MARKS = "- • * + 1. 1) (1) 1/ 1- a) a/ A. 1.1. ✓ ➢ ❖ √ § o \uf0b7 \uf0d8 ① 🔹 => ~".split()
PAPERS = [
    "Đơn xin dự tuyển theo mẫu",
    "Bản sao giấy khai sinh hợp lệ",
    "Bằng tốt nghiệp trung học cơ sở",
    "Học bạ bốn năm trung học cơ sở",
    "Giấy xác nhận chế độ ưu tiên nếu có",
]


def _next(mark: str, step: int) -> str:
    """The mark of the item so many after the first: "4." after "1."."""
    if mark == "①":
        return chr(ord(mark) + step)
    if mark == "1.1.":
        return f"1.{1 + step}."
    return "".join(chr(ord(letter) + step) if letter in "1aA" else letter for letter in mark)


@pytest.mark.parametrize("mark", ["", *MARKS])
def test_a_list_holds_all_its_items_whatever_marks_them(mark: str) -> None:
    items = [f"{_next(mark, step)} {paper}".strip() for step, paper in enumerate(PAPERS)]
    text = "\n".join(
        [
            "Tuyển sinh năm nay",
            "Hồ sơ vào lớp 10 gồm có:",
            *items,
            "",
            "Hồ sơ nộp tại phòng văn thư của trường.",
        ]
    )
    first = ask("Hồ sơ vào lớp 10 gồm những gì?", text).hits[0]
    assert all(paper in shown(first) for paper in PAPERS)
    assert "phòng văn thư" not in first.passage.text


def test_a_row_is_shown_with_its_header_and_first_column() -> None:
    rows = ["Khoản | Năm 2022 | Năm 2023", "Thuê sân | 12 triệu | 15 triệu", "Áo đấu | 4 triệu | 6 triệu"]
    blocks, at = [], 0
    for place, row in enumerate(rows):
        blocks.append(Block("row", at, at + len(row), level=int(place == 0)))
        at += len(row) + 1
    document = Document("chi.xlsx", "\n".join(rows), title="Chi tiêu của đội bóng", blocks=tuple(blocks))
    first = Retriever.build([document]).answer("Tiền áo đấu năm 2023 là bao nhiêu?").hits[0]
    assert first.passage.text == rows[2]
    assert rows[0] in (*first.passage.section, *shown(first).split("\n"))
    assert rows[0] in quote(first).text or rows[0] in quote(first).citation.title


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Điều 3 quy định gì?", "Điều 3."),
        ("Điều 3 quy chế thư viện nói gì?", "Điều 3."),
        ("dieu 3 quy dinh gi", "Điều 3."),
        ("Khoản 2 Điều 3 quy định gì?", "Điều 3."),
        ("Điều 2 của quy chế thư viện trường Kim Sơn quy định gì?", "Điều 2. Mượn"),
    ],
)
def test_an_article_is_found_by_its_number_and_not_where_it_is_cited(question: str, begins: str) -> None:
    answer = ask(question, LIBRARY)
    assert answer.answered
    assert not answer.missing
    assert shown(answer.hits[0]).startswith(begins)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Khoản 2 Điều 3 quy định gì?", "gấp đôi giá bìa"),
        ("Khoản 2 Điều 2 quy chế thư viện quy định gì?", "gia hạn một lần"),
        ("khoan 1 dieu 1 quy dinh gi", "7 giờ đến 17 giờ"),
    ],
)
def test_a_clause_is_found_within_its_article(question: str, says: str) -> None:
    answer = ask(question, LIBRARY)
    assert answer.answered
    assert says in answer.hits[0].passage.text


def test_a_chapter_is_found_by_its_number() -> None:
    first = ask("Chương II quy định những gì?", POOL).hits[0]
    assert "50.000" in first.passage.text


@pytest.mark.parametrize("text", [LIBRARY, POOL])
@pytest.mark.parametrize(
    ("question", "named"), [("Điều 9 quy định gì?", "Điều 9"), ("Khoản 7 Điều 1 nói gì?", "Khoản 7 Điều 1")]
)
def test_an_article_that_is_not_there_is_declined_by_name(text: str, question: str, named: str) -> None:
    answer = ask(question, text)
    assert not answer.answered
    assert named in answer.missing


def test_the_article_of_the_paper_that_is_named_is_meant() -> None:
    for question, says in (
        ("Điều 2 nội quy bể bơi Hoa Sen quy định gì?", "50.000"),
        ("Điều 2 quy chế thư viện trường Kim Sơn quy định gì?", "3 cuốn sách"),
    ):
        answer = ask(question, LIBRARY, POOL)
        assert answer.answered
        assert says in shown(answer.hits[0])
    answer = ask("Điều 4 nội quy bể bơi Hoa Sen quy định gì?", LIBRARY, POOL)
    assert answer.missing == ("Điều 4",)


@pytest.mark.parametrize("width", [30, 36, 39, 45])
def test_a_date_that_narrow_lines_break_is_emphasised_whole(width: int) -> None:
    life = (
        "Bà Tạ Thị Ngân là người đầu tiên mở lớp dạy chữ cho trẻ em ở xóm chài ven sông. Bà sinh ngày 7 tháng 4 năm "
        "1931 trong một gia đình làm nghề lưới, là con út của sáu anh chị em. Lớp học của bà dạy được hơn hai trăm trẻ."
    )
    answer = ask("Bà Tạ Thị Ngân sinh ngày nào?", "Người mở lớp\n\n" + "\n".join(textwrap.wrap(life, width)))
    assert answer.text is not None
    assert " ".join(answer.text.split()) == "ngày 7 tháng 4 năm 1931"


def test_what_is_shown_is_about_as_long_as_a_card() -> None:
    sentences = [
        f"Đội số {number} của xã nhận trồng rừng ở quả đồi thứ {number} từ đầu mùa mưa."
        for number in range(40)
    ]
    text = "Trồng rừng\n" + " ".join(sentences)
    first = ask("Đội số 7 trồng rừng ở đâu?", text).hits[0]
    start, end = first.shown or (0, 0)
    assert first.passage.end < end
    assert end - start <= 450


@pytest.mark.parametrize(("number", "said"), [("II", "12 ngày"), ("III", "nửa tháng lương")])
def test_a_division_is_named_by_a_number_that_stands_alone(number: str, said: str) -> None:
    text = (
        "Quy chế trại tằm\n\nI. GIỜ LÀM\n\nThợ vào trại lúc 6 giờ sáng.\n\nII. NGHỈ PHÉP\n\nThợ làm đủ một năm được "
        "nghỉ 12 ngày.\n\nIII. THƯỞNG\n\nCuối năm thợ được thưởng nửa tháng lương."
    )
    answer = Retriever.build([Document("trai", text)]).answer(f"Mục {number} quy chế trại tằm nói gì?")
    assert answer.missing == ()
    assert said in answer.hits[0].passage.text
