"""What counts as the right passage, and as the right emphasis."""

from __future__ import annotations

import pytest

from retrieval import Document, Hit, Passage
from retrieval.evaluation.qrels import contains, is_right_passage, judge_emphasis
from retrieval.evaluation.sets import Gold, Question
from tests.unit.evaluation.stand_in import BRIDGE, MARKET, hits

LENGTH = Question("1", "Cầu dài bao nhiêu mét?", "bridge", (Gold("1.135 mét", BRIDGE.text.index("1.135")),))


def test_the_passage_that_holds_the_gold_span_is_right_and_only_that() -> None:
    first, second, other = hits((BRIDGE, 0), (BRIDGE, 1), (MARKET, 1))
    assert [is_right_passage(hit, LENGTH) for hit in (first, second, other)] == [True, False, False]


def test_any_of_several_gold_answers_will_do() -> None:
    gold = Gold("135 hộ", BRIDGE.text.index("135 hộ"))
    question = Question("2", "Bao nhiêu?", "bridge", (*LENGTH.answers, gold))
    assert all(is_right_passage(hit, question) for hit in hits((BRIDGE, 0), (BRIDGE, 1)))


@pytest.mark.parametrize(("start", "right"), [(0, True), (4, True), (6, False), (10, False)])
def test_half_of_the_span_and_its_start_must_be_held(start: int, right: bool) -> None:
    document = Document(id="d", text="0123456789" * 3)
    hit = Hit(Passage("d", 0, 10, document.text[:10]), document, 1.0, 1)
    question = Question("3", "?", "d", (Gold(document.text[start : start + 10], start),))
    assert is_right_passage(hit, question) is right


def test_a_span_that_begins_before_the_passage_is_not_held() -> None:
    document = Document(id="d", text="0123456789" * 3)
    hit = Hit(Passage("d", 10, 20, document.text[10:20]), document, 1.0, 1)
    assert not is_right_passage(hit, Question("4", "?", "d", (Gold(document.text[9:20], 9),)))


def test_without_an_offset_the_words_must_be_in_the_passage_of_the_named_document() -> None:
    bridge, market = hits((BRIDGE, 1), (MARKET, 1))
    named = Question("5", "Bao nhiêu sạp?", "market", (Gold("135"),))
    anywhere = Question("6", "Bao nhiêu?", None, (Gold("135"),))
    assert [is_right_passage(hit, named) for hit in (bridge, market)] == [False, True]
    assert all(is_right_passage(hit, anywhere) for hit in (bridge, market))


@pytest.mark.parametrize(
    ("text", "answer", "held"),
    [
        ("Có 135 hộ.", "135", True),
        ("Dài 1.135 mét.", "135", False),
        ("Nặng 135,5 cân.", "135", False),
        ("Năm 1350.", "135", False),
        ("Đúng 135.", "135", True),
        ("Bà Trần  Thị\nMận đến.", "trần thị mận", True),
        ("Có 39 người (39%).", "39%", True),
    ],
)
def test_contains_whole_words_and_numbers(text: str, answer: str, held: bool) -> None:
    assert contains(text, answer) is held


@pytest.mark.parametrize(
    ("shown", "verdict"),
    [("1.135 mét", "right"), ("dài 1.135 mét", "right"), ("1.135", "wrong"), (None, "none")],
)
def test_emphasis_holds_the_answer_and_is_at_most_twice_as_long(shown: str | None, verdict: str) -> None:
    (hit,) = hits((BRIDGE, 0))
    highlight = None if shown is None else (at := hit.passage.text.index(shown), at + len(shown))
    assert judge_emphasis(hit, highlight, LENGTH) == verdict


def test_emphasis_of_the_whole_sentence_is_wrong() -> None:
    (hit,) = hits((BRIDGE, 0))
    assert judge_emphasis(hit, (0, len(hit.passage.text)), LENGTH) == "wrong"
