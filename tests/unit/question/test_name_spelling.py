"""A slip becomes the name that the corpus has; another name stays another name."""

from __future__ import annotations

import pytest

from retrieval.question.name_spelling import correct_names
from tests.unit.question.shelf import ANALYZER, SHELF


def _corrected(text: str, *, lacks_marks: bool = False) -> tuple[str, tuple[tuple[str, str], ...]]:
    return correct_names(text, SHELF.df, ANALYZER.gazetteer.is_place, lacks_marks=lacks_marks)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Kiến Tưởng", "Kiến Tường"),
        ("Kiến Tườg", "Kiến Tường"),
        ("Kiến Tuờng", "Kiến Tường"),
        ("Kiến Tờưng", "Kiến Tường"),
        ("Phan Văn Sấu", "Phan Văn Sáu"),
        ("Trân Ngọc Tam", "Trần Ngọc Tam"),
        ("Trnug Quốc", "Trung Quốc"),
        ("Lionel Mesi", "Lionel Messi"),
        ("Mourino", "Mourinho"),
    ],
)
def test_one_letter_away(typed: str, meant: str) -> None:
    text, corrections = _corrected(f"Vì sao {typed} ở đây?")
    assert text == f"Vì sao {meant} ở đây?"
    assert corrections == ((typed, meant),)


def test_marks_left_out_are_put_without_calling_it_a_slip() -> None:
    assert _corrected("Ở Soc Trăng") == ("Ở Sóc Trăng", ())


def test_without_marks() -> None:
    assert _corrected("kien tuogn co gi", lacks_marks=True) == ("kien tuong co gi", (("tuogn", "tuong"),))


@pytest.mark.parametrize(
    "text",
    [
        "Cà Mau ở đâu?",  # a province
        "Kiên Giang ở đâu?",
        "Ba Tri có gì?",  # a district
        "Phan Văn Hùng là ai?",  # another given name
        "Phạm Ngọc Tam là ai?",  # another family name
        "Kiến Tường ở đâu?",
        "Ngày mai có lể không?",  # no name
        "COVID là gì?",
    ],
)
def test_other_names_and_words_stay(text: str) -> None:
    assert _corrected(text) == (text, ())
