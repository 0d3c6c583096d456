"""Does a question as of today get the article of the time it speaks of, or the newest, and never another matter?"""

from __future__ import annotations

import datetime

import pytest

from retrieval import Document, Retriever

TODAY = datetime.date(2024, 3, 13)


def article(day: str, text: str, title: str = "") -> Document:
    return Document(
        f"{day} {text[:20]}", text, title, "Báo Bình Phú", published=datetime.date.fromisoformat(day)
    )


YEARS = [
    article(f"{year}-09-10", f"Trường Kim Ngân tuyển {count} học sinh vào lớp sáu.", "Tuyển sinh")
    for year, count in ((2020, 120), (2021, 135), (2022, 150), (2023, 165), (2024, 180))
]
PRICES = [
    article("2024-03-12", "Giá cà phê ở chợ Bình Phú là 91.000 đồng một ký."),
    article("2024-03-05", "Giá cà phê ở chợ Bình Phú là 87.000 đồng một ký."),
    article("2024-02-10", "Giá cà phê ở chợ Bình Phú là 79.000 đồng một ký."),
    article("2024-03-13", "Giá tiêu ở chợ Bình Phú là 95.000 đồng một ký."),
    Document("khong-ngay", "Giá cà phê ở chợ Bình Phú là 60.000 đồng một ký.", "Giá nông sản"),
]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Năm ngoái trường Kim Ngân tuyển bao nhiêu học sinh vào lớp sáu?", "165 học sinh"),
        ("Năm kia trường Kim Ngân tuyển bao nhiêu học sinh vào lớp sáu?", "150 học sinh"),
        ("Năm nay trường Kim Ngân tuyển bao nhiêu học sinh vào lớp sáu?", "180 học sinh"),
        ("nam ngoai truong Kim Ngan tuyen bao nhieu hoc sinh vao lop sau", "165 học sinh"),
        ("Trường Kim Ngân tuyển bao nhiêu học sinh vào lớp sáu, số liệu mới nhất?", "180 học sinh"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_the_year_is_seen_from_today(question: str, said: str, turned: bool) -> None:
    retriever = Retriever.build(reversed(YEARS) if turned else YEARS)
    assert retriever.answer(retriever.understand(question, today=TODAY)).text in (
        said,
        said.partition(" ")[0],
    )


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Giá cà phê ở chợ Bình Phú mới nhất là bao nhiêu?", "91.000 đồng"),
        ("Hiện nay giá cà phê ở chợ Bình Phú là bao nhiêu?", "91.000 đồng"),
        ("Hôm qua giá cà phê ở chợ Bình Phú là bao nhiêu?", "91.000 đồng"),
        ("Tuần trước giá cà phê ở chợ Bình Phú là bao nhiêu?", "87.000 đồng"),
        ("Tháng trước giá cà phê ở chợ Bình Phú là bao nhiêu?", "79.000 đồng"),
        ("Giá tiêu tuần này ở chợ Bình Phú là bao nhiêu?", "95.000 đồng"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_the_article_of_that_time_comes_first_and_no_other_matter(
    question: str, said: str, turned: bool
) -> None:
    retriever = Retriever.build(reversed(PRICES) if turned else PRICES)
    answer = retriever.answer(retriever.understand(question, today=TODAY))
    assert said in answer.hits[0].passage.text


def test_nothing_of_that_time_changes_nothing() -> None:
    retriever = Retriever.build(YEARS)
    plain = "Trường Kim Ngân tuyển bao nhiêu học sinh vào lớp sáu?"
    asked = retriever.understand(f"Tháng trước {plain}", today=datetime.date(1990, 5, 5))
    assert {hit.document.id for hit in retriever.answer(asked).hits} == {
        hit.document.id for hit in retriever.answer(plain).hits
    }


def test_a_day_that_the_text_names_counts_like_the_articles_own() -> None:
    retriever = Retriever.build(
        [
            Document("a", "Năm 2022 xã Bình Phú trồng 3.000 cây sao."),
            Document("b", "Năm 2023 xã Bình Phú trồng 5.000 cây sao."),
            Document("c", "Năm 2021 xã Bình Phú trồng 4.000 cây sao."),
        ]
    )
    asked = retriever.understand("Năm ngoái xã Bình Phú trồng bao nhiêu cây sao?", today=TODAY)
    assert str(retriever.answer(asked).text).startswith("5.000")
