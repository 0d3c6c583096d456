"""What is seen in a passage's words."""

import numpy as np
import pytest

from retrieval.question.understand import understand
from retrieval.ranking.answer_signals import text_features
from retrieval.ranking.passage_view import PassageView
from retrieval.ranking.terms import QuestionTerms
from tests.unit.ranking.corpora import ANALYZER, snapshot

COMMIT = snapshot()


def features(question: str, text: str) -> dict[str, float]:
    query = understand(question, analyzer=ANALYZER, vocabulary=COMMIT)
    terms = QuestionTerms.of(query, COMMIT)
    wording = PassageView(text, lambda: ANALYZER.spelling)
    row_of = {term.text: row for row, term in enumerate(terms.singles)}
    rows = np.array([row_of.get(term, -1) for term in wording.terms], np.int32)
    found = text_features(query, terms, np.ones(len(terms.singles)), [wording], [rows])
    return {name: float(values[0]) for name, values in found.items()}


@pytest.mark.parametrize(
    ("text", "number", "noun"),
    [
        ("Hợp tác xã có 128 xã viên.", 1, 1.0),
        ("Hợp tác xã có 1.985 xã viên.", 1, 1.0),
        ("Số xã viên của hợp tác xã là 128.", 1, 1.0),
        ("Số xã lân cận là 12.", 1, 0.0),
        ("Năm 1985, hợp tác xã ra đời.", 0, 0.0),
        ("Ngày 5/9/2022, xã viên họp.", 0, 0.0),
        ("Hợp tác xã có 12 xã lân cận.", 1, 0.0),
        ("Các xã viên họp mặt.", 0, 0.0),
    ],
)
def test_figures_that_count_what_is_asked(text: str, number: float, noun: float) -> None:
    found = features("Hợp tác xã có bao nhiêu xã viên?", text)
    assert found["number"] == number
    assert found["number_noun"] == noun


def test_a_figure_said_of_something_else() -> None:
    question = "Hợp tác xã có bao nhiêu xã viên?"
    assert features(question, "Ban quản trị khen thưởng 4 xã viên.")["number_other"] == 1.0
    assert features(question, "Hợp tác xã có 4 xã viên.")["number_other"] == 0.0


def test_the_years_that_are_asked_for() -> None:
    question = "Năm 2022 hợp tác xã có bao nhiêu xã viên?"
    assert features(question, "Cuối năm 2022 có 128 xã viên.")["year_asked"] == 1.0
    assert features(question, "Cuối năm 2021 có 120 xã viên.")["year_other"] == 1.0
    assert features(question, "Có 120 xã viên.")["year_other"] == 0.0


def test_kinds_look_for_their_own_signs_only() -> None:
    text = "Vì mưa lớn, ngày 5/9/2022 ông Lê Quang Đạo hoãn họp."
    assert features("Vì sao hoãn họp?", text)["reason"] == 1.0
    assert features("Họp khi nào?", text)["reason"] == 0.0
    assert features("Họp khi nào?", text)["date"] > 0
    assert features("Ai hoãn họp?", text)["new_names"] > 0


def test_a_period_takes_in_its_years() -> None:
    question = "Từ năm 2016 đến nay có bao nhiêu xã viên?"
    assert features(question, "Năm 2018 có 120 xã viên.")["year_asked"] == 1.0
    assert features(question, "Năm 2011 có 90 xã viên.")["year_other"] == 1.0


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("Kế hoạch nuôi tôm - 2025", 1.0),
        ("Nuôi tôm trên cát", 1.0),
        ("3 loại giấy tờ: đơn, ảnh", 0.0),
        ("24 giờ: hết hạn gửi bài", 0.0),
        ("Lệ phí: 120.000 đồng", 0.0),
    ],
)
def test_what_may_head(text: str, heads: float) -> None:
    assert features("Xã nuôi tôm thế nào?", text)["is_heading"] == heads
