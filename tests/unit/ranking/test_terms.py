"""Which terms an engine is asked for where words are in very many passages."""

import datetime
from dataclasses import replace

import pytest

from retrieval.ranking import candidates as stage
from retrieval.ranking import terms as own
from retrieval.ranking.terms import MANY, worth_looking_for
from retrieval.records import QueryTerm
from retrieval.retriever import Retriever
from tests.unit.ranking.corpora import ARTICLES

DAY = datetime.date(2024, 5, 6)
SAID = [QueryTerm(word) for word in ("thành", "phố", "kết", "nạp")]
OFTEN, SELDOM = MANY + 1, MANY


def _asked(weights: list[float], counts: list[int], share: float) -> list[str]:
    return [term.text for term in worth_looking_for(SAID, weights, counts, share=share)]


def test_the_lightest_of_the_frequent_ones_are_left_out() -> None:
    assert _asked([1, 2, 3, 4], [OFTEN] * 4, 0.6) == ["kết", "nạp"]


def test_the_others_make_the_share() -> None:
    assert _asked([1, 2, 3, 4], [OFTEN] * 4, 0.8) == ["phố", "kết", "nạp"]
    assert _asked([5, 5, 5, 5], [OFTEN] * 4, 0.8) == ["thành", "phố", "kết", "nạp"]


def test_what_costs_little_stays() -> None:
    assert _asked([1, 2, 3, 4], [SELDOM, OFTEN, SELDOM, SELDOM], 0.5) == ["thành", "kết", "nạp"]


@pytest.mark.parametrize("weights", [[0.0] * 4, [0.0, 0.0, 0.0, 1.0]])
def test_something_is_always_looked_for(weights: list[float]) -> None:
    assert "nạp" in _asked(weights, [OFTEN] * 4, 0.6)


def test_the_same_passages_are_scored_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the engine isn't asked for is counted all the same."""
    question = "Hợp tác xã Lúa Vàng có bao nhiêu xã viên?"
    asked: list[int] = []
    looked_for = stage._looked_for

    def watched(*args: object, **options: bool) -> object:
        found = looked_for(*args, **options)  # type: ignore[arg-type]
        asked.append(sum(map(len, found)))
        return found

    monkeypatch.setattr(stage, "_looked_for", watched)
    with Retriever.build(replace(article, published=DAY) for article in ARTICLES) as retriever:
        whole = retriever.search(question)
        monkeypatch.setattr(own, "MANY", 0)
        fewer = retriever.search(question)
        filtered = retriever.search(question, since=DAY)
    assert asked[1] < asked[0] == asked[2]
    assert (fewer[0].passage, fewer[0].score) == (whole[0].passage, whole[0].score)
    assert filtered[0].passage == whole[0].passage
