"""Is the date that answers emphasised, at the grain asked for?"""

from __future__ import annotations

from itertools import pairwise

import pytest

from retrieval.vietnamese.mentions import find_mentions
from tests.unit.answering.asking import picked


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("Kế hoạch ra ngày nào?", "Kế hoạch số 23 ra ngày 7-12-2016, gồm 5 phần.", "ngày 7-12-2016"),
        ("Hội chợ mở khi nào?", "Hội chợ mở vào cuối tháng 7/2019 bên bờ hồ.", "cuối tháng 7/2019"),
        ("Nhà máy lập năm nào?", "Nhà máy lập ngày 7 tháng 1 năm 1943 ở bến cũ.", "năm 1943"),
        (
            "Đề án áp dụng cho giai đoạn nào?",
            "Đề án áp dụng cho giai đoạn 2021 - 2025.",
            "giai đoạn 2021 - 2025",
        ),
        ("Chùa dựng vào thế kỷ nào?", "Chùa dựng vào cuối thế kỷ XVIII, sửa năm 1920.", "cuối thế kỷ XVIII"),
        ("Mấy giờ tàu chạy?", "Tàu chạy lúc 19 giờ 30 ngày 5/6.", "19 giờ 30"),
        ("hoi thi to chuc nam nao", "Hội thi tổ chức năm 2021, do huyện đứng ra.", "năm 2021"),
        ("Ông Lân sinh năm nào?", "Ông Lân (1646–1716) là thợ khắc gỗ.", "1646"),
        ("Ông Lân mất năm nào?", "Ông Lân (1646–1716) là thợ khắc gỗ.", "1716"),
    ],
)
def test_dates_are_emphasised_at_the_grain_asked_for(question: str, text: str, answer: str) -> None:
    assert picked(question, text) == answer


def test_of_two_hours_the_one_in_the_part_that_says_so() -> None:
    text = "Thư viện huyện mở cửa lúc 7 giờ 30 và đóng cửa lúc 20 giờ."
    assert picked("Thư viện huyện đóng cửa lúc mấy giờ?", text) == "20 giờ"
    assert picked("Thư viện huyện mở cửa lúc mấy giờ?", text) == "7 giờ 30"


def test_of_a_life_the_end_asked_for() -> None:
    text = "Nghệ nhân Tạ Thị Hòe sinh năm 1928 ở làng Chuồn. Bà mất ngày 4/5/2011."
    assert picked("Tạ Thị Hòe mất năm nào?", text) == "2011"
    assert picked("Tạ Thị Hòe sinh năm nào?", text) == "năm 1928"


def test_of_two_dates_the_one_beside_what_is_named() -> None:
    text = "Kế hoạch 23 ra ngày 7-12-2016, Chương trình 27 ra ngày 28-12-2016."
    assert picked("Chương trình 27 ra ngày nào?", text) == "ngày 28-12-2016"
    assert picked("Kế hoạch 23 ra ngày nào?", text) == "ngày 7-12-2016"


def test_what_the_question_says_itself_is_no_answer() -> None:
    assert picked("Đợt tháng 4/2016 diễn ra ngày nào?", "Đợt tháng 4/2016 có 12 đội dự.") is None


@pytest.mark.parametrize(
    "text", ["Có 6/7 chỉ tiêu đạt 13,3%.", "Dài 12.345 m, tức 5-6 lần.", "Nghị định 15/NĐ-CP."]
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert [one.value.grain for one in find_mentions(text).moments if not one.value.doubtful] == []


def test_mentions_do_not_overlap() -> None:
    text = "Từ ngày 1/7 đến 5/7/2019, tức mùa hè năm 2019, rồi tháng 9 năm 2020 và 1945."
    spans = [(one.start, one.end) for one in find_mentions(text).moments]
    assert len(spans) >= 4
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_a_year_beside_a_name_is_no_year_of_birth() -> None:
    assert picked("Ông Bảy sinh năm nào?", "Ông Bảy nhận bằng khen năm 2019.") is None
    assert picked("Ông Bảy sinh năm nào?", "Ông Bảy (1948) nhận bằng khen.") == "1948"
    assert (
        picked("Trường Bến Nước đón học sinh khi nào?", "Trường Bến Nước đón các em ngày 5/9.") == "ngày 5/9"
    )


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Lớp mộc học từ ngày nào?", "ngày 5/6/2024"),
        ("Lớp mộc học đến ngày nào?", "ngày 9/6/2024"),
    ],
)
def test_of_a_stretch_of_days_the_end_that_is_asked_for(question: str, answer: str) -> None:
    text = "Năm học 2023-2024, lớp mộc học từ ngày 5/6/2024 đến ngày 9/6/2024 ở xưởng."
    assert picked(question, text) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Chợ đêm họp từ mấy giờ?", "17 giờ"),
        ("Chợ đêm họp đến mấy giờ?", "23 giờ"),
        ("Lễ hội kéo dài đến hết ngày nào?", "ngày 12/3/2031"),
        ("Lễ hội mở từ ngày nào?", "ngày 8/3/2031"),
        ("cho dem hop den may gio", "23 giờ"),
        ("Chợ đêm buổi tối mấy giờ họp?", "17 giờ"),
    ],
)
def test_the_end_that_is_asked_for_of_two_moments(question: str, answer: str) -> None:
    text = "Lễ hội: từ ngày 8/3/2031 và kéo dài đến hết ngày 12/3/2031. Chợ đêm họp từ 17 giờ cho đến 23 giờ."
    assert picked(question, text) == answer


@pytest.mark.parametrize("text", ["Nhà kho cháy ngày 14/11.", "Nhà kho cháy hôm 14 tháng 11, lúc 8 giờ."])
def test_a_day_without_a_year_is_no_year(text: str) -> None:
    assert picked("Nhà kho cháy năm nào?", text) is None
