"""The measures, against their definitions written out here and against a run of known outcomes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Answer, AnswerKind, Query
from retrieval.evaluation.measures import auroc, declined_at, ranked_measures, report
from retrieval.evaluation.runs import Outcome, ask_all
from retrieval.evaluation.sets import Gold, Question
from tests.unit.evaluation.stand_in import BRIDGE, MARKET, Scripted, hits

LENGTH = Question("1", "Cầu dài bao nhiêu mét?", "bridge", (Gold("1.135", BRIDGE.text.index("1.135")),))
STALLS = Question("2", "Chợ có bao nhiêu sạp?", "market", (Gold("135 sạp", MARKET.text.index("135 sạp")),))
LOST = Question("3", "Cầu khánh thành năm nào?", "bridge", (Gold("2019", BRIDGE.text.index("2019")),))
WEATHER = Question("4", "Mai có mưa không?", "bridge", ())
EMPTY = Question("5", "???", "bridge", ())


def outcome(right: list[bool], documents: list[str], wanted: str | None = "d") -> Outcome:
    return Outcome(
        question=Question("q", "?", wanted, (Gold("x"),)),
        asked="?",
        right=tuple(right),
        documents=tuple(documents),
        lengths=(1,) * len(right),
        answered=True,
        confidence=1.0,
        missing=(),
        kind="other",
        emphasis="none",
        milliseconds=1.0,
    )


@given(st.lists(st.tuples(st.booleans(), st.sampled_from("defghijklmno")), max_size=14))
def test_ranked_measures_agree_with_their_definitions(found: list[tuple[bool, str]]) -> None:
    measured = ranked_measures([outcome([right for right, _ in found], [name for _, name in found])])
    ranks = [rank for rank, (right, _) in enumerate(found, 1) if right]
    first = min(ranks, default=math.inf)
    articles = list(dict.fromkeys(name for _, name in found))
    article = articles.index("d") + 1 if "d" in articles else math.inf
    expected = {f"Success@{depth}": float(first <= depth) for depth in (1, 3, 5)}
    expected["RR@10"] = 1 / first if first <= 10 else 0.0
    expected["nDCG@10"] = 1 / math.log2(article + 1) if article <= 10 else 0.0
    expected["R@10"] = float(article <= 10)
    assert {name: values[0] for name, values in measured.items()} == pytest.approx(expected)


def test_a_question_without_a_document_takes_the_article_of_its_first_right_passage() -> None:
    measured = ranked_measures(
        [outcome([False, True], ["e", "f"], wanted=None), outcome([False], ["e"], wanted=None)]
    )
    assert measured["nDCG@10"] == pytest.approx([1 / math.log2(3), 0])


def test_reports_a_run() -> None:
    found = hits((BRIDGE, 0), (MARKET, 1))
    at = found[0].passage.text.index("1.135")
    kind: AnswerKind = "number"
    retriever = Scripted(
        {
            LENGTH.text: Answer(LENGTH.text, found, True, (at, at + 5), query=Query("", kind=kind)),
            STALLS.text: Answer(STALLS.text, found, True, (at, at + 5), query=Query("", kind=kind)),
            LOST.text: Answer(LOST.text, (), False),
            WEATHER.text: Answer(WEATHER.text, found, True),
        }
    )
    outcomes = ask_all(retriever, [LENGTH, STALLS, LOST, WEATHER, EMPTY])
    result = report(outcomes)
    assert (result.answerable, result.unanswerable) == (3, 2)
    assert result.measures["Success@1"] == pytest.approx(1 / 3)
    assert result.measures["Success@3"] == pytest.approx(2 / 3)
    assert result.measures["RR@10"] == pytest.approx(0.5)
    assert result.measures["R@10"] == pytest.approx(2 / 3)
    assert result.answered == pytest.approx(2 / 3)
    assert result.declined == pytest.approx(1 / 2)
    assert result.passage_characters == len(found[0].passage.text)
    assert result.milliseconds >= 0
    number = result.emphasis["number"]
    assert (number.answered, number.right, number.wrong, number.none) == (2, 0.5, 0.5, 0.0)


def test_a_variant_is_asked_in_its_own_words_or_left_out() -> None:
    asked = []

    class Listening(Scripted):
        def answer(self, question: str, *, limit: int = 5) -> Answer:
            asked.append(question)
            return super().answer(question, limit=limit)

    ticks: list[None] = []
    outcomes = ask_all(
        Listening({}),
        [LENGTH, STALLS],
        variant=lambda question: question.text.upper() if question is STALLS else None,
        on_progress=lambda: ticks.append(None),
    )
    assert asked == [outcome.asked for outcome in outcomes] == [STALLS.text.upper()]
    assert outcomes[0].question is STALLS
    assert len(ticks) == 2


def test_emphasis_is_judged_only_where_the_words_of_the_answer_are_known() -> None:
    found = hits((BRIDGE, 0))
    whole = Question("6", "Cầu dài mấy mét?", "bridge", (), by_article=True)
    answer = Answer(whole.text, found, True, (0, 3), query=Query("", kind="number"))
    assert report(ask_all(Scripted({whole.text: answer}), [whole])).emphasis == {}


def test_a_report_without_answerable_questions_has_no_measures() -> None:
    result = report(ask_all(Scripted({}), [EMPTY]))
    assert result.measures == {}
    assert (result.answered, result.declined) == (None, 1.0)


@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=20), st.lists(st.integers(0, 5), min_size=1, max_size=20)
)
def test_auroc_is_the_share_of_pairs_in_order(positive: list[int], negative: list[int]) -> None:
    pairs = [1.0 if high > low else 0.5 if high == low else 0.0 for high in positive for low in negative]
    assert auroc(positive, negative) == pytest.approx(np.mean(pairs))


def test_declined_at_the_threshold_that_nearly_all_reach() -> None:
    positive = [value / 100 for value in range(100)]
    assert declined_at(positive, [0.0, 0.01, 0.02, 0.5]) == 0.5
