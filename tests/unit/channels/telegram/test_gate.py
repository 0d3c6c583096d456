"""Is each kind of message told apart: meant for the bot, or for people?"""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from telegram import Chat, Message, MessageEntity, User

from bot.channels.telegram.gate import Call, read

ME = User(id=42, first_name="Hỏi Đáp", is_bot=True, username="hoi_dap_thu_bot")
AN = User(id=7, first_name="An", is_bot=False)


def message(text: str | None, *, kind: str = "supergroup", **more: Any) -> Message:
    return Message(
        message_id=1,
        date=datetime.datetime.now(datetime.UTC),
        chat=Chat(id=-100, type=kind),
        from_user=more.pop("from_user", AN),
        text=text,
        **more,
    )


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("Ai là bí thư?", Call("private", "Ai là bí thư?")),
        ("/hoi Ai là bí thư?", Call("private", "Ai là bí thư?", "hoi")),
        ("/HOI\nAi là bí thư?", Call("private", "Ai là bí thư?", "hoi")),
        ("/hoi@hoi_dap_thu_bot", Call("private", "", "hoi")),
        ("/ không phải lệnh", Call("private", "/ không phải lệnh")),
        ("", Call("private", "")),
        (None, Call("private", "")),
    ],
)
def test_in_private_everything_is_meant_for_the_bot(text: str | None, call: Call) -> None:
    assert read(message(text, kind="private"), ME) == call


def test_another_bots_command_is_not() -> None:
    assert read(message("/hoi@khac_bot x", kind="private"), ME) is None


def test_a_text_mention_of_the_bot_counts_as_its_name() -> None:
    entity = MessageEntity("text_mention", 0, 7, user=ME)
    assert read(message("Hỏi Đáp ơi, ai là bí thư?", entities=[entity]), ME) == Call(
        "mention", "ơi, ai là bí thư?"
    )


def test_a_mention_after_an_emoji_is_found_by_utf_16_offsets() -> None:
    text = "😀 @hoi_dap_thu_bot ai là bí thư?"
    call = read(message(text, entities=[MessageEntity("mention", 3, 16)]), ME)
    assert call == Call("mention", "😀 ai là bí thư?")


def test_a_name_that_only_begins_like_the_bots_is_not_its_name() -> None:
    entity = MessageEntity("mention", 0, 18)
    assert read(message("@hoi_dap_thu_bot_2 ai?", entities=[entity]), ME) is None


def test_only_a_reply_leaves_it_unsure_that_the_bot_was_meant() -> None:
    original = message("Câu trả lời", from_user=ME)
    call = read(message("Còn năm 2018?", reply_to_message=original), ME)
    assert call == Call("reply", "Còn năm 2018?")
    assert call is not None
    assert not call.sure


def test_channels_are_not_answered() -> None:
    assert read(message("/hoi x", kind="channel", from_user=None), ME) is None
