"""Does each button do what it says: fresh, old, and forged?"""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels import words as shared
from bot.channels.statistics import read_summary
from bot.channels.telegram import words
from tests.integration.telegram.botapi import Group, Person
from tests.integration.telegram.botapi.people import button
from tests.integration.telegram.running import Running
from tests.integration.telegram.seen import labels, marked
from tests.integration.telegram.shelf import Shelf

pytestmark = pytest.mark.anyio
QUESTION = "Sóc Trăng kết nạp bao nhiêu đảng viên?"
SECOND = "nhiều cách làm hay"


async def shows(place: Any, message: dict[str, Any], text: str) -> dict[str, Any]:
    """The message as it is once it holds `text`."""
    await place.until(lambda: text in place.chat.messages[message["message_id"]]["text"])
    return dict(place.chat.messages[message["message_id"]])


async def offers(place: Any, message: dict[str, Any], label: str, *, offered: bool = True) -> dict[str, Any]:
    """The message as it is once it has a button like this, or no longer has it."""
    identifier = message["message_id"]
    await place.until(
        lambda: any(label in shown for shown in labels(place.chat.messages[identifier])) == offered
    )
    return dict(place.chat.messages[identifier])


async def test_pages_turn_forth_and_back_in_the_same_message(an: Person) -> None:
    card = await an.ask(QUESTION)
    await an.tap(card, "▶")
    second = await shows(an, card, SECOND)
    assert {"◀ Đoạn 1/3", "Đoạn 3/3 ▶"} <= set(labels(second))
    assert marked(second, "bold") == []
    await an.tap(second, "▶")
    third = await offers(an, card, "◀ Đoạn 2/3")
    assert not any("▶" in label for label in labels(third))
    await an.tap(third, "◀")
    await an.tap(await shows(an, card, SECOND), "◀")
    assert marked(await shows(an, card, "7.448"), "bold") == ["7.448"]
    assert len(an.replies) == 1


async def test_context_is_shown_in_a_folded_quote_with_the_passage_in_it(an: Person) -> None:
    card = await an.ask(QUESTION)
    await an.tap(card, "Ngữ cảnh")
    wide = await shows(an, card, "Trong đó có nhiều người trẻ")
    (folded,) = marked(wide, "expandable_blockquote")
    assert SECOND in folded
    assert not any("Ngữ cảnh" in label for label in labels(wide))


async def test_typing_next_goes_on_from_the_page_that_the_button_showed(an: Person) -> None:
    card = await an.ask(QUESTION)
    await an.tap(card, "▶")
    await shows(an, card, SECOND)
    reply = await an.ask("tiếp")
    assert "◀ Đoạn 2/3" in labels(reply)


async def test_pressing_a_page_that_is_shown_already_is_harmless(an: Person) -> None:
    card = await an.ask(QUESTION)
    next_one = button(card, "▶")["callback_data"]
    await an.tap(card, "▶")
    second = await shows(an, card, SECOND)
    for _ in range(4):
        await an.press_data(an.user, second, next_one)
    assert len(an.replies) == 1


async def test_a_good_vote_is_thanked_and_counted_once(an: Person, bot: Running) -> None:
    before = summary(bot)
    card = await an.ask(QUESTION)
    assert (await an.tap(card, "👍"))["text"] == shared.THANKS_GOOD
    await offers(an, card, "👍", offered=False)
    await an.tap(card, "👍")
    assert summary(bot).good == before.good + 1


async def test_a_bad_vote_asks_why_and_takes_a_reason(an: Person, bot: Running) -> None:
    before = summary(bot)
    card = await an.ask(QUESTION)
    assert (await an.tap(card, "👎"))["text"] == shared.THANKS_BAD
    asked = await offers(an, card, shared.REASONS["old"])
    assert set(labels(asked)) == {*shared.REASONS.values(), shared.SKIP_REASON}
    assert (await an.tap(asked, shared.REASONS["old"]))["text"] == shared.THANKS_REASON
    again = await offers(an, card, "▶")
    assert "👎" not in labels(again)
    assert summary(bot).bad == before.bad + 1
    assert summary(bot).complaints[0] == (shared.REASONS["old"], QUESTION)


async def test_a_reason_need_not_be_given(an: Person) -> None:
    card = await an.ask(QUESTION)
    await an.tap(card, "👎")
    await an.tap(await offers(an, card, shared.SKIP_REASON), shared.SKIP_REASON)
    await offers(an, card, "▶")


def summary(bot: Running) -> Any:
    return read_summary(bot.state, setting="telegram.state")


async def test_in_a_group_everybody_may_vote_once(an: Person, bot: Running) -> None:
    group, binh = Group(bot.api), Person(bot.api, "Bình")
    before = summary(bot)
    card = await group.reply_to(group.say(an, f"/hoi {QUESTION}"))
    for person in (an, binh, binh):
        await group.press(person.user, card, "👍")
    assert summary(bot).good == before.good + 2


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "n",
        "n.",
        "n.khongcotrongsotay",
        "z.abc",
        "../../etc/passwd",
        "q999999.abc",
        "n.' OR '1'='1",
        "d0.abcdef",
        "r" * 64,
        "👍",
    ],
)
async def test_a_forged_button_gets_a_polite_answer(an: Person, forged: str) -> None:
    card = await an.ask(QUESTION)
    assert (await an.press_data(an.user, card, forged))["text"] == words.OLD_BUTTON


async def test_a_button_of_another_chat_is_not_taken(an: Person, bot: Running) -> None:
    binh = Person(bot.api, "Bình")
    card = await an.ask(QUESTION)
    other = await binh.ask(QUESTION)
    stolen = button(card, "▶")["callback_data"]
    assert (await binh.press_data(binh.user, other, stolen))["text"] == words.OLD_BUTTON


async def test_a_real_key_under_another_message_is_not_taken(an: Person) -> None:
    card = await an.ask(QUESTION)
    other = await an.ask(QUESTION)
    data = button(card, "▶")["callback_data"]
    assert (await an.press_data(an.user, other, data))["text"] == words.OLD_BUTTON


@pytest.mark.parametrize("code", ["q0", "q7", "d0", "k0", "a", "rkhongco"])
async def test_a_real_key_with_another_action_does_nothing_bad(an: Person, code: str) -> None:
    card = await an.ask("Huyện Lục Ngạn có bao nhiêu ha vải?")
    key = button(card, "👍")["callback_data"].partition(".")[2]
    answer = await an.press_data(an.user, card, f"{code}.{key}")
    assert answer["text"] in ("", words.OLD_BUTTON)


async def test_an_old_button_whose_message_telegram_no_longer_shows_is_answered(an: Person) -> None:
    card = await an.ask(QUESTION)
    gone = {"chat": an.chat.about, "message_id": card["message_id"], "date": 0}
    data = button(card, "▶")["callback_data"]
    assert (await an.press_data(an.user, gone, data))["text"] == ""
    await shows(an, card, SECOND)


async def test_a_card_deleted_by_its_reader_is_sent_anew(an: Person) -> None:
    card = await an.ask(QUESTION)
    del an.chat.messages[card["message_id"]]
    await an.tap(card, "▶")
    assert SECOND in (await an.reply())["text"]


async def test_a_page_that_cant_be_found_any_more_is_answered_kindly(an: Person, shelf: Shelf) -> None:
    card = await an.ask(QUESTION)
    shelf.unreadable = True
    try:
        assert (await an.tap(card, "▶"))["text"] == words.WAIT_FOR_PAGE
        assert (await an.tap(card, "👍"))["text"] == shared.THANKS_GOOD
    finally:
        shelf.unreadable = False


async def test_pages_turn_without_a_search(an: Person, shelf: Shelf) -> None:
    card = await an.ask(QUESTION)
    shelf.broken = True
    try:
        await an.tap(card, "▶")
        await shows(an, card, SECOND)
    finally:
        shelf.broken = False


async def test_a_long_answers_pages_leave_no_rest_behind(an: Person) -> None:
    await an.ask("Chuyện con đường dài qua làng kết thúc ở đâu, Sóc Trăng có nhiều cách?")
    whole = await an.until(lambda: next((m for m in an.replies if labels(m)), None))
    assert len(an.replies) > 1
    await an.tap(whole, "▶")
    await an.until(lambda: len(an.replies) == 1)
    assert SECOND in an.replies[0]["text"] or "Sóc Trăng" in an.replies[0]["text"]
    await an.tap(an.replies[0], "◀")
    await an.until(lambda: len(an.replies) > 1 and labels(an.replies[-1]))
