"""Each step that orders passages: what comes first, and scores that fall."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.ranking.explanation import explain
from retrieval.ranking.order import FEW, MARGIN, best_first, contenders, lacking_less_first, nearer_first
from retrieval.settings import RankingSettings
from tests.unit.ranking.test_ranker import COMMIT, ranked

SCORES = st.lists(st.floats(-20, 20, allow_nan=False), min_size=1, max_size=30)


def _falls(scores: tuple[float, ...]) -> bool:
    return all(one >= other for one, other in itertools.pairwise(scores))


@given(SCORES)
def test_best_first_is_stable(scores: list[float]) -> None:
    order = best_first(scores)
    assert list(order.places) == np.argsort(-np.array(scores), kind="stable").tolist()
    assert _falls(order.scores)


def test_those_that_were_read_come_first_and_no_other_stands_by_more() -> None:
    order = best_first([1.0, 3.0, 5.0, 0.5], first=2)
    assert order.places == (1, 0, 2, 3)
    assert order.scores == (3.0, 1.0, 1.0, 0.5)


@given(SCORES, st.data())
def test_who_lacks_less_comes_first_and_nobody_falls_below_what_comes_after(
    scores: list[float], data: st.DataObject
) -> None:
    scores = sorted(scores, reverse=True)
    few = contenders(scores)
    assert few == [place for place in range(min(FEW, len(scores))) if scores[place] >= scores[0] - MARGIN]
    lacking = {place: data.draw(st.integers(0, 3)) for place in few}
    order = lacking_less_first(scores, lacking)
    assert sorted(order.places) == list(range(len(scores)))
    assert order.places[len(few) :] == tuple(range(len(few), len(scores)))
    counts = [lacking[place] for place in order.places[: len(few)]]
    assert counts == sorted(counts)
    assert _falls(order.scores)
    assert all(score >= scores[place] for score, place in zip(order.scores, order.places, strict=True))


def test_one_reads_on_from_what_was_shown() -> None:
    order = nearer_first([1.0] * 5, [0, 1, 2, 3, 4], shown=2)
    assert order.places == (2, 3, 1, 4, 0)  # two steps on are as far as one step back, and equal ones stay
    assert _falls(order.scores)
    assert nearer_first([9.0, 1.0], [0, 5], shown=5).places == (0, 1)


def test_what_coming_first_gains_is_a_part_of_the_explanation() -> None:
    ranking, settings = ranked("Lúa Vàng bán bao nhiêu gạo?"), RankingSettings()
    turned = ranking.reordered(lacking_less_first(ranking.standing, {0: 1, 1: 0}))
    assert turned.standing[0] == turned.standing[1] == ranking.standing[0]
    assert turned.passages[0] == ranking.passages[1]
    for number in (0, 1):
        parts = explain(turned, number, COMMIT, settings)
        assert sum(part.share for part in parts) == pytest.approx(turned.standing[number], abs=1e-6)
        assert any(part.field == "order" for part in parts) == (number == 0)
