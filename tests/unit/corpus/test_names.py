"""Which lines sign an article, and with what name?"""

from __future__ import annotations

import pytest

from retrieval.corpus.metadata.names import read_byline


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
