"""Of several dates, codes and units in one text the one that is asked for answers, or none."""

from __future__ import annotations

import pytest

from retrieval import Answer, Document, Retriever

DIARY = (
    "Vào ngày 14/11/2025, phường Hòa Khê tập huấn phòng cháy cho 60 hộ dân ở nhà văn hóa.\n\n"
    "Vào ngày 20/11/2025, trường tiểu học phường Hòa Khê mời phụ huynh dự lễ kỷ niệm ở sân trường.\n\n"
    "Vào ngày 3/12/2025, phường Hòa Khê khai trương chợ đêm bên bờ kênh."
)
CLASSES = (
    "Trung tâm ngoại ngữ Sao Khuê mở bốn lớp. Lớp A1 có học phí 2.400.000 đồng, lớp A2 có học phí 2.800.000 đồng,"
    " lớp B1 có học phí 3.500.000 đồng, lớp B2 có học phí 4.100.000 đồng."
)
BRIDGE = "Cầu Nậm Hồng dài 120 mét, khởi công năm 2018, khánh thành năm 2020 và nối hai bản ven suối."


def asked(question: str, text: str) -> Answer:
    return Retriever.build([Document("d", text, title="Bản tin")]).answer(question)


@pytest.mark.parametrize(
    ("day", "what"),
    [
        ("Ngày 14/11", "phòng cháy"),
        ("Ngày 14 tháng 11", "phòng cháy"),
        ("Hôm 14/11", "phòng cháy"),
        ("Ngày 14-11-2025", "phòng cháy"),
        ("Ngày 14.11.2025", "phòng cháy"),
        ("Ngày 20/11", "kỷ niệm"),
        ("Ngày 20 tháng 11 năm 2025", "kỷ niệm"),
        ("Ngày 3 tháng 12", "chợ đêm"),
        ("Hôm 3/12/2025", "chợ đêm"),
    ],
)
def test_what_was_on_a_day(day: str, what: str) -> None:
    assert what in asked(f"{day} phường Hòa Khê làm gì?", DIARY).hits[0].passage.text


@pytest.mark.parametrize("day", ["Ngày 15/11/2025", "Ngày 14/12/2025", "Hôm 21 tháng 11", "Ngày 14/11/2024"])
def test_another_day_is_declined(day: str) -> None:
    answer = asked(f"{day} phường Hòa Khê làm gì?", DIARY)
    assert not answer.answered
    assert answer.missing


def test_a_day_without_its_year_is_that_of_any_year() -> None:
    text = DIARY.replace("/2025", "")
    assert "phòng cháy" in asked("Ngày 14/11/2025 phường Hòa Khê làm gì?", text).hits[0].passage.text


@pytest.mark.parametrize(
    ("code", "figure"), [("A1", "2.400.000"), ("A2", "2.800.000"), ("B1", "3.500.000"), ("B2", "4.100.000")]
)
def test_each_class_has_its_own_fee(code: str, figure: str) -> None:
    text = asked(f"Học phí lớp {code} là bao nhiêu?", CLASSES).text
    assert text is not None
    assert figure in text


@pytest.mark.parametrize("code", ["C1", "A3", "SU-35M"])
def test_a_code_that_the_text_lacks_is_missing(code: str) -> None:
    assert asked(f"Học phí lớp {code} là bao nhiêu?", CLASSES).missing == (code,)


@pytest.mark.parametrize(
    "question",
    ["Cầu Nậm Hồng có vốn bao nhiêu?", "Cầu Nậm Hồng rộng bao nhiêu mét?", "Cầu Nậm Hồng cao bao nhiêu?"],
)
def test_an_amount_of_something_else_is_not_emphasised(question: str) -> None:
    assert asked(question, BRIDGE).text is None


def test_the_amount_asked_for_is() -> None:
    assert asked("Cầu Nậm Hồng dài bao nhiêu mét?", BRIDGE).text == "120 mét"
