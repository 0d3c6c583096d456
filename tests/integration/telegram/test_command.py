"""Does `hoidap telegram`, as a process, do what operators count on, and keep the token to itself?"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.integration.telegram.botapi import FakeBotApi, Fault, Person
from tests.integration.telegram.running import ADMIN

pytestmark = pytest.mark.anyio


@pytest.fixture
def api(own_api: FakeBotApi) -> FakeBotApi:
    """A server for each test: these break it."""
    return own_api


QUESTION = "Sóc Trăng kết nạp bao nhiêu đảng viên?"
ARTICLE = """---
title: Sóc Trăng phát triển đảng viên
source: Báo Thử
published: 2020-02-07
---
Tỉnh Sóc Trăng có nhiều cách làm hay. Từ năm 2016 đến nay, Sóc Trăng kết nạp 7.448 đảng viên.
"""
PATIENCE = 60
"""Seconds for a new process to load its models on a busy machine, and for one to end."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Settings and a corpus, as an operator has them."""
    (tmp_path / "bai").mkdir()
    (tmp_path / "bai" / "soc-trang.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "hoidap.toml").write_text(
        f'[telegram]\nstate = "{tmp_path / "state"}"\nadmins = [{ADMIN}]\npoll_seconds = 1\n',
        encoding="utf-8",
    )
    return tmp_path


def command(folder: Path, *arguments: str) -> list[str]:
    config = ["--config", str(folder / "hoidap.toml")]
    return [sys.executable, "-c", "from bot.cli import main; main()", *arguments, *config]


def environment(api: FakeBotApi, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOIDAP_")}
    return {**kept, "HOIDAP_TELEGRAM_TOKEN": api.token, "HOIDAP_TELEGRAM_BASE_URL": api.base_url, **more}


async def ended(folder: Path, *arguments: str, env: dict[str, str]) -> tuple[int, str]:
    """Exit code and all output of a command that ends by itself."""
    process = await asyncio.create_subprocess_exec(
        *command(folder, *arguments),
        env=env,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode is not None
    return process.returncode, output.decode()


@asynccontextmanager
async def serving(
    folder: Path, log: Path, *arguments: str, env: dict[str, str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    with log.open("ab") as out:
        process = await asyncio.create_subprocess_exec(
            *command(folder, "telegram", "--corpus", str(folder / "bai"), *arguments),
            env=env,
            stdout=out,
            stderr=out,
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


def secrets_of(api: FakeBotApi) -> set[str]:
    token = api.token
    return {token, token.partition(":")[2], quote(token), quote(token, safe="")}


async def test_the_token_is_in_no_output_and_no_file_of_a_whole_run(api: FakeBotApi, folder: Path) -> None:
    an, admin = Person(api), Person(api, identifier=ADMIN)
    log = folder / "output.log"
    async with serving(folder, log, "--verbose", env=environment(api)) as process:
        assert "7.448" in (await an.reply_to(first := an.say(QUESTION)))["text"]
        assert first in an.chat.messages.values()
        api.faults.queue(
            "sendMessage", *(Fault(kind) for kind in ("502", "drop", "429", "cant_parse", "blocked"))
        )
        for said in (QUESTION, "/help", "🙂"):
            an.say(said)
        await an.until(lambda: len(an.replies) >= 3, seconds=PATIENCE)
        admin.send_file("a.md", ARTICLE.encode(), caption="/them")
        admin.send_file("b.pdf", b"%PDF-broken", caption="/them")
        await admin.until(lambda: any("Không thêm" in m["text"] for m in admin.replies), seconds=PATIENCE)
        api.world.push("message", {"message_id": "not a number"})
        api.faults.queue("getUpdates", Fault("502"), Fault("drop"))
        await api.stop()
        await asyncio.sleep(0.5)
        await api.start()
        await an.reply_to(an.say(QUESTION))
        api.revoked = True
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 4
    output = log.read_text()
    assert len(output) > 5_000
    assert "mã bot" in output.splitlines()[-1]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 3
    for path in files:
        body = path.read_bytes()
        assert not any(secret.encode() in body for secret in secrets_of(api)), path


async def test_a_wrong_token_is_one_clear_line_and_its_own_code(api: FakeBotApi, folder: Path) -> None:
    env = environment(api, HOIDAP_TELEGRAM_TOKEN=f"{api.token}x")
    code, output = await ended(folder, "telegram", "--corpus", str(folder / "bai"), env=env)
    assert code == 4
    assert "@BotFather" in output
    assert "Traceback" not in output
    assert not any(secret in output for secret in secrets_of(api))


async def test_a_signal_stops_it_gracefully_and_a_restart_keeps_what_admins_added(
    api: FakeBotApi, folder: Path
) -> None:
    admin = Person(api, identifier=ADMIN)
    log = folder / "output.log"
    async with serving(folder, log, env=environment(api)) as process:
        added = ARTICLE.replace("Sóc Trăng", "Bạc Liêu").replace("7.448", "5.120")
        admin.send_file("bac-lieu.md", added.encode(), caption="/them")
        await admin.until(lambda: any("Đã thêm" in m["text"] for m in admin.replies), seconds=PATIENCE)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    asked = admin.say("Bạc Liêu kết nạp bao nhiêu đảng viên?")
    async with serving(folder, log, env=environment(api)) as process:
        await admin.until(
            lambda: any(m.get("reply_to_message") == asked for m in admin.replies), seconds=PATIENCE
        )
        assert "5.120" in (await admin.reply_to(asked))["text"]
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    assert "Traceback" not in log.read_text()


async def test_check_tries_everything_without_serving(api: FakeBotApi, folder: Path) -> None:
    waiting = Person(api).say(QUESTION)
    token_file = folder / "token"
    token_file.write_text(api.token)
    env = environment(api, HOIDAP_TELEGRAM_TOKEN="", HOIDAP_TELEGRAM_TOKEN_FILE=str(token_file))
    code, output = await ended(folder, "telegram", "--check", "--corpus", str(folder / "bai"), env=env)
    assert code == 0
    for told in ("Trạng thái:", "Tài liệu: 1 bài", "@hoi_dap_thu_bot", "/setprivacy", "1 tin đang chờ"):
        assert told in output
    assert api.called("getUpdates") == []
    assert waiting


async def test_check_tells_a_refused_token_and_an_unreachable_server_apart(
    api: FakeBotApi, folder: Path
) -> None:
    api.revoked = True
    refused = await ended(
        folder, "telegram", "--check", "--corpus", str(folder / "bai"), env=environment(api)
    )
    await api.stop()
    away = await ended(folder, "telegram", "--check", "--corpus", str(folder / "bai"), env=environment(api))
    assert refused[0] == 4
    assert away[0] == 6
    assert not any(secret in refused[1] + away[1] for secret in secrets_of(api))


async def test_without_a_token_it_says_what_to_do(api: FakeBotApi, folder: Path) -> None:
    code, output = await ended(folder, "telegram", env=environment(api, HOIDAP_TELEGRAM_TOKEN=""))
    assert code == 1
    assert "HOIDAP_TELEGRAM_TOKEN" in output
    assert len(output.splitlines()) == 1


async def test_stats_shows_the_counts_of_a_bot(api: FakeBotApi, folder: Path) -> None:
    none = await ended(folder, "stats", env=environment(api))
    assert none[0] == 1
    assert "telegram.state" in none[1]
    log = folder / "output.log"
    an = Person(api)
    async with serving(folder, log, env=environment(api)) as process:
        asked = an.say("Cà Mau kết nạp bao nhiêu đảng viên?")
        await an.until(lambda: an.replies, seconds=PATIENCE)
        code, output = await ended(folder, "stats", env=environment(api))
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), PATIENCE)
    assert code == 0
    assert asked["text"] in output
    assert "1 (0 / 1)" in output
