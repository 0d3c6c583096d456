"""Do turns that are handed on come back as they were, and only what is new get written?"""

from __future__ import annotations

from bot.channels.kept import KeptTurn, keep, read_turns
from retrieval import Retriever, Turn
from tests.unit.channels.test_processes import POOL


def test_turns_come_back_with_all_that_was_understood() -> None:
    with Retriever.build([POOL]) as retriever:
        conversation = retriever.converse()
        conversation.ask("Giá vé người lớn của bể bơi Sông Lam là bao nhiêu?")
        conversation.ask("Còn trẻ em?")
        assert read_turns(keep(conversation.turns)) == conversation.turns


def test_only_what_is_new_is_written() -> None:
    kept = (KeptTurn(b'{"question": "Ai?",   "understood": "Ai?"}'),)
    read = read_turns(kept)
    first, second = keep((*read, Turn("Khi nào?", "Khi nào?")), kept, read)
    assert first is kept[0]
    assert read_turns((second,)) == (Turn("Khi nào?", "Khi nào?"),)


def test_what_another_version_wrote_is_none() -> None:
    good = keep((Turn("Ai?", "Ai?"),))
    for body in (b"null", b"{}", b"[1]", b'{"question": 1}'):
        assert read_turns((*good, KeptTurn(body))) == ()
