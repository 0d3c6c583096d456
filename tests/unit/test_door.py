"""What the library takes and gives at its door: any Unicode form, sensible limits, records that JSON holds."""

import datetime
import itertools
import json
import threading
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from retrieval import (
    Block,
    CorpusError,
    Document,
    IndexError_,
    IndexLocked,
    QuestionError,
    Retriever,
)

PAGODA = Document(
    "chùa",
    "Chùa Bửu Lâm\n\nChùa Bửu Lâm có 28 pho tượng gỗ. Sư trụ trì là thầy Thích Minh Tịnh.",
    title="Chùa Bửu Lâm",
    source="Sổ tay làng Đông Hồ",
    published=datetime.date(2022, 8, 9),
    blocks=(Block("title", 0, 12), Block("paragraph", 14, 81)),
    meta={"kệ": 7, "nhãn": ["làng", None, {"sâu": 1.5}]},
)
MARKET = Document("chợ", "Chợ nổi Tân Phú họp từ 4 giờ sáng. Chợ có 63 chiếc ghe bán trái cây.")
QUESTION = "Chùa Bửu Lâm có bao nhiêu pho tượng?"


def _form(document: Document, form: Any) -> Document:
    def changed(text: str) -> str:
        return unicodedata.normalize(form, text)

    text = changed(document.text)
    places = [len(changed(document.text[:at])) for at in range(len(document.text) + 1)]
    return Document(
        document.id,
        text,
        title=changed(document.title),
        source=changed(document.source or "") or None,
        published=document.published,
        blocks=tuple(Block(each.kind, places[each.start], places[each.end]) for each in document.blocks),
        meta=document.meta,
    )


@pytest.fixture(params=[False, True], ids=["in memory", "on disk"])
def build(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., Retriever]:
    path = tmp_path / "index" if request.param else None
    return lambda *documents: Retriever.build(documents, path=path)


def test_decomposed_text_is_found_and_kept_composed(build: Callable[..., Retriever]) -> None:
    decomposed = _form(PAGODA, "NFD")
    assert decomposed.text != PAGODA.text
    retriever = build(decomposed, MARKET)
    for question in (
        QUESTION,
        unicodedata.normalize("NFD", QUESTION),
        unicodedata.normalize("NFKD", QUESTION),
    ):
        answer = retriever.answer(question)
        assert answer.text == "28 pho tượng gỗ" or (answer.text or "").startswith("28")
        assert answer.hits[0].document == PAGODA
    kept = retriever.document("chùa")
    assert kept is not None
    assert [kept.text[each.start : each.end] for each in kept.blocks] == [
        PAGODA.text[each.start : each.end] for each in PAGODA.blocks
    ]
    retriever.add([_form(PAGODA, "NFD")])
    assert retriever.document("chùa") == PAGODA
    assert retriever.search(QUESTION, source=unicodedata.normalize("NFD", "Sổ tay làng Đông Hồ"))


def test_half_a_surrogate_pair_does_not_keep_a_document_out() -> None:
    retriever = Retriever.build([Document("một", "Bến Cây Đa có 9 con đò \ud83d chở khách.")])
    assert retriever.answer("Bến Cây Đa có bao nhiêu con đò?").hits[0].document.text.count("\ufffd") == 1


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (Document("", "Một."), "id"),
        (Document(7, "Một."), "id 7"),  # type: ignore[arg-type]
        (Document("a", None), "a: its text is NoneType"),  # type: ignore[arg-type]
        (Document("a", b"M"), "a: its text is bytes"),  # type: ignore[arg-type]
        (Document("a", "Một.", author=3), "a: its author is int"),  # type: ignore[arg-type]
        (Document("a", "Một.", blocks=(Block("paragraph", 0, 9),)), "from 0 to 9, but its text has 4"),
        (Document("a", "Một.", blocks=(Block("paragraph", 0, 4.0),)), "from 0 to 4.0, but"),  # type: ignore[arg-type]
        (Document("a", "Một.", blocks=(Block("poem", 0, 4),)), "a: its blocks hold Block"),  # type: ignore[arg-type]
        (Document("a", "Một.", blocks=("Một",)), "a: its blocks hold 'Một'"),  # type: ignore[arg-type]
        (Document("a", "Một.", blocks=None), "a: its blocks is NoneType"),  # type: ignore[arg-type]
        (Document("a\ud800", "Một."), "a\ufffd: its id holds half a surrogate pair"),
        (Document("a", "Một.", url="http://\ud800"), "a: its url holds half a surrogate pair"),
        (Document("a", "Một.", url=3), "a: its url is int"),  # type: ignore[arg-type]
        (Document("a", "Một.", kind="poem"), "a: its kind is 'poem'"),  # type: ignore[arg-type]
        (Document("a", "Một.", published="2024"), "a: its published is str; hand over a date"),  # type: ignore[arg-type]
        (Document("a", "Một.", meta={"b": "\ud800"}), "a: its `meta`"),
        (Document("a", "Một.", meta={"b": object()}), "a: its `meta`"),
        ("Một.", "a document is str; hand over a Document"),
        ({"id": "a"}, "a document is dict; hand over a Document"),
    ],
)
def test_what_is_no_document_is_named_and_nothing_is_added(
    document: Document, said: str, build: Callable[..., Retriever]
) -> None:
    retriever = build(MARKET)
    with pytest.raises(CorpusError, match=said) as raised:
        retriever.add([PAGODA, document])
    assert "\n" not in str(raised.value)
    assert [each.id for each in retriever.documents()] == ["chợ"]


@pytest.mark.parametrize("limit", [0, -1, None, 2.5, "3"])
@pytest.mark.parametrize("ask", ["search", "answer", "answers"])
def test_a_limit_that_cannot_be_meant(ask: str, limit: Any) -> None:
    with pytest.raises(QuestionError, match="limit") as raised:
        getattr(Retriever.build([MARKET]), ask)("Chợ nổi có bao nhiêu ghe?", limit=limit)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("bound", [{"source": 5}, {"since": "2024-05-01"}, {"until": 2024}])
@pytest.mark.parametrize("ask", ["search", "answer", "answers"])
def test_a_bound_that_cannot_be_meant(ask: str, bound: Any) -> None:
    (name,) = bound
    with pytest.raises(QuestionError, match=f"^{name} is "):
        getattr(Retriever.build([MARKET]), ask)("Chợ nổi có bao nhiêu ghe?", **bound)


@pytest.mark.parametrize("question", [None, 5, b"Ai?"])
def test_what_is_no_question(question: Any) -> None:
    retriever = Retriever.build([MARKET])
    for ask in (retriever.search, retriever.understand, retriever.converse().ask):
        with pytest.raises(QuestionError, match="hand over a str"):
            ask(question)


def test_nothing_is_there_under_what_is_no_id(build: Callable[..., Retriever]) -> None:
    retriever = build(MARKET)
    for identity in ("\ud800", "", None, 5):
        assert retriever.document(identity) is None  # type: ignore[arg-type]
        assert retriever.remove([identity]) == 0  # type: ignore[list-item]
    assert retriever.search("Chợ nổi", source="\ud800") == []


def test_a_moment_is_taken_for_its_day(build: Callable[..., Retriever]) -> None:
    retriever = build(Document("a", "Chợ họp sáng sớm.", published=datetime.datetime(2024, 5, 2, 7, 30)))
    assert [each.published for each in retriever.documents()] == [datetime.date(2024, 5, 2)]


def test_what_is_pinned_is_read_as_it_is_meant() -> None:
    retriever = Retriever.build([MARKET])
    pinned = retriever.pin("Ｃｈợ　họp ngày nào\ud800?", "Ngày\u00a0rằm\ud800.", source="Ban　quản lý")
    assert (pinned.text, pinned.source) == ("Ngày rằm\ufffd.", "Ban quản lý")
    assert retriever.answer("Chợ họp ngày nào?").pinned == pinned


def test_an_index_cannot_be_at_a_path_that_no_file_has() -> None:
    with pytest.raises(IndexError_, match="tên quá dài"):
        Retriever.open("a" * 300)


def test_dates_the_wrong_way_round() -> None:
    since, until = datetime.date(2024, 5, 2), datetime.date(2024, 5, 1)
    with pytest.raises(QuestionError, match="exchange"):
        Retriever.build([MARKET]).search("Chợ nổi", since=since, until=until)


def test_records_become_json() -> None:
    answer = Retriever.build([PAGODA, MARKET]).answer(QUESTION, explain=True)
    said = json.loads(json.dumps(answer.to_dict()))
    first = said["hits"][0]
    assert said["answered"] is True
    assert first["document"]["published"] == "2022-08-09"
    assert first["document"]["meta"] == {"kệ": 7, "nhãn": ["làng", None, {"sâu": 1.5}]}
    assert first["document"]["blocks"][1]["kind"] == "paragraph"
    assert first["passage"]["text"] == answer.hits[0].passage.text
    assert said["query"]["terms"][0]["text"] == answer.query.terms[0].text
    assert answer.hits[0].to_dict() == first
    for record in (
        PAGODA,
        PAGODA.blocks[0],
        answer.hits[0].passage,
        answer.query,
        answer.hits[0].explanation[0],
    ):
        assert json.loads(json.dumps(record.to_dict())) == record.to_dict()


def test_meta_comes_back_on_hits(build: Callable[..., Retriever]) -> None:
    assert build(PAGODA, MARKET).search(QUESTION)[0].document.meta == PAGODA.meta


def test_a_document_by_its_id(build: Callable[..., Retriever]) -> None:
    retriever = build(PAGODA, MARKET)
    assert retriever.document("chùa") == PAGODA
    assert retriever.document("không có") is None
    retriever.remove("chùa")
    assert retriever.document("chùa") is None


def test_a_batch_is_answered_to_its_end() -> None:
    retriever = Retriever.build([PAGODA, MARKET])
    questions = [QUESTION, "", "Chợ nổi Tân Phú họp từ mấy giờ?", "?!"]
    answers = list(retriever.answers(iter(questions), limit=1))
    assert answers[0] == retriever.answer(QUESTION, limit=1)
    assert answers[2].hits[0].document == MARKET
    assert [(answers[place].hits, answers[place].question) for place in (1, 3)] == [((), ""), ((), "?!")]


def test_a_closed_retriever_says_so(build: Callable[..., Retriever]) -> None:
    with build(PAGODA) as retriever:
        assert retriever.answer(QUESTION).answered
    for use in (
        lambda: retriever.answer(QUESTION),
        lambda: retriever.add([MARKET]),
        lambda: retriever.document("chùa"),
        lambda: list(retriever.documents()),
    ):
        with pytest.raises(IndexError_, match="đã đóng; hãy mở lại"):
            use()
    retriever.close()


def test_a_closed_index_can_be_opened_again(tmp_path: Path) -> None:
    with Retriever.build([PAGODA], path=tmp_path / "index"):
        pass
    with Retriever.open(tmp_path / "index") as again:
        assert again.answer(QUESTION).answered


def test_search_finds_what_answer_finds_without_emphasis() -> None:
    retriever = Retriever.build([PAGODA, MARKET])
    found, answer = retriever.search(QUESTION, limit=3), retriever.answer(QUESTION, limit=3)
    assert [(hit.passage, hit.score, hit.rank) for hit in found] == [
        (hit.passage, hit.score, hit.rank) for hit in answer.hits
    ]
    assert all(hit.highlight is None for hit in found)


def test_scores_fall_with_rank_and_their_parts_add_up() -> None:
    documents = [
        Document("đồng", "Trường Đồng Xanh họp. Năm qua, nhà trường trồng được 40 cây."),
        Document("núi", "Trường Núi Cao trồng được 75 cây trong năm qua, theo thầy hiệu trưởng Núi Cao."),
        Document("sông", "Trường Sông Dài năm qua trồng được 91 cây."),
    ]
    answer = Retriever.build(documents).answer(
        "Năm qua, trường Đồng Xanh trồng được bao nhiêu cây?", explain=True
    )
    assert answer.hits[0].document.id == "đồng"
    assert all(one.score >= other.score for one, other in itertools.pairwise(answer.hits))
    for hit in answer.hits:
        assert sum(part.share for part in hit.explanation) == pytest.approx(hit.score, abs=1e-6)


def test_questions_from_many_threads_while_documents_come_and_go(build: Callable[..., Retriever]) -> None:
    retriever = build(PAGODA, MARKET)
    right = retriever.answer(QUESTION).text
    done = threading.Event()
    changes: list[int] = []

    def change() -> None:
        while not done.is_set():
            number = len(changes)
            retriever.add([Document(f"thêm {number % 5}", f"Xóm {number} có {number} mái nhà ngói.")])
            changes.append(number)

    texts: list[str | None] = []
    with ThreadPoolExecutor(5) as pool:
        changing = pool.submit(change)
        while not changing.done() and (len(texts) < 60 or len(changes) < 3):
            texts += pool.map(lambda _: retriever.answer(QUESTION).text, range(20))
        done.set()
        changing.result()
    assert len(changes) >= 3
    assert set(texts) == {right}


def test_a_second_writer_is_told_to_wait(build: Callable[..., Retriever]) -> None:
    retriever = build(MARKET)

    def slowly() -> Any:
        with pytest.raises(IndexLocked, match="một luồng khác"), ThreadPoolExecutor(1) as pool:
            pool.submit(retriever.remove, ["chợ"]).result()
        yield PAGODA

    retriever.add(slowly())
    assert {each.id for each in retriever.documents()} == {"chợ", "chùa"}
