"""Does the bot start, stop, come back and give up as it should?"""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram.error import NetworkError

from bot.channels.running import Exit
from bot.settings import BotSettings
from tests.integration.telegram.botapi import FakeBotApi, Fault, Person
from tests.integration.telegram.running import running, settings_for, started
from tests.integration.telegram.seen import buttons, marked
from tests.integration.telegram.shelf import Shelf

pytestmark = pytest.mark.anyio


@pytest.fixture
def api(own_api: FakeBotApi) -> FakeBotApi:
    """A server for each test: these break it."""
    return own_api


QUESTION = "Sóc Trăng kết nạp bao nhiêu đảng viên?"
PATIENCE = 30


@pytest.fixture
def settings(tmp_path: Path) -> BotSettings:
    return settings_for(tmp_path)


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    shelf = Shelf()
    yield shelf
    if shelf.gate is not None:
        shelf.gate.set()


async def test_a_refused_token_ends_the_bot_with_its_own_code(api: FakeBotApi, settings: BotSettings) -> None:
    api.revoked = True
    bot = await started(api, settings)
    assert await asyncio.wait_for(bot.ended, PATIENCE) is Exit.TOKEN_REFUSED


async def test_a_token_revoked_while_serving_ends_the_bot(api: FakeBotApi, settings: BotSettings) -> None:
    bot = await started(api, settings)
    await Person(api).ask(QUESTION)
    api.revoked = True
    api.world.arrived.set()
    assert await asyncio.wait_for(bot.ended, PATIENCE) is Exit.TOKEN_REFUSED


async def test_a_second_copy_leaves_and_the_first_goes_on(api: FakeBotApi, tmp_path: Path) -> None:
    first = await started(api, settings_for(tmp_path / "1", conflict_seconds=10, poll_seconds=50))
    await Person(api).ask(QUESTION)
    second = await started(api, settings_for(tmp_path / "2", conflict_seconds=0.1, poll_seconds=50))
    assert await asyncio.wait_for(second.ended, PATIENCE) is Exit.SECOND_COPY
    assert "7.448" in (await Person(api).ask(QUESTION))["text"]
    assert await first.finish() is Exit.STOPPED


async def test_telegram_out_of_reach_at_the_start_is_waited_for(
    api: FakeBotApi, settings: BotSettings, caplog: pytest.LogCaptureFixture
) -> None:
    await api.stop()
    with caplog.at_level(logging.WARNING):
        bot = await started(api, settings)
        async with asyncio.timeout(PATIENCE):
            while "HOIDAP_TELEGRAM_PROXY" not in caplog.text:
                await asyncio.sleep(0.01)
    await api.start()
    assert "7.448" in (await Person(api).ask(QUESTION))["text"]
    assert await bot.finish() is Exit.STOPPED


async def test_a_bot_that_never_reached_telegram_stops_at_once(
    api: FakeBotApi, settings: BotSettings
) -> None:
    await api.stop()
    bot = await started(api, settings)
    assert await asyncio.wait_for(bot.finish(), PATIENCE) is Exit.STOPPED


async def test_telegram_gone_and_back_is_noticed_by_itself(api: FakeBotApi, settings: BotSettings) -> None:
    async with running(api, settings):
        an = Person(api)
        await an.ask(QUESTION)
        await api.stop()
        asked = [an.say(QUESTION), Person(api).say(QUESTION)]
        await asyncio.sleep(1.5)  # the outage itself; the benchmark has one of 60 s
        await api.start()
        assert marked(await an.reply_to(asked[0]), "bold") == ["7.448"]
        assert len(an.replies) == 2


async def test_an_answer_in_hand_when_telegram_goes_is_delivered_later(
    api: FakeBotApi, settings: BotSettings, shelf: Shelf
) -> None:
    async with running(api, settings, corpus=shelf):
        an = Person(api)
        await an.ask("/moi")
        shelf.gate = threading.Event()
        asked = an.say(QUESTION)
        while not api.world.waiting or len(api.called("getUpdates")) < 2:
            await asyncio.sleep(0.01)
        await an.until(lambda: an.chat.actions)
        await api.stop()
        shelf.gate.set()
        await asyncio.sleep(0.7)
        await api.start()
        assert marked(await an.reply_to(asked), "bold") == ["7.448"]
        assert len(an.replies) == 2


async def test_stopping_finishes_what_has_begun_and_keeps_the_rest(
    api: FakeBotApi, settings: BotSettings, shelf: Shelf
) -> None:
    an = Person(api)
    shelf.gate = threading.Event()
    bot = await started(api, settings, corpus=shelf)
    first = an.say(QUESTION)
    await an.until(lambda: an.chat.actions)
    second = an.say("Huyện Lục Ngạn có bao nhiêu ha vải?")
    async with asyncio.timeout(PATIENCE):
        while bot.service.metrics.counted("hoidap_updates_total") < 2:
            await asyncio.sleep(0.01)
    bot.stop.set()
    async with asyncio.timeout(PATIENCE):
        while bot.service.application.updater is not None and bot.service.application.updater.running:
            await asyncio.sleep(0.01)
    shelf.gate.set()
    assert await bot.ended is Exit.STOPPED
    assert [m["reply_to_message"]["message_id"] for m in an.replies] == [first["message_id"]]
    async with running(api, settings):
        assert marked(await an.reply_to(second), "bold") == ["15.000"]
    assert len(an.replies) == 2


async def test_a_reply_that_takes_too_long_is_left_for_the_next_start(
    api: FakeBotApi, tmp_path: Path, shelf: Shelf
) -> None:
    an = Person(api)
    settings = settings_for(tmp_path, stop_seconds=0.2)
    shelf.gate = threading.Event()
    bot = await started(api, settings, corpus=shelf)
    asked = an.say(QUESTION)
    await an.until(lambda: an.chat.actions)
    bot.stop.set()
    threading.Timer(0.6, shelf.gate.set).start()
    assert await bot.ended is Exit.STOPPED
    assert an.replies == []
    async with running(api, settings):
        assert marked(await an.reply_to(asked), "bold") == ["7.448"]


async def test_conversations_buttons_and_votes_outlive_a_restart(
    api: FakeBotApi, settings: BotSettings
) -> None:
    an = Person(api)
    async with running(api, settings):
        card = await an.ask(QUESTION)
    async with running(api, settings):
        await an.tap(card, "▶")
        await an.until(lambda: "nhiều cách làm hay" in an.chat.messages[card["message_id"]]["text"])
        assert "◀ Đoạn 2/3" in [b["text"] for b in buttons(await an.ask("tiếp"))]


async def test_with_nothing_kept_a_restart_forgets_and_old_buttons_are_answered(
    api: FakeBotApi, tmp_path: Path
) -> None:
    an, settings = Person(api), settings_for(tmp_path, keep_days=0, keep_unanswered=False)
    async with running(api, settings) as bot:
        card = await an.ask(QUESTION)
        await an.tap(card, "▶")
        await an.until(lambda: "nhiều cách làm hay" in an.chat.messages[card["message_id"]]["text"])
        await an.ask("Cà Mau có a-private-word nào không?")
        state = bot.state
    assert not any(b"private-word" in path.read_bytes() for path in state.iterdir())
    async with running(api, settings):
        assert "cũ" in (await an.tap(card, "▶"))["text"]
        assert "chưa hỏi" in (await an.ask("tiếp"))["text"]


async def test_a_deaf_connection_is_built_anew_by_the_watchdog(api: FakeBotApi, tmp_path: Path) -> None:
    settings = settings_for(tmp_path, poll_seconds=50, watchdog_seconds=0.2)
    async with running(api, settings) as bot:
        an = Person(api)
        await an.ask(QUESTION)
        api.deafen()
        asked = an.say(QUESTION)
        assert marked(await an.reply_to(asked), "bold") == ["7.448"]
        assert bot.service.metrics.counted("hoidap_polling_restarts_total") == 1


async def test_a_poll_that_hangs_is_broken_off_by_the_watchdog(api: FakeBotApi, tmp_path: Path) -> None:
    settings = settings_for(tmp_path, poll_seconds=1, watchdog_seconds=0.5)
    async with running(api, settings) as bot:
        await Person(api).ask(QUESTION)
        api.faults.queue("getUpdates", Fault("slow", seconds=60))
        async with asyncio.timeout(PATIENCE):
            while not api.faults.played["slow"]:
                await asyncio.sleep(0.01)
            while not bot.service.metrics.counted("hoidap_polling_restarts_total"):
                bot.service.metrics.last_poll = -1000.0
                await asyncio.sleep(0.01)
        await Person(api).ask(QUESTION)


async def test_the_health_page_and_the_metrics_tell_how_it_goes(
    api: FakeBotApi, tmp_path: Path, free_port: int
) -> None:
    settings = settings_for(tmp_path, health_listen=f"127.0.0.1:{free_port}")
    async with running(api, settings), httpx.AsyncClient(base_url=f"http://127.0.0.1:{free_port}") as client:
        await Person(api).ask(QUESTION)
        health = await client.get("/healthz")
        assert health.status_code == httpx.codes.OK
        assert health.json()["status"] == "ok"
        assert health.json()["updates"] == 1
        page = (await client.get("/metrics")).text
        assert 'hoidap_replies_total{kind="answer"} 1' in page
        assert "hoidap_retrieval_seconds_count 1" in page
        assert (await client.get("/nothing")).status_code == httpx.codes.NOT_FOUND


async def test_the_health_page_says_so_while_telegram_is_not_reached(
    api: FakeBotApi, tmp_path: Path, free_port: int
) -> None:
    await api.stop()
    settings = settings_for(tmp_path, health_listen=f"127.0.0.1:{free_port}")
    async with running(api, settings), httpx.AsyncClient() as client:
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    answer = await client.get(f"http://127.0.0.1:{free_port}/healthz")
                    break
                except httpx.ConnectError:
                    await asyncio.sleep(0.01)
        assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE
        assert answer.json()["status"] == "failing"


async def test_a_webhook_takes_updates_with_telegrams_secret_only(
    api: FakeBotApi, tmp_path: Path, free_port: int
) -> None:
    address = f"http://127.0.0.1:{free_port}/vao/day"
    settings = settings_for(tmp_path, webhook_url=address, webhook_listen=f"127.0.0.1:{free_port}")
    async with running(api, settings, webhook_secret="mat-khau_cua-webhook"):
        an = Person(api)
        assert marked(await an.ask(QUESTION), "bold") == ["7.448"]
        forged = {"update_id": 1, "message": api.world.add_message(an.chat, an.user, text="/moi")}
        async with httpx.AsyncClient() as client:
            for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "doan-mo"}):
                answer = await client.post(address, json=forged, headers=headers)
                assert answer.status_code == httpx.codes.FORBIDDEN
        later = await an.ask("cảm ơn")
        assert an.replies[1:] == [later]
    async with running(api, settings_for(tmp_path)):  # back to polling by setting alone
        assert marked(await Person(api).ask(QUESTION), "bold") == ["7.448"]
    assert api.webhook["url"] == ""


async def test_both_connections_go_through_the_proxy(api: FakeBotApi, settings: BotSettings) -> None:
    asked: set[bytes] = set()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request a connection, as a plain HTTP proxy gets it: the whole address in its first line."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:  # connected, and left again
            writer.close()
            return
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if line)
        body = await reader.readexactly(int(fields[b"content-length"]))
        asked.add(head.split()[1].rpartition(b"/")[2])
        origin_reader, origin = await asyncio.open_connection("127.0.0.1", api.port)
        origin.write(
            head.replace(f"http://127.0.0.1:{api.port}".encode(), b"", 1).replace(b"keep-alive", b"close")
            + body
        )
        writer.write(await origin_reader.read())
        for end in (origin, writer):
            end.close()

    proxy = await asyncio.start_server(relay, "127.0.0.1", 0)
    port = proxy.sockets[0].getsockname()[1]
    async with proxy, running(api, settings, proxy=f"http://127.0.0.1:{port}"):
        await Person(api).ask(QUESTION)
    assert {b"getUpdates", b"sendMessage"} <= asked


async def test_an_update_that_was_at_work_in_three_crashes_is_let_go(
    api: FakeBotApi, settings: BotSettings
) -> None:
    from bot.channels.telegram.store import Store

    an = Person(api)
    poison = {"update_id": 7, "message": api.world.add_message(an.chat, an.user, text=QUESTION)}
    store = Store.open(Path(settings.telegram.state))
    store.keep_update(7, json.dumps(poison))
    for _ in range(3):
        store.begin_update(7)
    store.close()
    async with running(api, settings):
        reply = await an.ask("cảm ơn")
    assert an.replies == [reply]


async def test_an_answer_that_cant_be_delivered_for_long_is_kept_for_the_next_start(
    api: FakeBotApi, tmp_path: Path
) -> None:
    settings = settings_for(tmp_path, retry_minutes=0.001)
    an = Person(api)

    def down(method: str, _: dict[str, Any]) -> Fault | None:
        return Fault("502") if method == "sendMessage" else None

    api.faults.plan = down
    async with running(api, settings) as bot:
        asked = an.say(QUESTION)
        async with asyncio.timeout(PATIENCE):
            while not bot.service.metrics.counted("hoidap_errors_total", NetworkError.__name__):
                await asyncio.sleep(0.01)
    api.faults.plan = None
    async with running(api, settings):
        assert marked(await an.reply_to(asked), "bold") == ["7.448"]


async def test_what_cant_be_read_back_after_an_upgrade_is_dropped(
    api: FakeBotApi, settings: BotSettings
) -> None:
    from bot.channels.telegram.store import Store

    store = Store.open(Path(settings.telegram.state))
    store.keep_update(7, '{"update_id": 7, "message": {"message_id": 1}}')
    store.close()
    async with running(api, settings):
        assert "7.448" in (await Person(api).ask(QUESTION))["text"]


async def test_an_update_that_cant_be_understood_stops_no_other(
    api: FakeBotApi, settings: BotSettings
) -> None:
    api.world.push("message", {"message_id": "no number, and nothing else"})
    async with running(api, settings):
        assert "7.448" in (await Person(api).ask(QUESTION))["text"]


async def test_an_index_that_others_update_is_looked_at(
    api: FakeBotApi, tmp_path: Path, shelf: Shelf
) -> None:
    async with running(api, settings_for(tmp_path, refresh_seconds=0.05), corpus=shelf):
        async with asyncio.timeout(PATIENCE):
            while shelf.refreshed < 2:
                await asyncio.sleep(0.01)
