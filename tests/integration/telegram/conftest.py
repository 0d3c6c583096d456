"""One server and one bot for the conversations of a module; each conversation has people of its own."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.channels.redaction import secrets_hidden
from tests.integration.telegram.botapi import FakeBotApi, Person
from tests.integration.telegram.running import ADMIN, Running, made_up_token, running, settings_for
from tests.integration.telegram.shelf import Shelf


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Everything that is logged by all of these tests, at any level, holds no token."""
    log = tmp_path_factory.mktemp("watched") / "everything.log"
    token, root = made_up_token(), logging.getLogger()
    handler, level = logging.FileHandler(log, encoding="utf-8"), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    with secrets_hidden((token,)):
        yield
    root.setLevel(level)
    root.removeHandler(handler)
    handler.close()
    logged = log.read_text(encoding="utf-8")
    assert logged
    assert token.partition(":")[2] not in logged


@pytest.fixture(scope="module")
async def api(anyio_backend: str) -> AsyncIterator[FakeBotApi]:
    server = FakeBotApi(made_up_token())
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def own_api(anyio_backend: str) -> AsyncIterator[FakeBotApi]:
    """A server for one test, which may break it."""
    server = FakeBotApi(made_up_token())
    await server.start()
    yield server
    await server.stop()


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture(scope="module")
async def bot(
    api: FakeBotApi, shelf: Shelf, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Running]:
    folder: Path = tmp_path_factory.mktemp("bot")
    settings = settings_for(folder, allow_addresses=("tin.example",), typing_after=0.2, reaction_after=0.4)
    async with running(api, settings, corpus=shelf, added=folder / "added") as bot:
        yield bot


@pytest.fixture
def an(bot: Running) -> Person:
    """Somebody with a private chat of their own."""
    return Person(bot.api)


@pytest.fixture(scope="module")
def admin(bot: Running) -> Person:
    return Person(bot.api, "Quản trị", identifier=ADMIN)
