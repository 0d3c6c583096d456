"""Which words of a question tell what it asks about."""

from __future__ import annotations

import pytest

from retrieval.question.content import is_mentioned, tells
from tests.unit.question.shelf import ask


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        ("Có bao nhiêu hộ không đăng ký?", "hộ không đăng ký"),
        ("Tên của người làm đơn là gì?", "người đơn"),
        ("Co bao nhieu ho khong dang ky?", "ho khong dang ky"),
    ],
)
def test_what_tells_neither_asks_nor_stands_in_any_clause(text: str, telling: str) -> None:
    assert " ".join(term.origin.lower() for term in ask(text).terms if tells(term)) == telling


def test_names_days_and_numbers_of_papers_are_mentioned() -> None:
    query = ask("Ngày 3/4/2031 bà Lê Na ký Quyết định số 17/QĐ-UB về việc gì?")
    assert [term.origin for term in query.terms if term.is_content and not is_mentioned(query, term)] == [
        "bà", "ký", "Quyết", "định", "số", "việc",
    ]  # fmt: skip
