"""What are the parts of a text, and does every word of it belong to exactly one of them?"""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.corpus.structure import build_blocks, infer_blocks, lines_of
from retrieval.records import Block
from tests.growth import assert_linear

LINES = st.sampled_from(
    [
        "", " ", "Điều 5. Nguyên tắc", "Điều 6. Quy định này có hiệu lực ngay.", "1. Một việc", "2) Hai việc;", "a/ Ba việc",
        "- gạch", "\uf0b7 chấm", "① vòng", "Chương II", "QUY ĐỊNH CHUNG", "Lệ phí: 5.000 đồng", "Cột | Cột", "1 | 2", "a\tb",
        "Khi nào?", "Hồ sơ gồm:", "x", "một dòng chữ nhỏ đi tiếp sang dòng sau cho đủ", "Ảnh: Hà An", "1.1.1 Chi tiết", "\r", "\u2028",
    ]
)  # fmt: skip
TEXTS = st.lists(LINES | st.text(max_size=60), max_size=30).map("\n".join) | st.text()


def kinds(text: str) -> list[tuple[str, int]]:
    return [(block.kind, block.level) for block in infer_blocks(text)]


def check(text: str, blocks: tuple[Block, ...]) -> None:
    """A document's blocks stand in order, don't overlap, and hold all that isn't white space."""
    at = 0
    for block in blocks:
        assert not text[at : block.start].strip()
        assert block.start < block.end
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        at = block.end
    assert not text[at:].strip()


@given(TEXTS)
def test_every_character_is_in_one_block(text: str) -> None:
    check(text, infer_blocks(text))


@given(
    TEXTS,
    st.lists(
        st.builds(
            Block,
            st.sampled_from(["heading", "paragraph", "item", "row", "furniture", "caption"]),
            st.integers(-5, 200),
            st.integers(-5, 300),
            st.integers(0, 60),
        ),
        max_size=12,
    ),
)
def test_blocks_that_overlap_or_leave_gaps_are_put_right(text: str, given_blocks: list[Block]) -> None:
    check(text, build_blocks(lines_of(text, given_blocks)))


def test_sections_that_say_alike() -> None:
    three = "Phà chạy từ 4 giờ sáng.\nMỗi chuyến chở được hai mươi ô tô.\nXe máy trả 6.000 đồng một lượt."
    text = f"Giá vé hai tuyến phà\nTuyến Cát Lái\n{three}\nTuyến Bình Khánh\n{three}"
    section = [("heading", 1), *[("paragraph", 0)] * 3]
    assert kinds(text) == [("heading", 1), *section, *section]


def test_a_question_heads_its_answer() -> None:
    text = "Hỏi đáp\nKhi nào khai giảng?\nNgày 5/9/2024.\nAi là hiệu trưởng?\nCô Đặng Thu Hiền."
    question = [("heading", 2), ("paragraph", 0)]
    assert kinds(text) == [("heading", 1), *question, *question]


def test_sheets_of_a_form() -> None:
    sheet = (
        "THỦ TỤC {}: Cấp thẻ\nLệ phí: 120.000 đồng\nCơ quan thực hiện: Ban quản lý\nTình trạng: Còn hiệu lực"
    )
    text = "\n".join(sheet.format(n) for n in (1, 2, 3))
    assert kinds(text) == [("heading", 1), *[("item", 1)] * 3] * 3


ITEMS = (
    "Đơn theo mẫu của trường",
    "Học bạ lớp 9 bản chính",
    "Giấy khai sinh",
    "Hai ảnh 3x4",
    "Phiếu tiêm chủng",
)
MARKS = {
    "nothing": [""] * 5,
    "(1)": [f"({n}) " for n in range(1, 6)],
    "1/": [f"{n}/ " for n in range(1, 6)],
    "1-": [f"{n}- " for n in range(1, 6)],
    "a/": [f"{n}/ " for n in "abcde"],
    "1.1": [f"1.{n} " for n in range(1, 6)],
    "1. without a space": [f"{n}." for n in range(1, 6)],
    "circled": [f"{n} " for n in "①②③④⑤"],
    "code": [f"A0{n} – " for n in range(1, 6)],
    "step": [f"Bước {n}: " for n in range(1, 6)],
    "ordinal": [f"Thứ {n}, " for n in ("nhất", "hai", "ba", "tư", "năm")],
    "roman": [f"{n}) " for n in ("i", "ii", "iii", "iv", "v")],
    **{sign: [f"{sign} "] * 5 for sign in "✓➢❖√§o\uf0b7\uf0d8🔹~-•+*▶◆"},
    "=>": ["=> "] * 5,
    "➢ without a space": ["➢"] * 5,
}


@pytest.mark.parametrize("marks", MARKS.values(), ids=MARKS)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_items_with_any_mark(marks: list[str], between: str) -> None:
    lines = [mark + item for mark, item in zip(marks, ITEMS, strict=True)]
    text = between.join(["Tuyển sinh lớp 10", "Hồ sơ vào lớp 10 gồm có:", *lines])
    text += "\n\nPhụ huynh nộp hồ sơ tại phòng 3 trước ngày 20 tháng 6."
    assert [kind for kind, _ in kinds(text)] == ["heading", "paragraph", *["item"] * 5, "paragraph"]


def test_articles_clauses_and_points() -> None:
    text = (
        "QUY CHẾ THƯ VIỆN\n\nChương I\nQUY ĐỊNH CHUNG\n\nĐiều 1. Phạm vi\n1. Bạn đọc được mượn:\na) Sách;\nb) Báo.\n"
        "2. Không ai được mượn quá năm quyển.\n\nĐiều 2. Quy chế này có hiệu lực từ ngày ký."
    )
    assert kinds(text) == [
        ("heading", 1), ("heading", 1), ("heading", 2), ("item", 1), ("item", 2), ("item", 2), ("item", 1),
        ("heading", 2), ("paragraph", 0),
    ]  # fmt: skip
    last = infer_blocks(text)[-1]
    assert text[last.start : last.end] == "Quy chế này có hiệu lực từ ngày ký."


def test_numbered_headings_with_text_below() -> None:
    text = "I. Mục đích\n1. Yêu cầu\nLàm đúng hạn và đủ việc.\n2. Kinh phí\nDo xã chi trả.\nII. Tổ chức\nXã họp mỗi tháng."
    assert kinds(text) == [
        ("heading", 1), ("heading", 2), ("paragraph", 0), ("heading", 2), ("paragraph", 0), ("heading", 1), ("paragraph", 0),
    ]  # fmt: skip


def test_a_table_with_its_header_row() -> None:
    text = "Sản lượng\nTên | Năm 2022 | Năm 2023\nCá tra | 41 | 52\nTôm | 8 | 9"
    assert kinds(text) == [("heading", 1), ("row", 1), ("row", 0), ("row", 0)]


def test_verses_are_no_headings() -> None:
    text = "Cầu tre lắc lẻo nhịp xa\nMẹ ru con ngủ qua ba nhịp cầu\nSông dài nước chảy về đâu\nCon ơi lớn nhé bắc cầu mẹ đi"
    assert {kind for kind, _ in kinds(text)[1:]} == {"paragraph"}


def test_figures_and_days_are_no_marks() -> None:
    for line in (
        "1.000 đồng một vé vào cửa cho mỗi người.",
        "30/6/2024 là ngày cuối.",
        "7-10 ngày là đủ để đan xong.",
        "8:00 mở cửa.",
    ):
        assert kinds(f"Vé vào chợ và giờ mở cửa như sau.\n{line}\nMọi người đều vui.")[1] == ("paragraph", 0)


BIOGRAPHY = (
    "Bà Nguyễn Thị Lụa, nghệ nhân dệt chiếu, lớn lên trong một gia đình bốn đời làm nghề ở làng Định Yên, sinh ngày 7 "
    "tháng 4 năm 1931 tại xã Định An. Bà học nghề từ năm tám tuổi và mở xưởng riêng sau khi lấy chồng."
)


@pytest.mark.parametrize("width", range(28, 90, 3))
@pytest.mark.parametrize("head", ["", "Nghệ nhân Nguyễn Thị Lụa\n", "Nghệ nhân Nguyễn Thị Lụa\n\n"])
def test_narrow_lines_are_one_block(width: int, head: str) -> None:
    text = head + textwrap.fill(BIOGRAPHY, width)
    shown = [" ".join(text[block.start : block.end].split()) for block in infer_blocks(text)]
    assert any("sinh ngày 7 tháng 4 năm 1931 tại" in block for block in shown)
    assert not head or shown[0] == head.strip()


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"Điều {n}. Việc thứ {n}" for n in range(6_000)),
        "\n".join(f"Hộ {n} | {n} | 1" for n in range(16_000)),
        "\n".join("Một dòng ngắn" for _ in range(10_000)),
        "\n\n".join("Một dòng ngắn" for _ in range(10_000)),
        "\n".join(f"{'1.' * (n % 50)}1 Việc" for n in range(6_000)),
        "\n".join("Gồm có:" for _ in range(10_000)),
        "1. " * 40_000,
        "a" * 500_000,
        "\n".join(f"{n % 7}) việc {n}" for n in range(10_000)),
        "?\n" * 16_000,
        "- " + "x " * 200_000,
    ],
    ids=[
        "headings",
        "rows",
        "short lines",
        "spaced lines",
        "nesting",
        "lead-ins",
        "one line",
        "one word",
        "broken numbers",
        "marks",
        "long item",
    ],
)
def test_the_work_grows_with_the_text(text: str) -> None:
    assert_linear(infer_blocks, text)
    assert max(block.level for block in infer_blocks(text)) <= 9


def test_a_heading_of_thousands_of_characters_is_a_paragraph() -> None:
    text = f"Điều 1. {'Dài ' * 2_000}\nMột dòng thường."
    assert all(block.end - block.start < 400 for block in infer_blocks(text) if block.kind == "heading")


@pytest.mark.parametrize(
    "name",
    [
        "Quyền và nghĩa vụ của hộ nuôi trồng thủy sản trên hồ, đầm và các nhánh sông do xã giao quản lý",
        "Xử lý tài sản của hợp tác xã trong trường hợp chia tách, sáp nhập hoặc có thành viên xin ra khỏi hợp tác xã",
    ],
)
def test_the_long_name_of_a_law_s_article_opens_its_text(name: str) -> None:
    assert kinds(f"{name}\n\n1. Việc này do phường làm.\n\n2. Việc kia do quận làm.")[0] == ("heading", 1)


@pytest.mark.parametrize(
    "line",
    [
        "Nhà trường thông báo lịch thi cuối học kỳ của toàn thể học sinh bắt đầu từ thứ hai ngày 6/5 đến ngày 17/5",
        "Việc giao nhận hàng hóa giữa các kho của hợp tác xã phải được lập thành biên bản có chữ ký của hai bên.",
    ],
)
def test_a_long_opening_line_that_tells_something_is_no_heading(line: str) -> None:
    assert kinds(f"{line}\n\nMọi người thực hiện đúng.")[0] == ("paragraph", 0)
