"""Does a conversation keep what paging and the next question need, and search no more than it must?"""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from retrieval import Conversation, Document, Retriever, Turn

ARTICLES = [
    Document(
        "vuon-chim",
        "Vườn chim Gáo Giồng nuôi hơn 20 loài cò. Người giữ vườn đếm được 3.000 tổ trong mùa mưa. "
        "Vườn chim mở cửa từ 6 giờ sáng.",
        title="Vườn chim Gáo Giồng",
    ),
    Document("lo-gom", "Lò gốm Mỹ Thiện có 12 thợ. Lò gốm đốt bằng trấu.", title="Lò gốm Mỹ Thiện"),
]
QUESTION = "Vườn chim Gáo Giồng có bao nhiêu tổ?"


@pytest.fixture
def retriever() -> Retriever:
    return Retriever.build(ARTICLES)


def stored(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    return msgspec.json.decode(msgspec.json.encode(turns), type=tuple[Turn, ...])


def counted(retriever: Retriever, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How often the retriever understands and searches from now on."""
    from retrieval import retriever as door
    from retrieval.answering import steps

    homes = {"understand": door, "rank": steps}
    counts = dict.fromkeys(homes, 0)
    for name, module in homes.items():
        real = getattr(module, name)

        def counting(*given: Any, _name: str = name, _real: Any = real, **options: Any) -> Any:
            counts[_name] += 1
            return _real(*given, **options)

        monkeypatch.setattr(module, name, counting)
    return counts


def test_a_turn_is_stored_and_read_back_without_its_live_answer(retriever: Retriever) -> None:
    conversation = retriever.converse()
    turn = conversation.ask(QUESTION)
    assert turn.answer is not None
    assert turn.answered
    assert "3.000" in turn.text
    (again,) = stored(conversation.turns)
    assert again == turn
    assert again.answer is None
    assert turn.to_dict() == again.to_dict() == json.loads(json.dumps(turn.to_dict()))
    assert turn.to_dict()["hits"][0]["document_id"] == "vuon-chim"


def test_a_page_read_again_is_the_page_that_was_found(retriever: Retriever) -> None:
    conversation = retriever.converse(limit=3)
    turn = conversation.ask(QUESTION)
    again = retriever.converse(stored(conversation.turns)).show(0)
    assert again.answer == turn.answer
    assert again == turn


def test_paging_and_context_search_nothing(retriever: Retriever, monkeypatch: pytest.MonkeyPatch) -> None:
    first = retriever.converse()
    first.ask(QUESTION)
    counts = counted(retriever, monkeypatch)
    conversation = retriever.converse(stored(first.turns))
    assert conversation.next().number == 1
    assert conversation.context().context
    assert conversation.previous().number == 0
    assert conversation.show(99).number == len(conversation.turns[-1].hits) - 1
    assert counts == {"understand": 0, "rank": 0}


@pytest.mark.parametrize(
    "question", ["Còn lò gốm Mỹ Thiện?", "Mở cửa lúc mấy giờ?", "Vì sao?", "không, ý tôi là Mỹ Thiện"]
)
def test_a_follow_up_is_searched_at_most_twice(
    retriever: Retriever, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    first = retriever.converse()
    first.ask(QUESTION)
    counts = counted(retriever, monkeypatch)
    retriever.converse(stored(first.turns)).ask(question)
    assert counts["understand"] == 1
    assert 1 <= counts["rank"] <= 2


def test_more_of_the_same_is_shown_without_a_search(
    retriever: Retriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = retriever.converse()
    turn = conversation.ask(QUESTION)
    counts = counted(retriever, monkeypatch)
    more = conversation.ask("nói rõ hơn")
    assert counts["rank"] == 0
    assert (more.question, more.understood, more.hits) == ("nói rõ hơn", turn.understood, turn.hits)
    assert more.context
    assert more.answer == turn.answer


def test_a_follow_up_goes_on_from_the_passage_that_is_shown(retriever: Retriever) -> None:
    conversation = retriever.converse()
    conversation.ask(QUESTION)
    shown = conversation.next().shown
    assert shown is not None
    on = conversation.ask("Mở cửa lúc mấy giờ?").following
    assert on is not None
    assert (on.document_id, on.number) == (shown.document_id, shown.number)


def test_a_document_that_has_changed_is_named_and_its_passages_go(retriever: Retriever) -> None:
    first = retriever.converse()
    first.ask(QUESTION)
    retriever.add([Document("vuon-chim", "Vườn chim Gáo Giồng đã đóng cửa.", title="Vườn chim Gáo Giồng")])
    turn = retriever.converse(stored(first.turns)).show(0)
    assert turn.lost == ("Vườn chim Gáo Giồng",)
    assert not turn.answered
    assert turn.answer is not None
    assert all(hit.document_id != "vuon-chim" for hit in turn.hits)
    assert len(turn.answer.hits) == len(turn.hits)


def test_a_document_that_went_is_named_once(retriever: Retriever) -> None:
    first = retriever.converse()
    first.ask(QUESTION)
    retriever.remove(["vuon-chim"])
    conversation = retriever.converse(stored(first.turns))
    assert conversation.show(0).lost == ("vuon-chim",)
    assert retriever.converse(stored(conversation.turns)).show(0).lost == ()


def test_a_turn_of_an_older_version_is_asked_anew(retriever: Retriever) -> None:
    old = Turn("Bao nhiêu tổ?", QUESTION, answered=True)
    turn = retriever.converse([old]).show(0)
    assert turn.question == "Bao nhiêu tổ?"
    assert "3.000" in turn.text


def test_nothing_can_be_shown_before_a_question(retriever: Retriever) -> None:
    with pytest.raises(LookupError):
        Conversation(retriever).show(0)


def test_a_time_spoken_of_before_is_not_taken_for_a_thing() -> None:
    text = "Đội thuyền Bến Sim thành lập năm 2014 với 12 người. Năm 2014 đội trưởng là ông Lê Cầu."
    conversation = Retriever.build([Document("doi", text, title="Đội thuyền Bến Sim")]).converse()
    conversation.ask("Đội thuyền Bến Sim thành lập năm nào?")
    assert "năm đó" in conversation.ask("Năm đó ai là đội trưởng?").understood.lower()
