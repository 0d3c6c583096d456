"""Can an admin pin an answer by replying to a question, in private and in a group, and nobody else?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram import words
from retrieval import Document, Retriever
from tests.integration.telegram.botapi import FakeBotApi, Group, Person
from tests.integration.telegram.running import ADMIN, running, settings_for

pytestmark = pytest.mark.anyio
MARKET = Document("cho.md", "Chợ Bình Phú có 120 sạp rau và 45 sạp cá.", "Chợ Bình Phú")
QUESTION = "Bãi xe chợ Hòa Lạc mở cửa lúc mấy giờ?"
PIN = "/ghim Từ 4 giờ sáng.\nKể cả ngày lễ.\nNguồn: Ban quản lý chợ"
PINNED = "Câu trả lời được ghim bởi người quản trị:"


@pytest.fixture
def api(own_api: FakeBotApi) -> FakeBotApi:
    return own_api


async def told(person: Person, text: str, **extra: Any) -> str:
    return str((await person.ask(text, **extra))["text"])


async def test_an_admin_pins_what_found_nothing_and_takes_it_off(api: FakeBotApi, tmp_path: Path) -> None:
    an, admin = Person(api), Person(api, identifier=ADMIN)
    corpus = Retriever.build([MARKET], path=tmp_path / "index")
    async with running(api, settings_for(tmp_path), corpus=corpus) as bot:
        tally = bot.service._parts.tally
        assert PINNED not in await told(an, QUESTION)
        missed = await admin.ask(QUESTION)
        assert [one.amount for one in tally.summary().missed] == [2]
        said = await told(admin, PIN, reply_to_message=missed)
        assert said == words.PIN_DONE.format(question=QUESTION, number=1)
        assert tally.summary().missed == ()
        answer = await told(an, "mấy giờ bãi xe chợ Hòa Lạc mở cửa ạ")
        assert answer.startswith(PINNED)
        assert "Từ 4 giờ sáng.\nKể cả ngày lễ." in answer
        assert "Ban quản lý chợ · ghim ngày " in answer
        assert words.PIN_TWICE.format(question=QUESTION, number=1) == await told(
            admin, PIN, reply_to_message=missed
        )
        listed = await told(admin, "/ghim")
        assert listed.startswith(f"1. {QUESTION}")
        assert await told(admin, "/boghim 2") == words.PIN_GONE
        assert await told(admin, "/boghim 1") == words.PIN_REMOVED.format(number=1)
        assert PINNED not in await told(an, QUESTION)


async def test_an_admin_pins_in_a_group_by_replying_to_the_bot(api: FakeBotApi, tmp_path: Path) -> None:
    an, admin = Person(api), Person(api, identifier=ADMIN)
    group = Group(api)
    async with running(
        api, settings_for(tmp_path), corpus=Retriever.build([MARKET]), added=tmp_path / "added"
    ):
        reply = await group.reply_to(group.say(an, f"/hoi {QUESTION}"))
        done = await group.reply_to(group.say(admin, PIN, reply_to_message=reply))
        assert words.PIN_UNTIL_STOP in done["text"]
        again = await group.reply_to(group.say(an, f"/hoi {QUESTION}"))
        assert again["text"].startswith(PINNED)


async def test_others_cannot_pin(api: FakeBotApi, tmp_path: Path) -> None:
    an, admin = Person(api), Person(api, identifier=ADMIN)
    corpus = Retriever.build([MARKET])
    async with running(api, settings_for(tmp_path), corpus=corpus):
        missed = await an.ask(QUESTION)
        assert "Tôi không biết lệnh này" in await told(an, PIN, reply_to_message=missed)
        assert "Tôi không biết lệnh này" in await told(an, "/boghim 1")
        assert await told(admin, "/ghim") == f"{words.PIN_NONE}\n\n{words.HOW_TO_PIN}"
        assert corpus.pins() == ()


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("/ghim Từ 4 giờ sáng.", words.HOW_TO_PIN),
        ("/ghim Nguồn: Ban quản lý chợ", words.HOW_TO_PIN),
        ("/ghim Từ 4 giờ sáng.\nNguồn:  ", words.HOW_TO_PIN),
        ("/boghim mot", words.HOW_TO_PIN),
        ("/boghim", words.HOW_TO_PIN),
        ("/ghim " + "x" * 2001 + "\nNguồn: Ban quản lý chợ", words.PIN_REFUSED),
    ],
)
async def test_what_cannot_be_pinned_is_explained(
    api: FakeBotApi, tmp_path: Path, said: str, wanted: str
) -> None:
    admin = Person(api, identifier=ADMIN)
    async with running(api, settings_for(tmp_path), corpus=Retriever.build([MARKET])):
        missed = await admin.ask(QUESTION)
        assert await told(admin, said, reply_to_message=missed) == wanted
        assert await told(admin, "/ghim Từ 4 giờ sáng.\nNguồn: Ban quản lý") == words.HOW_TO_PIN


async def test_a_pinned_answer_is_offered_in_other_chats(api: FakeBotApi, tmp_path: Path) -> None:
    an = Person(api)
    corpus = Retriever.build([MARKET])
    corpus.pin(QUESTION, "Từ 4 giờ sáng.", source="Ban quản lý chợ")
    async with running(api, settings_for(tmp_path), corpus=corpus):
        offered = await an.inline(QUESTION)
        assert "Từ 4 giờ sáng." in str(offered)
