"""Which lines sign an article, and with what name?"""

from __future__ import annotations

import pytest

from retrieval.corpus.metadata.names import is_surely_byline, read_byline


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Hương Thu", "Hương Thu"),
        ("Bài, ảnh: Thanh Nam", "Thanh Nam"),
        ("Thu Phong (thực hiện)", "Thu Phong"),
        ("NGUYỄN VĂN AN", "Nguyễn Văn An"),
        ("Tin, ảnh: Quốc Bảo - Thu Hà", "Quốc Bảo, Thu Hà"),
        ("Tác giả: ThS. Lê Minh", "Lê Minh"),
        ("Bài: T.H", "T.H"),
        ("Kỳ Nam", "Kỳ Nam"),
        ("Minh Khuê (tổng hợp)", "Minh Khuê"),
    ],
)
def test_a_signature(line: str, name: str) -> None:
    assert read_byline(line) == name


@pytest.mark.parametrize(
    "line",
    [
        "Tạo sự chuyển biến tích cực",
        "Phó bí thư Thường trực Tỉnh ủy Trần Ngọc Tam",
        "Ủy Ban Nhân Dân",
        "Công ty Hà Thành",
        "Hà Nội",
        "Kết luận",
        "Phần I",
        "Xin cảm ơn đồng chí!",
        "Chia sẻ bài viết",
        "Điều 5",
        "Manchester United",
        "",
    ],
)
def test_no_signature(line: str) -> None:
    assert read_byline(line) is None


@pytest.mark.parametrize(
    ("line", "sure"),
    [("Tuyến Cát Lái", False), ("Phòng Hòa Bình", False), ("Trần Thu Hà", True), ("Bài: Thanh Nam", True)],
)
def test_a_name_below_a_title_is_an_author_only_where_it_is_surely_somebody(line: str, sure: bool) -> None:
    assert is_surely_byline(line) is sure
