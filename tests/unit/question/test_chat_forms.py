"""Messages become questions: short forms spelt out, politeness left off, everything else left alone."""

from __future__ import annotations

import pytest

from retrieval.question.chat_forms import spell_out, without_politeness

LEXICON = {"ĐV": "đảng viên", "TX": "thị xã", "TP": "thành phố", "HCM": "Hồ Chí Minh", "T.Ư": "trung ương"}


def _spelt(text: str, *, lacks_marks: bool = False, df: int = 1) -> str:
    return spell_out(text, LEXICON, lambda phrase: df, lacks_marks=lacks_marks)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("TX Kiến Tường có bn ĐV nữ?", "Thị xã Kiến Tường có bao nhiêu đảng viên nữ?"),
        ("Bn đv ko đc khen?", "Bao nhiêu đảng viên không được khen?"),
        ("hội nghị T.Ư 4 bàn j", "hội nghị trung ương 4 bàn gì"),
        ("TP.HCM ở đâu", "Thành phố Hồ Chí Minh ở đâu"),
        ("BV nào ở HN", "Bệnh viện nào ở Hà Nội"),
    ],
)
def test_short_forms_are_spelt_out(typed: str, meant: str) -> None:
    assert _spelt(typed) == meant


def test_without_marks_long_forms_have_none_either() -> None:
    assert _spelt("tx kien tuong co bn dv", lacks_marks=True) == "thi xa kien tuong co bao nhieu dang vien"


@pytest.mark.parametrize(
    "text", ["Nghị quyết 17-NQ/TU nói gì?", "Kế hoạch 5-TX/ĐV", "Khóa K năm 2018", "IPK là gì?"]
)
def test_codes_and_other_capitals_stay(text: str) -> None:
    assert _spelt(text) == text


def test_a_form_of_several_meanings_stays_where_the_corpus_lacks_the_long_one() -> None:
    assert _spelt("Theo TS Mai", df=0) == "Theo TS Mai"


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("Ad ơi cho em hỏi Sóc Trăng ở đâu vậy ạ?", "Sóc Trăng ở đâu?"),
        ("xin hỏi ai là bí thư", "ai là bí thư"),
        ("Vui lòng cho biết: ai là bí thư?", "Ai là bí thư?"),
        ("Bạn có biết Sóc Trăng có bao nhiêu đảng viên không?", "Sóc Trăng có bao nhiêu đảng viên?"),
        ("cho hoi ca mau o dau", "ca mau o dau"),
        ("Theo bạn, ai giỏi nhất?", "Ai giỏi nhất?"),
        ("Tôi muốn hỏi về Kiến Tường", "Kiến Tường"),
    ],
)
def test_politeness_is_left_off(typed: str, question: str) -> None:
    assert without_politeness(typed) == question


@pytest.mark.parametrize(
    "question",
    [
        "Đà Nẵng ở đâu?",
        "Theo bản đồ thì sao?",
        "Cho ăn gì?",
        "Em gái của ai?",
        "Gia đình như thế?",
        "Xin hỏi",
        "Dạ",
    ],
)
def test_other_words_stay(question: str) -> None:
    assert without_politeness(question) == question
