"""Counts of the question's terms in candidates, against counting by hand."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.index.protocol import Snapshot
from retrieval.question.understand import understand
from retrieval.ranking.candidates import Candidates, Wish, gather
from retrieval.ranking.terms import QuestionTerms, TermWeights
from retrieval.records import Document, Query
from retrieval.vietnamese.syllables import plain
from tests.unit.ranking.corpora import ANALYZER, ARTICLES, snapshot

QUESTIONS = [
    "Hợp tác xã Lúa Vàng có bao nhiêu xã viên?",
    "truong hoa mai co bao nhieu hoc sinh",
    "Đường dài mấy km?",
]


def wish(query: Query, terms: QuestionTerms, commit: Snapshot, scored: int = 100) -> Wish:
    return Wish(query, terms, TermWeights.of(terms, commit), passages=50, scored=scored)


def find(question: str, *documents: Document) -> tuple[QuestionTerms, Candidates, dict[int, Document]]:
    commit = snapshot(*documents)
    query = understand(question, analyzer=ANALYZER, vocabulary=commit)
    terms = QuestionTerms.of(query, commit)
    candidates = gather(wish(query, terms, commit), commit, where=None)
    assert candidates is not None
    return terms, candidates, commit.documents(candidates.keys)


@pytest.mark.parametrize("question", QUESTIONS)
def test_counts_are_those_of_the_texts(question: str) -> None:
    terms, candidates, documents = find(question)
    assert len(candidates.article)
    for column, (article, number) in enumerate(zip(candidates.article, candidates.number, strict=True)):
        analysed = ANALYZER.analyse(documents[candidates.keys[article]])
        start, end = analysed.starts[number : number + 2].tolist()
        passage = analysed.accented[start:end]
        assert candidates.length[column] == len(passage)
        for row, term in enumerate(terms.singles):
            forms = [plain(each) if term.plain else each for each in passage]
            assert candidates.tf[row, column] == forms.count(term.text)
        for row, pair in enumerate(terms.pairs):
            forms = [plain(each) if pair.plain else each for each in passage]
            expected = sum(f"{left}_{right}" == pair.text for left, right in pairwise(forms))
            assert candidates.pair_tf[row, column] == expected


@pytest.mark.parametrize("scored", [1, 2, 5])
def test_only_the_passages_that_hold_most_are_counted_out_and_their_neighbours(scored: int) -> None:
    commit = snapshot()
    query = understand(QUESTIONS[0], analyzer=ANALYZER, vocabulary=commit)
    terms = QuestionTerms.of(query, commit)
    few, every = (gather(wish(query, terms, commit, count), commit, where=None) for count in (scored, 100))
    assert few is not None
    assert every is not None

    def named(found: Candidates, places: np.ndarray) -> list[tuple[int, int]]:
        return list(zip(found.article[places].tolist(), found.number[places].tolist(), strict=True))

    assert named(few, few.chosen) == named(every, every.chosen[:scored])
    everywhere = named(every, np.arange(len(every.article)))
    for column, (article, number) in enumerate(named(few, np.arange(len(few.article)))):
        place = everywhere.index((article, number))
        assert (few.tf[:, column] == every.tf[:, place]).all()
        assert (few.pair_tf[:, column] == every.pair_tf[:, place]).all()
        assert few.length[column] == every.length[place]
    for offset in (-2, -1, 1):
        for place, near in zip(few.chosen.tolist(), few.beside(few.chosen, offset).tolist(), strict=True):
            article, number = few.article[place], few.number[place] + offset
            assert (near >= 0) == ((article, number) in everywhere)


def test_a_title_counts_for_the_article_only() -> None:
    terms, candidates, documents = find("Điều gì thu hút khách?")
    row = next(row for row, term in enumerate(terms.singles) if term.origin == "hút")
    article = next(place for place, key in enumerate(candidates.keys) if documents[key].id == "hoi-cho")
    assert candidates.title[row, article]
    assert candidates.article_tf[row, article] == 1
    assert not candidates.tf[row].any()


def test_neighbours_stay_inside_their_document() -> None:
    _, candidates, _ = find("Hợp tác xã Lúa Vàng bán gạo ở đâu?")
    places = np.arange(len(candidates.article))
    before, after = candidates.beside(places, -1), candidates.beside(places, 1)
    assert ((before == -1) == (candidates.number == 0)).all()
    inside = after >= 0
    assert (candidates.article[after[inside]] == candidates.article[places[inside]]).all()
    assert (candidates.number[after[inside]] == candidates.number[places[inside]] + 1).all()
    assert not candidates.counts_at(np.array([-1])).any()


def test_words_that_are_nowhere_give_no_candidates() -> None:
    commit = snapshot()
    query = understand("Xyzzy quux?", analyzer=ANALYZER, vocabulary=commit)
    assert gather(wish(query, QuestionTerms.of(query, commit), commit), commit, where=None) is None


@settings(max_examples=20)
@given(st.permutations(ARTICLES))
def test_the_order_of_adding_changes_nothing(articles: list[Document]) -> None:
    def counted(*documents: Document) -> dict[str, int]:
        _, candidates, found = find(QUESTIONS[0], *documents)
        totals = candidates.article_tf.sum(axis=0)
        return {found[key].id: int(total) for key, total in zip(candidates.keys, totals, strict=True)}

    assert counted(*articles) == counted(*ARTICLES)


def test_what_stands_over_a_passage_counts_by_what_the_question_says_of_it() -> None:
    text = (
        "Chương I. Quy định chung\nĐiều 1. Nghỉ phép\nĐược nghỉ mười hai ngày mỗi năm, báo trước cho tổ trưởng.\n"
        "Điều 2. Trả lương\nTiền được trả vào ngày cuối tháng qua tài khoản của từng người."
    )
    _, candidates, _ = find("Trả lương khi nào?", Document(id="noi-quy", text=text))
    leave, pay = (
        next(place for place, number in enumerate(candidates.number) if number == wanted) for wanted in (0, 1)
    )
    assert candidates.section_said[leave] == 0.0
    assert candidates.section_said[pay] == pytest.approx(2 / 4)  # of "điều", "2", "trả", "lương" the last two
