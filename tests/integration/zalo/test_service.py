"""Does the Zalo bot start, answer, refuse and stop as its operator counts on?"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.channels import words
from bot.channels.running import Exit
from bot.channels.zalo.check import check
from bot.channels.zalo.credentials import Credentials
from bot.conversation import Responder
from retrieval import Retriever
from tests.integration.zalo.conftest import (
    SECRET,
    households,
    question,
    serving,
    settings_for,
    start,
)
from tests.integration.zalo.fake import FakeZalo

pytestmark = pytest.mark.anyio


async def test_a_long_reply_comes_in_whole_paragraphs_below_the_limit(zalo: FakeZalo, tmp_path: Path) -> None:
    told = "\n\n".join(f"Đoạn {n}. " + "Mỗi câu đều trọn vẹn. " * 40 for n in range(4))

    class Long(Responder):
        def respond(self, message: str, turns: Any = (), *, alone: bool = False) -> Any:
            return self._say("talk", told), turns

    async with serving(zalo, settings_for(tmp_path), _Nothing(), responder=Long(_Nothing())) as bot:  # type: ignore[arg-type]
        await bot.ask("a", "một câu hỏi dài")
        await bot.until(lambda: len(zalo.sent["a"]) == 2)
    assert "\n\n".join(zalo.sent["a"]).split() == told.split()
    assert all(text.startswith("Đoạn") and len(text) <= 2000 for text in zalo.sent["a"])


async def test_what_was_sent_before_the_stop_is_not_sent_again(zalo: FakeZalo, tmp_path: Path) -> None:
    told = "\n\n".join(str(n) * 1500 for n in range(1, 4))

    class Long(Responder):
        def respond(self, message: str, turns: Any = (), *, alone: bool = False) -> Any:
            return self._say("talk", told), turns

    settings = settings_for(tmp_path, stop_seconds=0.1)
    calls = iter([None, *["502"] * 50])
    zalo.plan = lambda method: next(calls, None) if method == "sendMessage" else None  # type: ignore[return-value]
    bot = start(zalo, settings, _Nothing(), responder=Long(_Nothing()))  # type: ignore[arg-type]
    await bot.ask("a", "câu hỏi")
    await bot.until(lambda: zalo.calls["sendMessage"] > 1)
    await bot.finish()
    zalo.plan = None
    assert len(zalo.sent["a"]) == 1
    async with serving(zalo, settings, _Nothing()) as bot:
        await bot.until(lambda: len(zalo.sent["a"]) == 3)
    assert [text[0] for text in zalo.sent["a"]] == ["1", "2", "3"]


async def test_a_duplicate_is_known_also_after_a_restart(
    zalo: FakeZalo, retriever: Retriever, tmp_path: Path
) -> None:
    event = zalo.event("a", question(0))
    async with serving(zalo, settings_for(tmp_path), retriever) as bot:
        zalo.push(event)
        assert households(0) in await bot.reply("a", 1)
    async with serving(zalo, settings_for(tmp_path), retriever) as bot:
        zalo.push(event)
        assert households(1) in await bot.ask("a", question(1))
    assert len(zalo.sent["a"]) == 2


async def test_the_webhook_wants_its_secret_and_takes_no_nonsense(
    zalo: FakeZalo, retriever: Retriever, tmp_path: Path
) -> None:
    settings = settings_for(tmp_path, webhook_url="https://bot.example/zalo", webhook_listen="127.0.0.1:0")
    async with serving(zalo, settings, retriever) as bot:
        await bot.until(lambda: bool(zalo.webhook))
        assert zalo.webhook["secret_token"] == SECRET
        port = bot.service.webhook.port
        event = zalo.event("a", question(0))
        for wrong in ("", "x" * 20, SECRET[:-1], SECRET + "x"):
            assert await zalo.post(event, port=port, secret=wrong or "-") == 403
        assert await zalo.post(b"{not json", port=port) == 400
        assert await zalo.post(event, port=port, path="/elsewhere") == 404
        for odd in ([], 7, None, {}, {"ok": True, "result": None}, {"event_name": "message.text.received"}):
            assert await zalo.post(odd, port=port) == 200
        own = zalo.event("a", "Tôi là bot")
        own["message"]["from"]["is_bot"] = True
        assert await zalo.post(own, port=port) == 200
        assert zalo.sent["a"] == []
        assert await zalo.post({"ok": True, "result": event}, port=port) == 200
        assert await zalo.post(event, port=port) == 200
        assert households(0) in await bot.reply("a", 1)
    assert len(zalo.sent["a"]) == 1


async def test_in_a_group_the_bot_answers_when_it_is_named(
    zalo: FakeZalo, retriever: Retriever, tmp_path: Path
) -> None:
    async with serving(zalo, settings_for(tmp_path, name="Hỏi Đáp"), retriever) as bot:
        named = await bot.ask("nhom", f"@Hỏi Đáp, {question(0)}", user="u1", group=True)
        assert households(0) in named
        assert households(1) in await bot.ask("nhom", f"/hoi {question(1)}", user="u2", group=True)
        zalo.push(zalo.event("nhom", "tối nay ăn gì nhỉ", user="u1", group=True))
        zalo.push(zalo.event("nhom", "", user="u1", group=True, name="message.image.received"))
        zalo.push(zalo.event("nhom", "2", user="u3", group=True))
        assert "Ngữ cảnh:" in await bot.ask("nhom", "2", user="u1", group=True)
        assert "Bản tin Thử" in await bot.ask("nhom", "/nguon", user="u1", group=True)
    assert len(zalo.sent["nhom"]) == 4


async def test_the_lists_and_the_pace_hold(zalo: FakeZalo, retriever: Retriever, tmp_path: Path) -> None:
    settings = settings_for(tmp_path, allow_users=("ban",), allow_groups=("nhom",), questions_per_minute=2)
    async with serving(zalo, settings, retriever) as bot:
        assert await bot.ask("la", question(0)) == words.NOT_ALLOWED
        assert households(0) in await bot.ask("nhom", f"/hoi {question(0)}", user="la2", group=True)
        zalo.push(zalo.event("nhom-khac", f"/hoi {question(0)}", user="la3", group=True))
        assert households(0) in await bot.ask("ban", question(0))
        assert households(1) in await bot.ask("ban", question(1))
        assert (await bot.ask("ban", question(2))).startswith(words.TOO_FAST[:15])
        zalo.push(zalo.event("ban", question(2)))
        await bot.until(lambda: not zalo.waiting)
        await asyncio.sleep(0.2)
    assert (len(zalo.sent["ban"]), len(zalo.sent["nhom-khac"]), len(zalo.sent["la"])) == (3, 0, 1)


async def test_a_search_that_fails_is_apologised_for_and_typing_is_shown(
    zalo: FakeZalo, tmp_path: Path
) -> None:
    import time

    class Broken(Responder):
        def respond(self, message: str, turns: Any = (), *, alone: bool = False) -> Any:
            time.sleep(0.3)
            raise RuntimeError("the index fell over")

    settings = settings_for(tmp_path, typing_after=0.05)
    async with serving(zalo, settings, _Nothing(), responder=Broken(_Nothing())) as bot:  # type: ignore[arg-type]
        assert await bot.ask("a", "câu hỏi") == words.FAILED
    assert zalo.typing["a"] > 0


async def test_a_person_who_blocked_the_bot_holds_up_nobody(
    zalo: FakeZalo, retriever: Retriever, tmp_path: Path
) -> None:
    async with serving(zalo, settings_for(tmp_path), retriever) as bot:
        zalo.queued["sendMessage"].append("blocked")
        zalo.push(zalo.event("a", question(0)))
        await bot.until(lambda: zalo.played["blocked"] == 1)
        assert households(1) in await bot.ask("b", question(1))
    assert zalo.sent["a"] == []


async def test_a_refused_token_ends_the_bot(zalo: FakeZalo, retriever: Retriever, tmp_path: Path) -> None:
    zalo.revoked = True
    assert await start(zalo, settings_for(tmp_path), retriever).ended is Exit.TOKEN_REFUSED
    zalo.revoked = False
    bot = start(zalo, settings_for(tmp_path), retriever)
    assert households(0) in await bot.ask("a", question(0))
    zalo.revoked = True
    assert await bot.ended is Exit.TOKEN_REFUSED


async def test_a_second_copy_leaves(zalo: FakeZalo, retriever: Retriever, tmp_path: Path) -> None:
    async with serving(zalo, settings_for(tmp_path), retriever) as bot:
        assert households(0) in await bot.ask("a", question(0))
        assert await start(zalo, settings_for(tmp_path), retriever).ended is Exit.SECOND_COPY
        assert households(1) in await bot.ask("a", question(1))


async def test_the_health_page_says_how_it_does(zalo: FakeZalo, retriever: Retriever, tmp_path: Path) -> None:
    import httpx

    settings = settings_for(tmp_path, health_listen="127.0.0.1:0")
    async with serving(zalo, settings, retriever) as bot:
        await bot.ask("a", question(0))
        await bot.until(lambda: zalo.calls["getUpdates"] > 0)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{bot.service.health.port}") as client:
            health = (await client.get("/healthz")).json()
            metrics = (await client.get("/metrics")).text
    assert (health["status"], health["mode"]) == ("ok", "polling")
    assert 'hoidap_replies_total{kind="answer"} 1.0' in metrics
    assert zalo.token not in metrics


async def test_check_tries_everything_once(zalo: FakeZalo, retriever: Retriever, tmp_path: Path) -> None:
    settings, said = settings_for(tmp_path), []
    credentials = Credentials(zalo.token, zalo.base_url)
    assert await check(settings, credentials, retriever, say=said.append) is Exit.STOPPED
    assert "Mã bot: của bot.hoidap" in said
    zalo.revoked = True
    assert await check(settings, credentials, retriever, say=said.append) is Exit.TOKEN_REFUSED
    await zalo.stop()
    assert await check(settings, credentials, retriever, say=said.append) is Exit.OUT_OF_REACH
    assert zalo.token not in "\n".join(said)


async def test_the_command_serves_counts_and_never_shows_the_token(zalo: FakeZalo, tmp_path: Path) -> None:
    (tmp_path / "bai").mkdir()
    (tmp_path / "bai" / "xa.md").write_text(
        "---\ntitle: Xã Vàm Lũng\nsource: Bản tin Thử\n---\nXã Vàm Lũng có 4.203 hộ dân.\n", encoding="utf-8"
    )
    config = tmp_path / "hoidap.toml"
    config.write_text(f'[zalo]\nstate = "{tmp_path / "state"}"\npoll_seconds = 1\n', encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOIDAP_")}
    environment = {**kept, "HOIDAP_ZALO_TOKEN": zalo.token, "HOIDAP_ZALO_BASE_URL": zalo.base_url}
    command = [sys.executable, "-c", "from bot.cli import main; main()", "--config", str(config)]
    zalo.queued["getMe"].extend(("drop", "502"))
    bot = await asyncio.create_subprocess_exec(
        *command, "zalo", "--corpus", str(tmp_path / "bai"), "--verbose",
        env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    zalo.push(zalo.event("a", "Xã Vàm Lũng có bao nhiêu hộ dân?"))
    async with asyncio.timeout(90):
        while not zalo.sent["a"]:
            await asyncio.sleep(0.05)
        bot.send_signal(signal.SIGTERM)
        output = (await bot.communicate())[0].decode()
    assert bot.returncode == 0, output
    assert "4.203" in zalo.sent["a"][0]
    assert zalo.token.partition(":")[2] not in output
    stats = await asyncio.create_subprocess_exec(
        *command, "stats", "--channel", "zalo", env=environment, stdout=asyncio.subprocess.PIPE
    )
    assert re.search(r": 1 \(1 / 0\)", (await stats.communicate())[0].decode())


class _Nothing:
    """A corpus that nobody asks."""

    def documents(self) -> tuple[()]:
        return ()

    def answer(self, *_: Any, **__: Any) -> Any:
        raise AssertionError("nobody asks")

    def sources(self) -> tuple[()]:
        return ()

    def converse(self, *_: Any, **__: Any) -> Any:
        raise AssertionError("nobody asks")

    def refresh(self) -> None:
        """Nobody else writes to it."""
