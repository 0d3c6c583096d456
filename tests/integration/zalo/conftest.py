"""A Zalo of the tests' own, a small corpus that is really searched, and a bot between the two."""

from __future__ import annotations

import asyncio
import datetime
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bot.channels.redaction import secrets_hidden
from bot.channels.running import Exit
from bot.channels.zalo.credentials import Credentials
from bot.channels.zalo.service import Service
from bot.conversation import Responder
from bot.settings import BotSettings, ConversationSettings, ZaloSettings
from retrieval import Document, Retriever
from tests.integration.zalo.fake import FakeZalo, made_up_token

COMMUNES = ("Vàm Lũng", "Tân Khê", "Hòa Điền", "Phú Lạc", "An Mỹ Đông")
SECRET = "mot-hai-ba-bon-nam"


def households(number: int) -> str:
    return f"{4 + number}.2{number}3"


def question(number: int) -> str:
    return f"Xã {COMMUNES[number]} có bao nhiêu hộ dân?"


def harvest(number: int) -> str:
    return f"Xã {COMMUNES[number]} thu hoạch bao nhiêu tấn lúa?"


def tonnes(number: int) -> str:
    return f"{6 + number}.8{number}0"


@pytest.fixture(scope="session")
def retriever() -> Retriever:
    documents = [
        Document(
            f"{number}.md",
            f"Xã {name} nằm bên sông. Cuối năm 2024, xã {name} có {households(number)} hộ dân. "
            f"Vụ hè thu, xã {name} thu hoạch {tonnes(number)} tấn lúa. Trường học của xã mở cửa vào tháng chín.",
            title=f"Xã {name} sau một năm",
            source="Bản tin Thử",
            published=datetime.date(2025, 3, 1 + number),
        )
        for number, name in enumerate(COMMUNES)
    ]
    long = "Nội quy thư viện gồm nhiều điều. " + "Bạn đọc giữ yên lặng và trả sách đúng hạn. " * 30
    return Retriever.build([*documents, Document("noi-quy.md", long, title="Nội quy thư viện")])


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
    with secrets_hidden((token, SECRET)):
        yield
    root.setLevel(level)
    root.removeHandler(handler)
    handler.close()
    logged = log.read_text(encoding="utf-8")
    assert logged
    assert token.partition(":")[2] not in logged
    assert SECRET not in logged


@pytest.fixture
async def zalo(anyio_backend: str) -> AsyncIterator[FakeZalo]:
    server = FakeZalo()
    await server.start()
    yield server
    await server.stop()


@dataclass(slots=True)
class Running:
    service: Service
    zalo: FakeZalo
    stop: asyncio.Event
    ended: asyncio.Task[Exit]

    async def finish(self) -> Exit:
        """Stop as a signal does; gives why it ended."""
        self.stop.set()
        return await self.ended

    async def reply(self, chat: str, number: int, *, seconds: float = 60) -> str:
        """The reply number `number` in this chat, from 1, once it has come."""
        await self.until(lambda: len(self.zalo.sent[chat]) >= number, seconds=seconds)
        return self.zalo.sent[chat][number - 1]

    async def ask(self, chat: str, text: str, **more: Any) -> str:
        """Say something and wait for the next message of the bot's."""
        before = len(self.zalo.sent[chat])
        self.zalo.push(self.zalo.event(chat, text, **more))
        return await self.reply(chat, before + 1)

    async def until(self, holds: Callable[[], bool], *, seconds: float = 60) -> None:
        async with asyncio.timeout(seconds):
            while not holds():
                await asyncio.sleep(0.01)


def settings_for(folder: Path, **changes: Any) -> BotSettings:
    own = ZaloSettings(
        state=str(folder / "state"),
        questions_per_minute=0,
        messages_per_second=0,
        poll_seconds=1,
        request_seconds=1.5,
    )
    return BotSettings(
        conversation=ConversationSettings(examples=(question(0), question(1))),
        zalo=msgspec.structs.replace(own, **changes),
    )


def start(
    zalo: FakeZalo, settings: BotSettings, retriever: Any, *, responder: Any = None, token: str = ""
) -> Running:
    """A bot on its way up; it may not have reached Zalo yet."""
    credentials = Credentials(token or zalo.token, zalo.base_url, webhook_secret=SECRET)
    responder = responder or Responder(retriever, settings=settings.conversation)
    stop = asyncio.Event()
    service = Service(settings, credentials, retriever, responder)
    return Running(service, zalo, stop, asyncio.create_task(service.run(stop)))


@asynccontextmanager
async def serving(
    zalo: FakeZalo, settings: BotSettings, retriever: Any, **more: Any
) -> AsyncIterator[Running]:
    bot = start(zalo, settings, retriever, **more)
    try:
        yield bot
    finally:
        await bot.finish()
