"""Does a conversation hold together, on a real corpus? What is carried over, and what is not."""

from __future__ import annotations

import pytest

from bot.conversation import Responder, Turns
from bot.reply import Quote, Reply, Text
from retrieval import Document, Retriever

ARTICLES = [
    Document(
        "ba-lang",
        "Xã Ba Láng có 12 ấp. Xã trồng 450 héc-ta lúa trong năm 2019. Năm 2020, xã trồng 470 héc-ta lúa. "
        "Chủ tịch xã là ông Lê Văn Mẫu. Ông Mẫu nhận việc từ năm 2017.",
        title="Xã Ba Láng được mùa",
    ),
    Document(
        "my-thu",
        "Xã Mỹ Thử có 9 ấp. Xã trồng 380 héc-ta lúa trong năm 2019. Chủ tịch xã là bà Trần Thị Ví.",
        title="Xã Mỹ Thử làm đường",
    ),
    Document(
        "chim",
        "Vườn chim bên sông nuôi hơn 20 loài cò. Người giữ vườn chim đếm được 3.000 tổ trong mùa mưa.",
        title="Một vườn chim bên sông",
    ),
]


@pytest.fixture(scope="module")
def responder() -> Responder:
    return Responder(Retriever.build(ARTICLES))


def talk(responder: Responder, *messages: str) -> Reply:
    turns: Turns = ()
    for message in messages:
        reply, turns = responder.respond(message, turns)
    return reply


def shown(reply: Reply) -> str:
    return next(block.text for block in reply.blocks if isinstance(block, Quote))


def understood(reply: Reply) -> str | None:
    first = reply.blocks[0]
    return first.text if isinstance(first, Text) and first.text.startswith("Hiểu là: ") else None


def test_a_contrast_goes_to_the_other_article_and_says_how_it_was_understood(responder: Responder) -> None:
    reply = talk(responder, "Xã Ba Láng có bao nhiêu ấp?", "Còn Mỹ Thử thì sao?")
    assert understood(reply) == "Hiểu là: Xã Mỹ Thử có bao nhiêu ấp?"
    assert "9 ấp" in shown(reply)


def test_an_omission_stays_with_the_article(responder: Responder) -> None:
    reply = talk(responder, "Xã Ba Láng có bao nhiêu ấp?", "Chủ tịch xã là ai?")
    assert understood(reply) is not None
    assert "Lê Văn Mẫu" in shown(reply)


def test_a_question_on_something_else_carries_nothing_over(responder: Responder) -> None:
    reply = talk(responder, "Xã Ba Láng có bao nhiêu ấp?", "Người giữ vườn chim đếm được bao nhiêu tổ?")
    assert understood(reply) is None
    assert "3.000 tổ" in shown(reply)


def test_what_was_carried_over_can_be_left_out(responder: Responder) -> None:
    _, turns = responder.respond("Xã Ba Láng có bao nhiêu ấp?")
    reply, _ = responder.respond("Còn Mỹ Thử thì sao?", turns)
    offered = reply.action("ask_alone")
    assert offered is not None
    alone, _ = responder.respond(offered.value, turns, alone=True)
    assert understood(alone) is None


def test_a_chain_leans_on_what_was_understood_not_on_what_was_typed(responder: Responder) -> None:
    reply = talk(
        responder, "Năm 2019 xã Mỹ Thử trồng bao nhiêu héc-ta lúa?", "Còn Ba Láng?", "Thế năm 2020 thì sao?"
    )
    assert understood(reply) == "Hiểu là: Năm 2020 xã Ba Láng trồng bao nhiêu héc-ta lúa?"
    assert "470" in shown(reply)


def test_examples_come_from_the_corpus_and_are_answered(responder: Responder) -> None:
    assert responder.examples
    for example in responder.examples:
        assert talk(responder, example).kind == "answer"
