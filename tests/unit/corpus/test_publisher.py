"""Is the publisher found where it signs, and not where it is only spoken of?"""

from __future__ import annotations

import pytest

from retrieval.corpus.metadata.publisher import (
    source_of_credit,
    source_of_masthead,
    source_of_opening,
    source_of_url,
    split_source,
)

SOURCES = {"BDK": "Báo Đồng Khởi", "TTXVN": "Thông tấn xã Việt Nam", "VOV.VN": "Đài Tiếng nói Việt Nam"}


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("BDK - Thực hiện kế hoạch năm", "Báo Đồng Khởi"),
        ("(BDK) – Thực hiện kế hoạch năm", "Báo Đồng Khởi"),
        ("(TTXVN) Chiều qua, đoàn xe đã tới nơi", "Thông tấn xã Việt Nam"),
        ("VOV.VN - Chiều qua, đoàn xe đã tới nơi", "Đài Tiếng nói Việt Nam"),
        ("Báo Đồng Tháp - Vụ sen năm nay được mùa", "Báo Đồng Tháp"),
        ("Vụ sen được mùa (TTXVN)- Bà con cho biết giá cao", "Thông tấn xã Việt Nam"),
        ("(ABC) - Một mark không ai biết", None),
        ("Sáng qua, Báo Đồng Khởi trao quà cho học sinh", None),
        ("Theo TTXVN, đoàn xe đã tới nơi", None),
        ("bdk - không phải dấu của báo nào", None),
    ],
)
def test_the_opening(line: str, source: str | None) -> None:
    assert source_of_opening(line, SOURCES) == source


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Báo Bắc Giang", "Báo Bắc Giang"),
        ("Trên Báo Bắc Giang điện tử", "Báo Bắc Giang"),
        ("BÁO ĐỒNG KHỞI ĐIỆN TỬ", "Báo Đồng Khởi"),
        ("CỔNG THÔNG TIN ĐIỆN TỬ TỈNH HÀ NAM", "Cổng thông tin điện tử tỉnh Hà Nam"),
        ("© 2022 Bản quyền thuộc Báo Vĩnh Long. Cấm sao chép.", "Báo Vĩnh Long"),
        ("Đề nghị ghi rõ nguồn Báo Đồng Khởi ở đầu bài", "Báo Đồng Khởi"),
        ("bdk", "Báo Đồng Khởi"),
        ("Báo cáo tình hình sản xuất vụ đông xuân", None),
        ("Báo động đỏ ở vùng hạ lưu", None),
        ("Chuyên nghiệp - Sáng tạo - Hiệu quả", None),
    ],
)
def test_the_masthead(line: str, source: str | None) -> None:
    assert source_of_masthead([line], SOURCES) == source


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Theo Báo Đồng Tháp", "Báo Đồng Tháp"),
        ("(Theo TTXVN)", "Thông tấn xã Việt Nam"),
        ("Nguồn: Tạp chí Cộng sản", "Tạp chí Cộng sản"),
        ("Nguồn: Tạp chí Xây dựng Đảng", "Tạp chí Xây dựng Đảng"),
        ("Nguồn: www.baolongan.example", "baolongan.example"),
        ("Theo quy định hiện hành", None),
    ],
)
def test_the_credit(line: str, source: str | None) -> None:
    assert source_of_credit(line, SOURCES) == source


def test_the_address() -> None:
    assert (
        source_of_url("https://www.vov.vn/kinh-te/bai.html", {"vov.vn": "Đài Tiếng nói Việt Nam"})
        == "Đài Tiếng nói Việt Nam"
    )
    assert source_of_url("https://blog.example/", SOURCES) is None


def test_the_ending_of_a_saved_title() -> None:
    assert split_source("Vườn dừa lên mạng | Báo Vĩnh Long", SOURCES) == (
        "Vườn dừa lên mạng",
        "Báo Vĩnh Long",
    )
    assert split_source("Vườn dừa lên mạng - lối đi mới", SOURCES) == ("Vườn dừa lên mạng - lối đi mới", None)
