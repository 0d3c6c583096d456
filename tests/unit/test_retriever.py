"""The library's front door: build, open, search, answer, add, remove."""

import dataclasses
import datetime
import itertools
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Answer, Document, QuestionError, Retriever
from tests.unit.ranking.corpora import ARTICLES

RETRIEVER = Retriever.build(ARTICLES)
QUESTION = "Hợp tác xã Lúa Vàng có bao nhiêu xã viên?"
QUESTIONS = (
    QUESTION,
    "Đường Ven Sông thông xe khi nào?",
    "Vì sao Lúa Vàng dùng phân hữu cơ?",
    "Hiệu trưởng trường Hoa Mai là ai?",
)


def shown(answer: Answer) -> list[tuple[str, int, float]]:
    return [(hit.document.id, hit.passage.start, hit.score) for hit in answer.hits]


def test_an_answer_carries_its_passage_source_and_highlight() -> None:
    answer = RETRIEVER.answer(QUESTION)
    first = answer.hits[0]
    assert answer.answered
    assert answer.text == "128"
    assert first.rank == 1
    assert first.document.text[first.passage.start : first.passage.end] == first.passage.text
    assert first.document.title == "Hợp tác xã Lúa Vàng mở rộng vùng trồng"


@pytest.mark.parametrize("question", QUESTIONS)
def test_hits_never_overlap_and_keep_to_the_limit(question: str) -> None:
    for limit in (1, 3, 50):
        hits = RETRIEVER.search(question, limit=limit)
        assert len(hits) <= limit
        assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
        spans = sorted((hit.document.id, hit.passage.start, hit.passage.end) for hit in hits)
        for (one, _, end), (other, start, _) in itertools.pairwise(spans):
            assert one != other or end <= start


@given(st.sampled_from(QUESTIONS), st.sampled_from(["NFC", "NFD"]), st.sampled_from(["", "  ", "\n"]))
def test_the_same_question_in_any_unicode_form(question: str, form: str, padding: str) -> None:
    typed = padding + unicodedata.normalize(form, question) + padding  # type: ignore[arg-type]
    assert shown(RETRIEVER.answer(typed)) == shown(RETRIEVER.answer(question))


def test_tone_marks_in_the_older_places_ask_the_same() -> None:
    new, old = "Con đường nối xã Tân Hoà với đâu?", "Con đường nối xã Tân Hòa với đâu?"
    assert shown(RETRIEVER.answer(new)) == shown(RETRIEVER.answer(old))


@pytest.mark.parametrize("question", ["", "   ", "?!…", "😀😀", "\u0000\u0007"])
def test_nothing_to_look_for(question: str) -> None:
    with pytest.raises(QuestionError):
        RETRIEVER.answer(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of France?",
        "x" * 10_000,
        "đường " * 2_000,
        "1 2 3",
        "<b>&amp;</b>",
        "SELECT * FROM x",
    ],
)
def test_odd_questions_are_answered_or_declined(question: str) -> None:
    answer = RETRIEVER.answer(question)
    assert 0.0 <= answer.confidence <= 1.0
    assert answer.answered is False or answer.hits


def test_a_name_that_the_article_lacks_is_named() -> None:
    answer = RETRIEVER.answer("Hợp tác xã Bông Trắng có bao nhiêu xã viên?")
    assert not answer.answered
    assert "Bông Trắng" in " ".join(answer.missing)
    assert answer.text is None


def test_a_corpus_without_documents_answers_nothing() -> None:
    answer = Retriever.build([]).answer(QUESTION)
    assert answer.hits == ()
    assert not answer.answered


def test_added_and_removed_documents(tmp_path: Path) -> None:
    retriever = Retriever.build(ARTICLES[:1], path=tmp_path / "index")
    road = ARTICLES[2]
    retriever.add([road])
    assert retriever.answer("Đường Ven Sông dài bao nhiêu km?").hits[0].document.id == road.id
    retriever.add([dataclasses.replace(road, text="Đường Ven Sông dài 14 km sau khi kéo thêm về phía nam.")])
    assert "14 km" in retriever.answer("Đường Ven Sông dài bao nhiêu km?").hits[0].passage.text
    assert retriever.remove([road.id, "không có"]) == 1
    assert {hit.document.id for hit in retriever.search("Đường Ven Sông dài bao nhiêu km?")} <= {"htx"}
    assert [document.id for document in retriever.documents()] == ["htx"]


def test_an_opened_index_gives_the_same_hits(tmp_path: Path) -> None:
    Retriever.build(ARTICLES, path=tmp_path / "index")
    opened = Retriever.open(tmp_path / "index")
    for question in QUESTIONS:
        assert shown(opened.answer(question)) == shown(RETRIEVER.answer(question))


def test_source_and_dates_filter() -> None:
    day = datetime.date(2020, 5, 1)
    dated = [
        dataclasses.replace(
            article, source=f"Báo {article.id}", published=day + datetime.timedelta(days=number)
        )
        for number, article in enumerate(ARTICLES)
    ]
    retriever = Retriever.build(dated)

    def ids(**filters: object) -> set[str]:
        return {hit.document.id for hit in retriever.search("Lúa Vàng bán bao nhiêu gạo?", **filters)}  # type: ignore[arg-type]

    assert ids() >= {"htx", "hoi-cho"}
    assert ids(source="bao hoi-cho") == {"hoi-cho"}
    assert ids(until=day) == {"htx"}
    assert "htx" not in ids(since=day + datetime.timedelta(days=1))


def test_sources_are_counted() -> None:
    named = [Document(id=str(number), text=f"Bài số {number}.", source="Báo A") for number in range(3)]
    sources = Retriever.build([*named, ARTICLES[0]]).sources()
    assert [(each.source, each.documents) for each in sources] == [("Báo A", 3), (None, 1)]


def test_threads_get_their_own_answers() -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(RETRIEVER.answer, QUESTIONS * 10))
    for question, answer in zip(QUESTIONS * 10, answers, strict=True):
        assert shown(answer) == shown(RETRIEVER.answer(question))


def test_a_passage_on_the_right_name_comes_before_one_that_fits_better_otherwise() -> None:
    documents = [
        Document(id="dong", text="Trường Đồng Xanh họp. Năm qua, nhà trường trồng được 40 cây."),
        Document(
            id="nui", text="Trường Núi Cao trồng được 75 cây trong năm qua, theo thầy hiệu trưởng Núi Cao."
        ),
    ]
    answer = Retriever.build(documents).answer("Năm qua, trường Đồng Xanh trồng được bao nhiêu cây?")
    assert answer.hits[0].document.id == "dong"
    assert answer.answered
    assert answer.text == "40 cây"
