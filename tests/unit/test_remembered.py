"""What was answered is given again within one commit, and forgotten with it."""

import datetime
import gc
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from retrieval import Answer, Document, Following, QuestionError, Retriever
from retrieval.errors import IndexError_
from retrieval.index.embedded.index import Index
from retrieval.index.embedded.snapshot import StoredSnapshot
from retrieval.question import understand
from retrieval.records import Hit, Passage, Query
from retrieval.remembered import HIT, RECORD, Remembered

FERRY = Document(
    "pha", "Phà Cồn Én chở 40 khách mỗi chuyến. Vé 5.000 đồng một người.", title="Bến phà Cồn Én"
)
MARKET = Document(
    "cho", "Chợ Gò Sậy họp từ 4 giờ sáng. Chợ có 60 sạp cá.", title="Chợ Gò Sậy", source="Đài xã"
)
ASKED = "Phà Cồn Én chở bao nhiêu khách mỗi chuyến?"


@pytest.fixture
def retriever(tmp_path: Path) -> Iterator[Retriever]:
    with Retriever.build([FERRY, MARKET], path=tmp_path / "index") as made:
        yield made


def test_the_same_question_is_answered_once(retriever: Retriever) -> None:
    answer = retriever.answer(ASKED)
    assert answer.text == "40 khách"
    assert retriever.answer(ASKED) is answer
    assert retriever.answer(retriever.understand(ASKED)) is answer
    assert retriever.understand(ASKED) is answer.query


def test_a_question_in_other_bounds_is_another(retriever: Retriever) -> None:
    day = datetime.date(2020, 1, 1)
    answers = [
        retriever.answer(ASKED),
        retriever.answer(ASKED, limit=1),
        retriever.answer(ASKED, source="Đài xã"),
        retriever.answer(ASKED, since=day),
        retriever.answer(ASKED, until=day),
        retriever.answer(ASKED, following=Following("cho", 0)),
        retriever.answer(ASKED, following=Following("cho", 1)),
        retriever.answer(ASKED, explain=True),
    ]
    assert len(set(map(id, answers))) == len(answers)
    assert [hit.document.id for hit in answers[1].hits] == ["pha"]
    assert not answers[3].hits
    assert not answers[4].hits
    assert {hit.document.id for hit in (*answers[2].hits, *answers[5].hits)} == {"cho"}
    assert answers[7].hits[0].explanation
    assert not answers[0].hits[0].explanation


def test_a_commit_is_seen(retriever: Retriever) -> None:
    assert retriever.answer(ASKED).text == "40 khách"
    retriever.add([replace(FERRY, text=FERRY.text.replace("40", "55"))])
    assert retriever.answer(ASKED).text == "55 khách"
    retriever.remove(["pha"])
    assert not retriever.answer(ASKED).answered


def test_another_process_commit_is_seen(retriever: Retriever, tmp_path: Path) -> None:
    with Retriever.open(tmp_path / "index") as reader:
        assert reader.answer(ASKED).text == "40 khách"
        retriever.add([replace(FERRY, text=FERRY.text.replace("40", "55"))])
        reader.refresh()
        assert reader.answer(ASKED).text == "55 khách"


def test_an_index_made_anew_in_its_place_is_seen(retriever: Retriever, tmp_path: Path) -> None:
    """Its commits are counted from one again."""
    with Retriever.open(tmp_path / "index") as reader:
        before = reader.generation
        assert reader.answer(ASKED).text == "40 khách"
        changed = replace(FERRY, text=FERRY.text.replace("40", "55"))
        with Retriever.build([changed, MARKET], path=tmp_path / "index"):
            reader.refresh()
            assert reader.generation == before
            assert reader.answer(ASKED).text == "55 khách"


def test_what_is_pinned_and_unpinned_is_seen(retriever: Retriever) -> None:
    assert not retriever.answer(ASKED).pinned
    pinned = retriever.pin(ASKED, "Phà đang sửa, nghỉ hết tuần.", source="Bến phà")
    assert retriever.answer(ASKED).pinned == pinned
    assert retriever.unpin(pinned.id)
    assert retriever.answer(ASKED).text == "40 khách"


def test_a_day_later_this_week_is_another(retriever: Retriever, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = "Tuần này chợ Gò Sậy họp lúc mấy giờ?"

    class Later(datetime.date):
        @classmethod
        def today(cls) -> datetime.date:
            return datetime.date(2031, 3, 12)

    first = retriever.answer(asked)
    monkeypatch.setattr(datetime, "date", Later)
    later = retriever.answer(asked)
    assert first.query.when is not None
    assert later.query.when is not None
    assert (
        first.query.when.days
        != later.query.when.days
        == (datetime.date(2031, 3, 10), datetime.date(2031, 3, 16))
    )
    assert retriever.understand(asked, today=datetime.date(2031, 3, 12)) is later.query


def test_a_closed_retriever_answers_nothing_it_remembers(retriever: Retriever) -> None:
    retriever.answer(ASKED)
    retriever.close()
    with pytest.raises(IndexError_, match="đã đóng"):
        retriever.answer(ASKED)


def test_what_asks_nothing_is_told_each_time(retriever: Retriever) -> None:
    for _ in range(2):
        with pytest.raises(QuestionError):
            retriever.answer("?!")


def test_search_looks_anew(retriever: Retriever, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is measured of it is what a question takes."""
    read: list[str] = []

    def reading(text: str, **how: object) -> Query:
        read.append(text)
        return understand.understand(text, **how)  # type: ignore[arg-type]

    monkeypatch.setattr("retrieval.retriever.understand", reading)
    retriever.answer(ASKED)
    assert retriever.search(ASKED)[0].document.id == retriever.search(ASKED)[0].document.id == "pha"
    retriever.answer(ASKED)
    assert read == [ASKED] * 3


def test_many_threads_get_the_answers_of_one(retriever: Retriever) -> None:
    asked = [
        ASKED,
        "Vé phà Cồn Én bao nhiêu tiền?",
        "Chợ Gò Sậy họp từ mấy giờ?",
        "Chợ Gò Sậy có bao nhiêu sạp cá?",
    ]
    with Retriever.build([FERRY, MARKET]) as alone:
        expected = [alone.answer(question) for question in asked]
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(retriever.answer, asked * 50))
    assert [answer.text for answer in given] == [answer.text for answer in expected] * 50
    assert given[: len(asked)] == expected
    assert len({id(answer) for answer in given[-40:]}) == len(asked)


def test_what_a_question_is_made_of_is_another_thing_than_what_was_read(retriever: Retriever) -> None:
    composed = retriever.compose(ASKED, [])
    understood = retriever.understand(ASKED)
    assert understood.terms != composed.terms
    assert retriever.compose(ASKED, []) == composed


def test_a_query_that_a_program_made_with_lists_is_answered(retriever: Retriever) -> None:
    query = replace(retriever.understand(ASKED), years=[])  # type: ignore[arg-type]
    assert retriever.answer(query).text == "40 khách"


# Of the memory alone


def answer_of(number: int, *documents: Document) -> Answer:
    hits = tuple(
        Hit(Passage(one.id, 0, 4, one.text[:4]), one, 1.0, rank)
        for rank, one in enumerate(documents, start=1)
    )
    return Answer(f"câu {number}", hits, answered=True)


def long(name: str, characters: int) -> Document:
    return Document(name, "ợ" * characters)


@pytest.fixture
def snapshot() -> StoredSnapshot:
    return Index.create().snapshot()


def test_the_answers_asked_for_longest_ago_go_first(snapshot: StoredSnapshot) -> None:
    remembered = Remembered(most=3 * (RECORD + HIT + 20_000) + 1_000)
    answers = [answer_of(n, long(f"bài {n}", 10_000)) for n in range(4)]
    for n in (0, 1, 2, 0, 3):  # 1 is now the oldest
        remembered.recall(snapshot, (n,), lambda n=n: answers[n])
    made = {n: remembered.recall(snapshot, (n,), lambda: answer_of(9)) for n in (0, 2, 3, 1)}
    assert [made[n] == answers[n] for n in range(4)] == [True, False, True, True]


def test_a_text_that_many_answers_show_counts_once(snapshot: StoredSnapshot) -> None:
    remembered = Remembered(most=10 * RECORD + 60_000)
    for n in range(5):  # each read anew from the index
        remembered.recall(
            snapshot, (n,), lambda n=n: answer_of(n, long("luật", 20_000), long("luật", 20_000))
        )
    kept = [remembered.recall(snapshot, (n,), lambda: answer_of(9)) for n in range(5)]
    assert [answer.question for answer in kept] == [f"câu {n}" for n in range(5)]
    assert len({id(hit.document) for answer in kept for hit in answer.hits}) == 1


def test_what_goes_makes_room_again(snapshot: StoredSnapshot) -> None:
    """However many came and went, as many are kept as at first."""
    remembered = Remembered(most=2 * (RECORD + 2 * HIT + 1_000) + 41_000)
    for n in range(300):
        shared = long(f"bài {n % 7}", 10_000)
        remembered.recall(snapshot, (n,), lambda n=n, one=shared: answer_of(n, one, one))
    kept = [remembered.recall(snapshot, (n,), lambda: answer_of(9)) for n in (298, 299)]
    assert [answer.question for answer in kept] == ["câu 298", "câu 299"]


def test_what_is_larger_than_all_room_is_given_and_not_kept(snapshot: StoredSnapshot) -> None:
    remembered = Remembered(most=50_000)
    law = answer_of(1, long("luật", 100_000))
    remembered.recall(snapshot, (0,), lambda: answer_of(0))
    assert remembered.recall(snapshot, (1,), lambda: law) == law
    assert remembered.recall(snapshot, (0,), lambda: answer_of(3)).question == "câu 0"
    assert remembered.recall(snapshot, (1,), lambda: answer_of(2)).question == "câu 2"
    pasted = "chữ " * 50_000
    remembered.recall(snapshot, (pasted,), lambda: Query("dài"))
    assert remembered.recall(snapshot, (pasted,), lambda: Query("khác")).text == "khác"


def test_a_snapshot_is_not_held_by_what_was_answered_of_it() -> None:
    index, remembered = Index.create(), Remembered()
    first = index.snapshot()
    remembered.recall(first, (1,), lambda: answer_of(1))
    index.refresh()
    assert remembered.recall(index.snapshot(), (1,), lambda: answer_of(2)).question == "câu 2"
    late = remembered.recall(first, (2,), lambda: answer_of(3))  # a question that began before the commit
    assert late.question == "câu 3"
    assert remembered.recall(index.snapshot(), (2,), lambda: answer_of(4)).question == "câu 4"
    gone = weakref.ref(first)
    del first
    gc.collect()
    assert gone() is None


def test_what_lacks_a_part_of_the_corpus_is_not_kept(
    snapshot: StoredSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered = Remembered()
    whole = remembered.recall(snapshot, (1,), lambda: answer_of(1))

    def made() -> Answer:  # a node goes while it is read
        monkeypatch.setattr(snapshot, "partial", True)
        return answer_of(2)

    assert remembered.recall(snapshot, (2,), made).question == "câu 2"
    assert remembered.recall(snapshot, (2,), lambda: answer_of(3)).question == "câu 3"
    assert remembered.recall(snapshot, (1,), lambda: answer_of(4)) is whole


def test_what_fails_is_tried_again(snapshot: StoredSnapshot) -> None:
    remembered = Remembered()

    def fails() -> Answer:
        raise QuestionError("không hỏi gì")

    with pytest.raises(QuestionError):
        remembered.recall(snapshot, (1,), fails)
    assert remembered.recall(snapshot, (1,), lambda: answer_of(1)).question == "câu 1"
