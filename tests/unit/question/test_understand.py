"""A question is the same question however it is typed, and its terms keep their places."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import QuestionError
from retrieval.evaluation.variants import telex, vni
from retrieval.question.input import read_question
from retrieval.question.understand import understand
from retrieval.vietnamese.syllables import plain, strip_marks
from tests.unit.question.shelf import ANALYZER, SENTENCES, SHELF, Shelf, ask

QUESTIONS = (
    "Kiến Tường có bao nhiêu đảng viên nữ?",
    "Ông Trần Ngọc Tam phát biểu ở đâu?",
    "Bí thư Tỉnh ủy Sóc Trăng là ai?",
    "Năm 2018 có bao nhiêu người bị xử lý kỷ luật?",
)
question = st.sampled_from(QUESTIONS)
words = st.lists(st.sampled_from(" ".join(SENTENCES).split()), min_size=1, max_size=12).map(" ".join)


@given(st.one_of(question, words))
def test_composed_and_decomposed_letters_ask_the_same(text: str) -> None:
    try:
        expected = ask(unicodedata.normalize("NFC", text))
    except QuestionError:
        return
    assert ask(unicodedata.normalize("NFD", text)) == expected


@pytest.mark.parametrize("method", [telex, vni])
@given(text=question, seed=st.integers(0, 99))
def test_keystrokes_ask_the_same(method, text: str, seed: int) -> None:  # type: ignore[no-untyped-def]
    query, expected = ask(method(text, random.Random(seed))), ask(text)
    assert [term.text for term in query.terms] == [term.text for term in expected.terms]
    assert (query.kind, len(query.names)) == (expected.kind, len(expected.names))


@given(st.one_of(question, words), st.booleans())
def test_the_terms_stand_in_the_text_in_order(text: str, bare: bool) -> None:
    query = ask(strip_marks(text) if bare else text)
    at = 0
    for term in query.terms:
        at = query.text.find(term.origin, at)
        assert at >= 0
    start, end = query.asking or (0, 0)
    assert 0 <= start <= end <= len(query.terms)
    assert all(0.0 <= term.weight <= 1.0 for term in query.terms)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Socs Trawng cos bao nhieeu ddangr vieen", "Sóc Trăng có bao nhiêu đảng viên"),
        ("So1c Tra8ng co1 bao nhie6u d9a3ng vie6n", "Sóc Trăng có bao nhiêu đảng viên"),
        ("Sóc Trăng có bao nhieeu ddangr viên", "Sóc Trăng có bao nhiêu đảng viên"),
        ("Paris có visa không", "Paris có visa không"),
        ("cho hỏi TX Kiến Tưởng có bn ĐV ạ?", "thị xã Kiến Tường có bao nhiêu đảng viên?"),
    ],
)
def test_the_question_as_it_was_meant(typed: str, meant: str) -> None:
    assert ask(typed).text == meant


def test_one_decoded_word_leaves_the_others_bare() -> None:
    reading = read_question(
        "ky luat bao nhieeu dang vien",
        gazetteer=ANALYZER.gazetteer,
        df=SHELF.df,
        passages=SHELF.stats.passages,
    )
    assert (reading.text, reading.lacks_marks) == ("ky luat bao nhieu dang vien", True)


def test_a_word_typed_bare_among_marked_ones_is_compared_with_the_marks_it_lacks() -> None:
    terms = {term.origin: term for term in ask("Xử lý kỷ luat bao nhiêu đảng viên nữ?").terms}
    assert (terms["luat"].text, terms["luat"].plain) == ("luật", False)
    assert not terms["nữ"].plain


@pytest.mark.parametrize(
    ("question", "nouns"),
    [
        ("co bao nhieu dang vien", ("đảng", "viên")),
        ("có bao nhiêu dang viên", ("đảng", "viên")),
        ("xu ly ky luat bao nhieu nguoi", ("người",)),
    ],
)
def test_what_is_counted_is_named_as_it_is_looked_for(question: str, nouns: tuple[str, ...]) -> None:
    query = ask(question)
    assert query.nouns == nouns
    assert set(nouns) <= {term.text for term in query.terms if not term.plain}


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("Xưởng Hoa Lau có mấy thợ dệt lụa?", "thợ dệt lụa"),
        ("Hợp tác xã bán được bao nhiêu tấn khoai?", "tấn khoai"),
        ("Hợp tác xã bán được bao nhiêu tấn?", ""),
        ("Sân kho rộng bao nhiêu mét vuông?", ""),
        ("Đội giữ bao nhiêu danh hiệu 5 năm liền?", "danh hiệu"),
        ("Thuê một buổi hết bao nhiêu tiền?", ""),
        ("Bao lâu thay lõi lọc một lần?", ""),
        ("Đoàn tịch thu mấy chai rượu ngoại?", "chai rượu ngoại"),
        ("Có bao nhiêu hộ năm 2016?", "hộ"),
        ("Nuôi bao nhiêu con một ao?", "con"),
    ],
)
def test_the_whole_phrase_that_is_counted_stands_in_the_question(question: str, counted: str) -> None:
    query = ask(question)
    assert query.asked is not None
    assert query.text[slice(*query.asked.counted)] == counted


def test_words_that_may_have_other_marks_are_compared_without() -> None:
    homographs = Shelf("Bệnh nhân đau mắt.", "Bệnh nhân đau mặt.", "Bệnh nhân đau lưng.")
    query = understand("benh nhan dau mat", analyzer=ANALYZER, vocabulary=homographs)
    forms = [(term.text, term.plain) for term in query.terms]
    assert forms == [("bệnh", False), ("nhân", False), ("đau", False), ("mat", True)]


@given(words)
def test_a_bare_word_is_looked_for_without_marks_or_with_those_of_the_corpus(text: str) -> None:
    try:
        query = ask(strip_marks(text))
    except QuestionError:
        return
    for term in query.terms:
        assert plain(term.text) == term.text if term.plain else SHELF.passage_df(term.text, plain=False)


@given(question)
def test_questions_with_all_their_marks_keep_them(text: str) -> None:
    reading = read_question(text, gazetteer=ANALYZER.gazetteer, df=SHELF.df, passages=SHELF.stats.passages)
    assert reading.marked == reading.text


def test_corrections_are_told() -> None:
    assert ask("Kiến Tưởng có bao nhiêu đảng viên?").corrections == (("Kiến Tưởng", "Kiến Tường"),)


def test_the_publisher_is_no_content() -> None:
    query = ask("Theo báo Đồng Khởi, tỉnh kết nạp bao nhiêu đảng viên?")
    assert query.source == "Báo Đồng Khởi"
    assert {term.origin for term in query.terms if not term.weight} == {"Theo", "báo", "Đồng", "Khởi"}
    assert "Đồng Khởi" not in query.names


def test_a_place_of_today_brings_its_older_names() -> None:
    assert ask("Cần Thơ kết nạp bao nhiêu đảng viên?").related == ("Sóc Trăng", "Hậu Giang")
    assert ask("Sóc Trăng kết nạp bao nhiêu đảng viên?").related == ()


def test_other_words_for_the_same() -> None:
    found = dict(ask("Ai kỷ luật đảng viên nữ?").synonyms)
    assert "xử lý kỷ luật" in found["kỷ luật"]
    assert dict(ask("Ai xử lý kỷ luật?").synonyms)["xử lý kỷ luật"][0] == "kỷ luật"


def test_nothing_to_look_for() -> None:
    with pytest.raises(QuestionError, match="xin hỏi lại"):
        ask("?!…")
