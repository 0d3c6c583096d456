"""Does the answer always arrive, whatever Telegram or the network does to it?"""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.channels.telegram.working import MOST
from tests.integration.telegram.botapi import Fault, Forum, Group, Person
from tests.integration.telegram.botapi.people import PATIENCE
from tests.integration.telegram.running import Running
from tests.integration.telegram.seen import buttons, marked
from tests.integration.telegram.shelf import Shelf

pytestmark = pytest.mark.anyio
QUESTION = "Sóc Trăng kết nạp bao nhiêu đảng viên?"


async def test_refused_markup_is_sent_plain(an: Person) -> None:
    an.api.faults.queue("sendMessage", Fault("cant_parse"))
    reply = await an.ask(QUESTION)
    assert "7.448" in reply["text"]
    assert "<b>" not in reply["text"]
    assert reply["entities"] == []
    assert buttons(reply)


async def test_refused_buttons_are_left_out(an: Person) -> None:
    an.api.faults.queue("sendMessage", Fault("cant_parse"), Fault("cant_parse"))
    reply = await an.ask(QUESTION)
    assert "7.448" in reply["text"]
    assert buttons(reply) == []


async def test_refused_markup_in_an_edit_is_edited_plain(an: Person) -> None:
    card = await an.ask(QUESTION)
    an.api.faults.queue("editMessageText", Fault("cant_parse"))
    await an.tap(card, "▶")
    await an.until(lambda: "nhiều cách làm hay" in an.chat.messages[card["message_id"]]["text"])


@pytest.mark.parametrize("kind", ["502", "drop"])
async def test_a_network_fault_is_tried_again_and_gives_one_answer(an: Person, kind: str) -> None:
    an.api.faults.queue("sendMessage", Fault(kind))  # type: ignore[arg-type]
    reply = await an.ask(QUESTION)
    later = await an.ask("cảm ơn")
    assert an.replies == [reply, later]


async def test_a_pause_that_telegram_wants_is_kept_for_that_chat_alone(an: Person, bot: Running) -> None:
    binh = Person(bot.api, "Bình")
    slow = {an.identifier}
    called: list[tuple[int, float]] = []

    def plan(method: str, parameters: dict[str, str]) -> Fault | None:
        if method != "sendMessage":
            return None
        chat = int(parameters["chat_id"])
        called.append((chat, asyncio.get_running_loop().time()))
        if chat in slow:
            slow.discard(chat)
            return Fault("429", seconds=1)
        return None

    bot.api.faults.plan = plan
    try:
        asked = an.say(QUESTION)
        await an.until(lambda: True)
        await binh.ask(QUESTION)
        assert an.replies == []
        assert marked(await an.reply_to(asked), "bold") == ["7.448"]
    finally:
        bot.api.faults.plan = None
    first, second = (at for chat, at in called if chat == an.identifier)
    assert second - first >= 1.0


async def test_a_person_who_blocked_the_bot_harms_nobody(an: Person, bot: Running) -> None:
    def refused() -> int:
        return bot.service.metrics.counted("hoidap_errors_total", "forbidden")

    before, an.chat.blocked = refused(), True
    an.say(QUESTION)
    binh = Person(bot.api, "Bình")
    assert "7.448" in (await binh.ask(QUESTION))["text"]
    async with asyncio.timeout(PATIENCE):
        while refused() == before:  # nothing happens in a chat that refuses, which could be waited for
            await asyncio.sleep(0.01)
    an.chat.blocked = False
    reply = await an.ask(QUESTION)
    assert an.replies == [reply]


async def test_a_topic_that_was_closed_gets_no_answer_elsewhere(bot: Running, an: Person) -> None:
    forum = Forum(bot.api)
    topic = forum.open_topic(an, "Một")
    asked = forum.say_in(topic, an, f"/hoi {QUESTION}")
    forum.chat.threads.clear()
    other = Group(bot.api)
    await other.reply_to(other.say(an, f"/hoi {QUESTION}"))
    await forum.reply_to(forum.say(an, f"/hoi {QUESTION}"))
    assert len(forum.replies) == 1
    assert forum.replies[0]["reply_to_message"]["message_id"] != asked["message_id"]


async def test_an_update_that_comes_twice_is_answered_once(an: Person) -> None:
    asked = an.say(QUESTION)
    update = an.api.world.waiting[-1].update
    reply = await an.reply_to(asked)
    an.api.world.again(update)
    later = await an.ask("cảm ơn")
    assert an.replies == [reply, later]


async def test_an_update_that_comes_late_is_answered_too(an: Person) -> None:
    number = an.api.world.reserve()
    first = await an.ask(QUESTION)
    late = an.api.world.add_message(an.chat, an.user, text=QUESTION)
    an.api.world.push("message", dict(late), update_id=number, late=True)
    assert marked(await an.reply_to(late), "bold") == ["7.448"]
    assert len(an.replies) == 2
    assert first in an.replies


async def test_working_is_shown_only_when_it_takes_long(an: Person, shelf: Shelf) -> None:
    await an.ask(QUESTION)
    assert an.chat.actions == []
    shelf.gate = threading.Event()
    try:
        asked = an.say(QUESTION)
        await an.until(lambda: an.chat.actions)
        await an.until(lambda: an.chat.reactions.get(asked["message_id"]))
        shelf.gate.set()
        await an.reply_to(asked)
        await an.until(lambda: an.chat.reactions[asked["message_id"]][-1] == [])
    finally:
        shelf.gate.set()
        shelf.gate = None
    assert an.chat.reactions[asked["message_id"]][0][0]["emoji"] == "👀"
    assert an.chat.actions[0]["action"] == "typing"


async def test_of_many_who_wait_only_some_are_shown_it(bot: Running, shelf: Shelf) -> None:
    people = [Person(bot.api) for _ in range(MOST + 5)]
    shelf.gate = threading.Event()
    try:
        asked = [person.say(QUESTION) for person in people]
        await people[0].until(lambda: sum(bool(person.chat.actions) for person in people) == MOST)
        await asyncio.sleep(0.5)
        shelf.gate.set()
        for person, message in zip(people, asked, strict=True):
            assert "7.448" in (await person.reply_to(message))["text"]
    finally:
        shelf.gate.set()
        shelf.gate = None
    assert sum(bool(person.chat.actions) for person in people) == MOST
