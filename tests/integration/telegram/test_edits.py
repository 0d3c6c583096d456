"""Does an edited question change its reply, instead of getting a second one?"""

from __future__ import annotations

import pytest

from tests.integration.telegram.botapi import Group, Person
from tests.integration.telegram.running import Running
from tests.integration.telegram.seen import marked

pytestmark = pytest.mark.anyio
QUESTION = "Sóc Trăng kết nạp bao nhiêu đảng viên?"
OTHER = "Huyện Lục Ngạn có bao nhiêu ha vải?"


async def test_an_edited_question_changes_its_reply(an: Person) -> None:
    asked = an.say(OTHER)
    reply = await an.reply_to(asked)
    an.change(asked, QUESTION)
    await an.until(lambda: "7.448" in an.chat.messages[reply["message_id"]]["text"])
    assert marked(an.chat.messages[reply["message_id"]], "bold") == ["7.448"]
    assert len(an.replies) == 1


async def test_small_talk_edited_into_a_question_is_answered_in_place(an: Person) -> None:
    asked = an.say("cảm ơn")
    reply = await an.reply_to(asked)
    an.change(asked, QUESTION)
    await an.until(lambda: "7.448" in an.chat.messages[reply["message_id"]]["text"])
    assert len(an.replies) == 1


async def test_an_edit_right_after_the_question_gives_one_reply(an: Person) -> None:
    asked = an.say(OTHER)
    an.change(asked, QUESTION)
    await an.until(lambda: an.replies and "7.448" in an.replies[0]["text"])
    assert len(an.replies) == 1


async def test_an_edit_that_changes_nothing_changes_nothing(an: Person) -> None:
    asked = an.say(QUESTION)
    reply = await an.reply_to(asked)
    an.change(asked, QUESTION)
    later = await an.ask(OTHER)
    assert an.replies == [reply, later]
    assert "edit_date" not in an.chat.messages[reply["message_id"]]


async def test_an_edited_question_whose_reply_was_deleted_is_answered_anew(an: Person) -> None:
    asked = an.say(OTHER)
    reply = await an.reply_to(asked)
    del an.chat.messages[reply["message_id"]]
    an.change(asked, QUESTION)
    assert "7.448" in (await an.reply_to(asked))["text"]


async def test_an_edit_of_long_ago_that_had_no_answer_is_left_alone(an: Person) -> None:
    old = an.api.world.add_message(an.chat, an.user, text="x")
    old["date"] -= 400_000
    an.change(old, QUESTION)
    old["edit_date"] = old["date"] + 399_000
    an.api.world.push("edited_message", dict(old))
    later = await an.ask(OTHER)
    assert [
        m
        for m in an.replies
        if m.get("reply_to_message", {}).get("message_id") == later["reply_to_message"]["message_id"]
    ]


async def test_an_edit_in_a_group_passes_the_same_gate(an: Person, bot: Running) -> None:
    group = Group(bot.api)
    said = group.say(an, "chuyện phiếm")
    group.change(said, "chuyện phiếm khác")
    asked = group.say(an, f"/hoi {OTHER}")
    reply = await group.reply_to(asked)
    group.change(asked, f"/hoi {QUESTION}")
    await group.until(lambda: "7.448" in group.chat.messages[reply["message_id"]]["text"])
    assert len(group.replies) == 1


async def test_a_place_that_moves_is_no_edited_question(an: Person) -> None:
    live = an.api.world.add_message(an.chat, an.user, location={"latitude": 1.0, "longitude": 2.0})
    an.api.world.push("edited_message", {**live, "edit_date": live["date"] + 5})
    reply = await an.ask(QUESTION)
    assert an.replies == [reply]
