"""A group that becomes a supergroup gets another id: is it still the same group to the bot?"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.telegram.store import Store
from tests.integration.telegram.botapi import BasicGroup, FakeBotApi, Person
from tests.integration.telegram.running import running, settings_for

pytestmark = pytest.mark.anyio
QUESTION = "Sóc Trăng kết nạp bao nhiêu đảng viên?"


@pytest.fixture
def api(own_api: FakeBotApi) -> FakeBotApi:
    return own_api


async def test_an_allowed_group_stays_allowed(api: FakeBotApi, tmp_path: Path) -> None:
    an, group = Person(api), BasicGroup(api)
    settings = settings_for(tmp_path, allow_groups=(group.identifier,))
    async with running(api, settings):
        await group.reply_to(group.say(an, f"/hoi {QUESTION}"))
        grown = group.upgrade(an)
        assert "7.448" in (await grown.reply_to(grown.say(an, f"/hoi {QUESTION}")))["text"]
    async with running(api, settings):  # after a restart, too
        assert "7.448" in (await grown.reply_to(grown.say(an, f"/hoi {QUESTION}")))["text"]


async def test_a_blocked_group_stays_blocked(api: FakeBotApi, tmp_path: Path) -> None:
    an, group, other = Person(api), BasicGroup(api), BasicGroup(api)
    settings = settings_for(tmp_path, block_groups=(group.identifier,))
    async with running(api, settings):
        grown = group.upgrade(an)
        grown.say(an, f"/hoi {QUESTION}")
        await other.reply_to(other.say(an, f"/hoi {QUESTION}"))
        assert grown.replies == []
    async with running(api, settings):
        grown.say(an, f"/hoi {QUESTION}")
        await other.reply_to(other.say(an, f"/hoi {QUESTION}"))
        assert grown.replies == []


async def test_the_conversation_goes_on(api: FakeBotApi, tmp_path: Path) -> None:
    an, binh, group = Person(api), Person(api), BasicGroup(api)
    async with running(api, settings_for(tmp_path)) as bot:
        await group.reply_to(group.say(an, f"/hoi {QUESTION}"))
        store = bot.service._store
        before = store.conversation(f"{group.identifier}:0:{an.identifier}")
        assert before != ()
        grown = group.upgrade(an)
        await grown.reply_to(grown.say(binh, f"/hoi {QUESTION}"))
        assert store.conversation(f"{grown.identifier}:0:{an.identifier}") == before
        assert store.conversation(f"{group.identifier}:0:{an.identifier}") == ()


async def test_a_move_that_nobody_told_of_is_learnt_when_a_reply_is_refused(
    api: FakeBotApi, tmp_path: Path
) -> None:
    an, group = Person(api), BasicGroup(api)
    async with running(api, settings_for(tmp_path, allow_groups=(group.identifier,))):
        asked = group.say(an, f"/hoi {QUESTION}")
        grown = group.upgrade(an, told=False)
        assert asked["chat"]["id"] == group.identifier
        assert "7.448" in (await grown.reply())["text"]
        await grown.reply_to(grown.say(an, f"/hoi {QUESTION}"))


def test_a_group_that_moves_twice_is_known_by_all_its_ids(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.keep_conversation("-5:0:9", ())
    store.keep_conversation("-55:0:9", ())
    store.move_group(-5, -1005)
    store.move_group(-5, -1005)
    store.move_group(-1005, -1006)
    assert store.former_groups(-1006) == {-5, -1005}
    places = [
        place for (place,) in store.connection.execute("SELECT place FROM conversations ORDER BY place")
    ]
    assert places == ["-1006:0:9", "-55:0:9"]
    store.close()
