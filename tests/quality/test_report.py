"""Would the gate notice? Its verdicts, on answers made up for the purpose."""

from __future__ import annotations

import pytest

from retrieval import Answer, Document, Hit, Passage
from tests.quality.outcomes import Verdict, emphasis
from tests.quality.questions import Question, Target
from tests.quality.report import worse

TEXT = "Đảng bộ hiện có 24 chi bộ cơ sở và 124 tổ, thành lập năm 2013, do ông Nguyễn Minh Lâm làm Bí thư."
DOCUMENT = Document(id="a", text=TEXT)
HIT = Hit(passage=Passage("a", 0, len(TEXT), TEXT), document=DOCUMENT, score=1.0, rank=1)


def _answer(emphasised: str | None) -> Answer:
    if emphasised is None:
        return Answer(question="?", hits=(HIT,), answered=True)
    start = TEXT.index(emphasised)
    return Answer(question="?", hits=(HIT,), answered=True, highlight=(start, start + len(emphasised)))


@pytest.mark.parametrize(
    ("emphasised", "verdict"),
    [
        ("24", "right"),
        ("24 chi bộ", "right"),
        ("24 chi bộ cơ sở", "right"),
        ("2013", "wrong"),
        ("124 tổ", "wrong"),
        ("hiện có 24 chi bộ cơ sở và 124", "wrong"),
        (None, "none"),
    ],
)
def test_a_number_may_be_emphasised_with_its_unit_but_not_with_the_sentence(
    emphasised: str | None, verdict: Verdict
) -> None:
    question = Question("q", "Có mấy chi bộ?", Target("a", ("24 chi bộ",)), "number", span="24 chi bộ")
    assert emphasis(_answer(emphasised), question) == verdict


@pytest.mark.parametrize(
    ("emphasised", "verdict"), [("ông Nguyễn Minh Lâm", "right"), ("Nguyễn Minh", "wrong")]
)
def test_a_name_must_be_whole(emphasised: str, verdict: Verdict) -> None:
    question = Question("q", "Ai?", Target("a", ("Nguyễn Minh Lâm",)), "person", span="Nguyễn Minh Lâm")
    assert emphasis(_answer(emphasised), question) == verdict


def test_the_right_words_in_the_wrong_article_are_wrong() -> None:
    question = Question("q", "Có mấy chi bộ?", Target("b", ("24 chi bộ",)), "number", span="24 chi bộ")
    assert emphasis(_answer("24 chi bộ"), question) == "wrong"


def test_worse_is_lower_or_gone_and_for_what_is_wrong_higher() -> None:
    before = {"single": {"success_at_1": 0.9, "answered": 0.9}, "emphasis": {"date_wrong": 0.1}}
    after = {"single": {"success_at_1": 0.89}, "emphasis": {"date_wrong": 0.2}}
    assert worse(before, after) == [
        "single.success_at_1: 0.9 -> 0.89",
        "single.answered: 0.9 -> gone",
        "emphasis.date_wrong: 0.1 -> 0.2",
    ]
    assert (
        worse(before, {"single": {"success_at_1": 0.95, "answered": 1.0}, "emphasis": {"date_wrong": 0.0}})
        == []
    )
