"""Which passage comes first, and does its explanation add up?"""

import pytest

from retrieval.analyzer import Analyzer
from retrieval.lexicon import Lexicon
from retrieval.question.understand import understand
from retrieval.ranking.evidence import FEATURES
from retrieval.ranking.explanation import explain
from retrieval.ranking.ranker import READ, Ranking, collect, rank
from retrieval.ranking.weights import load_weights
from retrieval.records import Document
from retrieval.settings import PassageSettings, RankingSettings
from tests.unit.ranking.corpora import ANALYZER, snapshot

COMMIT = snapshot()


def ranked(question: str) -> Ranking:
    query = understand(question, analyzer=ANALYZER, vocabulary=COMMIT)
    ranking = rank(query, COMMIT, analyzer=ANALYZER, settings=RankingSettings())
    assert ranking is not None
    return ranking


def texts(ranking: Ranking) -> list[str]:
    return [entry.passage.text for entry in ranking.passages]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Hợp tác xã Lúa Vàng có bao nhiêu xã viên?", "128"),
        ("HTX Lúa Vàng có mấy xã viên nữ?", "57"),
        ("hop tac xa lua vang co bao nhieu xa vien nu", "57"),
        ("Ai là giám đốc hợp tác xã Lúa Vàng?", "Lê Quang Đạo"),
        ("Vì sao Lúa Vàng dùng phân hữu cơ?", "giá phân bón tăng"),
        ("Đường Ven Sông thông xe khi nào?", "30/4/2021"),
        ("Trường Hoa Mai có bao nhiêu giáo viên?", "34 giáo viên"),
        ("Hội chợ có bao nhiêu gian hàng?", "240"),
    ],
)
def test_the_sentence_that_answers_comes_first(question: str, answer: str) -> None:
    assert answer in texts(ranked(question))[0]


def test_scores_fall_and_passages_come_once() -> None:
    ranking = ranked("Hợp tác xã Lúa Vàng có bao nhiêu xã viên?")
    scores = [passage.score for passage in ranking.passages]
    assert scores == sorted(scores, reverse=True)
    assert len({(entry.key, entry.passage.number) for entry in ranking.passages}) == len(scores)
    assert len(ranking.places) == len(ranking.evidence) == len(scores)


@pytest.mark.parametrize("question", ["HTX Lúa Vàng có mấy xã viên nữ?", "duong ven song dai bao nhieu km"])
def test_an_explanation_adds_up_to_the_score(question: str) -> None:
    ranking = ranked(question)
    for number, passage in enumerate(ranking.passages[:5]):
        shares = explain(ranking, number, COMMIT, RankingSettings())
        assert sum(share.share for share in shares) == pytest.approx(passage.score, abs=1e-6)
        assert {share.field for share in shares} >= {"article", "evidence", "constant"}


def test_each_feature_has_a_weight() -> None:
    assert tuple(weight.name for weight in load_weights()) == FEATURES


def test_a_synonym_stands_in_for_a_word_that_the_corpus_lacks() -> None:
    analyzer = Analyzer(PassageSettings(), Lexicon(synonyms={"nông phẩm": ["nông sản"]}))
    query = understand("Nơi nào bày nông phẩm?", analyzer=analyzer, vocabulary=COMMIT)
    ranking = rank(query, COMMIT, analyzer=analyzer, settings=RankingSettings())
    assert ranking is not None
    assert "Hội chợ nông sản" in texts(ranking)[0]
    assert {"sản"} <= {term.text for term in ranking.terms.singles}


def test_texts_are_read_of_the_best_by_what_arrays_tell_and_all_have_their_place() -> None:
    rows = "\n".join(f"Quầy số {n} bán gạo nếp và gạo tẻ của tổ {n}." for n in range(1, 60))
    commit = snapshot(Document(id="cho", title="Chợ gạo Bến Lở", text=rows))
    query = understand("Quầy nào ở chợ gạo Bến Lở bán gạo nếp?", analyzer=ANALYZER, vocabulary=commit)
    ranking = rank(query, commit, analyzer=ANALYZER, settings=RankingSettings())
    every = collect(query, commit, analyzer=ANALYZER, settings=RankingSettings())
    assert ranking is not None
    assert every is not None
    assert len(ranking.passages) == RankingSettings().reranked > READ
    assert {entry.number for entry in ranking.passages} == {entry.number for entry in every.passages}
    assert list(ranking.standing) == sorted(ranking.standing, reverse=True)
    told = dict(zip((entry.number for entry in every.passages), every.evidence.tolist(), strict=True))
    for entry, evidence in zip(ranking.passages[:READ], ranking.evidence.tolist(), strict=False):
        assert evidence == pytest.approx(told[entry.number])
