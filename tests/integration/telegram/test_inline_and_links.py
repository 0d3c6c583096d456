"""Does the bot answer in other chats, and from links?"""

from __future__ import annotations

import base64

import pytest

from bot.channels.telegram import words
from tests.integration.telegram.botapi import Person
from tests.integration.telegram.running import Running
from tests.integration.telegram.seen import labels, marked

pytestmark = pytest.mark.anyio
QUESTION = "Sóc Trăng kết nạp bao nhiêu đảng viên?"


async def test_inline_offers_several_passages_the_answer_first(an: Person) -> None:
    answer = await an.inline(QUESTION)
    first, *others = answer["results"]
    assert first["title"] == "7.448"
    assert marked(first, "bold") == ["7.448"]
    assert QUESTION in first["text"]
    assert "Báo Đồng Khởi · 07/02/2020" in first["text"]
    assert others
    assert 0 < int(answer["cache_time"]) <= 300


async def test_inline_results_carry_only_buttons_that_work_anywhere(an: Person) -> None:
    first = (await an.inline(QUESTION))["results"][0]
    assert all("callback_data" not in b for row in first["reply_markup"]["inline_keyboard"] for b in row)


async def test_the_button_above_inline_results_asks_the_same_in_private(an: Person) -> None:
    answer = await an.inline(QUESTION)
    assert answer["button"]["text"] == words.INLINE_MORE
    reply = await an.ask(f"/start {answer['button']['start_parameter']}")
    assert marked(reply, "bold") == ["7.448"]


async def test_a_question_too_long_for_a_link_is_kept_behind_a_key(an: Person) -> None:
    long = "Trong những năm vừa qua thì Sóc Trăng kết nạp được tất cả là bao nhiêu đảng viên?"
    answer = await an.inline(long)
    assert answer["button"]["start_parameter"].startswith("k_")
    assert marked(await an.ask(f"/start {answer['button']['start_parameter']}"), "bold") == ["7.448"]


@pytest.mark.parametrize("typed", ["", "a", "???", "🙂🙂🙂🙂", "x" * 600, "hỏng hỏng"])
async def test_inline_without_a_result_still_shows_the_way_in(an: Person, typed: str) -> None:
    answer = await an.inline(typed)
    assert answer["results"] == []
    assert answer["button"]["text"] == words.INLINE_OPEN


async def test_inline_shows_near_passages_as_such(an: Person) -> None:
    answer = await an.inline("Cà Mau kết nạp bao nhiêu đảng viên?")
    assert "Cà Mau" in answer["results"][0]["text"]
    assert marked(answer["results"][0], "bold") == []


async def test_markup_in_inline_questions_is_shown_as_it_is(an: Person) -> None:
    answer = await an.inline("<b>Sóc Trăng</b> kết nạp bao nhiêu đảng viên?")
    assert "<b>Sóc Trăng</b>" in answer["results"][0]["text"]


@pytest.mark.parametrize(
    "parameter",
    [
        "q_" + base64.urlsafe_b64encode("Sóc Trăng kết nạp đảng viên?".encode()).decode().rstrip("="),
        "q_Sóc-Trăng_kết_nạp_đảng_viên",
    ],
)
async def test_a_link_asks_its_question(an: Person, parameter: str) -> None:
    reply = await an.ask(f"/start {parameter}")
    assert "Sóc" in reply["text"].splitlines()[0]
    assert "7.448" in reply["text"]


@pytest.mark.parametrize("parameter", ["k_khongcokhoanay", "xyz", "q_", "chao", "q_----"])
async def test_a_link_that_holds_no_question_greets(an: Person, parameter: str) -> None:
    assert labels(await an.ask(f"/start {parameter}"))


async def test_an_inline_result_arrives_in_a_group_without_an_answer_of_the_bots(
    an: Person, bot: Running
) -> None:
    shown = (await an.inline(QUESTION))["results"][0]["text"]
    an.say(shown, via_bot=bot.api.world.bot)
    reply = await an.ask(QUESTION)
    assert an.replies == [reply]
