"""Papers' numbers, references to their articles, and codes of things."""

from __future__ import annotations

import pytest

from retrieval.vietnamese.mentions import find_mentions
from retrieval.vietnamese.papers import of_other_papers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Nghị quyết số 05 nói gì?", ["05"]),
        ("nghị quyết 18 và 19 của ai?", ["18", "19"]),
        ("Kế hoạch 23-KH/TU ngày 7-12-2016", ["23-KH/TU"]),
        ("Nghị định số 15/2020/NĐ-CP quy định", ["15/2020/NĐ-CP"]),
        ("Số: 35/QĐ-UBND", ["35/QĐ-UBND"]),
        ("Chương trình 27 ra đời", ["27"]),
        ("đã kỷ luật 4 tổ chức", []),
        ("báo cáo 3 việc, kế hoạch 5 năm", []),
        ("Luật 2013 và 60 km/h", []),
    ],
)
def test_numbers_of_papers(text: str, numbers: list[str]) -> None:
    assert [paper.number for paper in find_mentions(text).papers] == numbers


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Điều 3 quy định gì?", (("điều", "3"),)),
        ("theo khoản 2 Điều 5 của luật", (("khoản", "2"), ("điều", "5"))),
        ("điểm a khoản 1, Điều 12", (("điểm", "a"), ("khoản", "1"), ("điều", "12"))),
        ("ở Chương II", (("chương", "ii"),)),
        ("xem Phụ lục 1", (("phụ lục", "1"),)),
        ("Mục 3 Chương IV", (("mục", "3"), ("chương", "iv"))),
        ("điều 7a", (("điều", "7a"),)),
    ],
)
def test_references_to_articles(text: str, parts: tuple[tuple[str, str], ...]) -> None:
    assert [reference.parts for reference in find_mentions(text).articles] == [parts]


@pytest.mark.parametrize("text", ["điều này", "mục tiêu 3 năm", "phần lớn", "quan điểm của ông"])
def test_no_reference(text: str) -> None:
    assert find_mentions(text).articles == ()


@pytest.mark.parametrize(
    "text", ["PHÍ 35000/SUẤT", "GIÁ VÉ 500/NGƯỜI", "TỐC ĐỘ 60/H", "Luật 12 điều", "Luật 2 chương, 30 điều"]
)
def test_a_rate_in_capitals_and_what_a_law_has_are_no_numbers_of_papers(text: str) -> None:
    assert find_mentions(text).papers == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Lớp A1 và lớp B12", ["A1", "B12"]),
        ("tiêm kích SU-35M", ["SU35M"]),
        ("đề tài KT-12, phòng P.101", ["KT12", "P101"]),
        ("bệnh Covid-19", ["Covid19"]),
        ("mạng 4G và phim 3D", ["4G", "3D"]),
        ("đội U23", ["U23"]),
        ("tàu QN-90317-TS, xe 43C-208.15", ["QN90317TS", "43C20815"]),
        ("mã VT050000 và thẻ KH-20330115", ["VT050000", "KH20330115"]),
        ("đèn 60W nặng 2kg dài 5m", []),
        ("rộng 500m2 lúc 7h", []),
    ],
)
def test_codes(text: str, codes: list[str]) -> None:
    assert [code.value for code in find_mentions(text).codes] == codes


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("theo Điều 5 Luật Giá", ["Điều 5"]),
        ("theo khoản 2 Điều 5 của hợp đồng thuê bến", ["khoản 2 Điều 5"]),
        ("theo Điều 5, Điều 6 và Điều 9 Bộ luật Dân sự", ["Điều 5", "Điều 6", "Điều 9"]),
        ("theo Điều 3 Quy chế này và Điều 9 Nghị định 15/2020/NĐ-CP", ["Điều 9"]),
        ("theo Điều 5 của Quy định này", []),
        ("theo Điều 5 Quy chế ban hành kèm theo Quyết định này", []),
        ("người nêu ở Điều 5 thông báo cho xã", []),
        ("người nêu ở Điều 5. Luật Giá không nói", []),
    ],
)
def test_references_to_articles_of_other_papers(text: str, others: list[str]) -> None:
    references = find_mentions(text).articles
    starts = of_other_papers(text, references)
    assert [text[one.start : one.end] for one in references if one.start in starts] == others
