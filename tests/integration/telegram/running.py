"""A bot at work: the service on a server of the tests' own, with settings for tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from bot.channels.running import Exit
from bot.channels.telegram.credentials import Credentials
from bot.channels.telegram.parts import Corpus
from bot.channels.telegram.service import Service, Serving
from bot.conversation import Responder
from bot.settings import BotSettings, ConversationSettings, TelegramSettings
from tests.integration.telegram.botapi import FakeBotApi
from tests.integration.telegram.shelf import Shelf

EXAMPLES = (
    "Sóc Trăng kết nạp bao nhiêu đảng viên?",
    "Huyện Lục Ngạn có bao nhiêu ha vải?",
    "Vải chín khi nào?",
)
ADMIN = 77


def made_up_token() -> str:
    """Of the shape that real ones have; put together here, so that no file holds one."""
    return ":".join((str(4_242_424_242), "AA" + "kH9_x-7Qz" * 3 + "mN4pR2"))


@dataclass(slots=True)
class Running:
    service: Service
    api: FakeBotApi
    stop: asyncio.Event
    ended: asyncio.Task[Exit]
    state: Path

    async def finish(self) -> Exit:
        """Stop as a signal does; gives why it ended."""
        self.stop.set()
        return await self.ended


def settings_for(folder: Path, **changes: Any) -> BotSettings:
    own = TelegramSettings(
        state=str(folder / "state"),
        admins=(ADMIN,),
        questions_per_minute=0,
        messages_per_second=0,
        poll_seconds=2,
    )
    return BotSettings(
        conversation=ConversationSettings(examples=EXAMPLES), telegram=msgspec.structs.replace(own, **changes)
    )


async def started(
    api: FakeBotApi,
    settings: BotSettings,
    *,
    corpus: Corpus | None = None,
    responder: Responder | None = None,
    added: Path | None = None,
    **secrets: Any,
) -> Running:
    """A bot on its way up; it may not have reached the server yet."""
    shelf = corpus or Shelf()
    answering = responder or Responder(shelf, settings=settings.conversation)
    serving = Serving(shelf, answering, added=added)
    credentials = Credentials(api.token, api.base_url, **secrets)
    service = Service(settings, credentials, serving)
    stop = asyncio.Event()
    return Running(service, api, stop, asyncio.create_task(service.run(stop)), Path(settings.telegram.state))


@asynccontextmanager
async def running(api: FakeBotApi, settings: BotSettings, **options: Any) -> AsyncIterator[Running]:
    """A bot that serves inside the block, and stops gracefully after it."""
    bot = await started(api, settings, **options)
    try:
        yield bot
    finally:
        await bot.finish()
