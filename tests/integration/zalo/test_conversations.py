"""Forty conversations while everything goes wrong at a time: is each message answered once, in order, and rightly?"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.channels import words
from bot.channels.zalo.words import NO_SUCH_NUMBER
from retrieval import Retriever
from tests.integration.zalo.conftest import (
    COMMUNES,
    Running,
    harvest,
    households,
    question,
    settings_for,
    start,
    tonnes,
)
from tests.integration.zalo.fake import FakeZalo, Fault

pytestmark = pytest.mark.anyio

_SHARES: dict[str, dict[Fault, float]] = {
    "sendMessage": {"false": 0.06, "429": 0.04, "502": 0.04, "drop": 0.05, "hang": 0.04, "page": 0.03},
    "getUpdates": {"false": 0.03, "502": 0.03, "drop": 0.03, "page": 0.02},
    "sendChatAction": {"false": 0.3, "drop": 0.2},
}
_DUPLICATED, _BARE = 0.25, 0.5
"""Shares of the events that come twice, and of those that come without a wrapping."""
Step = tuple[str, str]
"""What the person says, and what the answer holds. "#words": the number that stands before these words."""


def _script(number: int) -> Sequence[Step]:
    """What one person says; `number`: which person, from 0."""
    at = number % len(COMMUNES)
    other = (at + 1) % len(COMMUNES)
    scripts: list[Sequence[Step]] = [
        [(question(at), households(at)), (harvest(other), tonnes(other))],
        [(question(at), households(at)), ("#Xem ngữ cảnh", "Ngữ cảnh:"), ("cảm ơn", "Không có gì")],
        [
            (question(at), households(at)),
            ("#👍", words.THANKS_GOOD),
            (f"Còn xã {COMMUNES[other]}?", households(other)),
        ],
        [(harvest(at), tonnes(at)), ("#👎", words.THANKS_BAD), ("#Thông tin cũ", words.THANKS_REASON)],
        [("xin chào", "Chào bạn"), ("1", households(0)), ("ngữ cảnh", "Ngữ cảnh:")],
        [("/start", "Chào bạn"), ("2", households(1)), ("/moi", words.FORGOTTEN)],
        [("/nguon", "Bản tin Thử"), (question(at), households(at)), ("57", NO_SUCH_NUMBER.partition("{")[0])],
        [("/help", "/nguon"), (harvest(at), tonnes(at)), ("", words.ONLY_TEXT)],
    ]
    return scripts[number % len(scripts)]


class _Ordeal:
    def __init__(self, zalo: FakeZalo, deliver: Callable[[Any], Any], seed: int) -> None:
        self.zalo = zalo
        self.deliver = deliver
        self.chance = random.Random(seed)
        self.said: dict[str, int] = {}
        zalo.queued["sendMessage"].extend(_SHARES["sendMessage"])  # each at least once, whatever the dice say
        self.duplicated = 0

    def fault(self, method: str) -> Fault | None:
        dice = self.chance.random()
        for fault, share in _SHARES.get(method, {}).items():
            if dice < share:
                return fault
            dice -= share
        return None

    async def talk(self, bot: Callable[[], Running], number: int) -> None:
        chat = f"nguoi-{number}"
        await asyncio.sleep(self.chance.random())
        for said, held in _script(number):
            sent = self.zalo.sent[chat]
            text = said
            if said.startswith("#"):
                text = next(
                    n for n, label in re.findall(r"(?m)^(\d+)\. (.+)$", sent[-1]) if said[1:] in label
                )
            kind = "message.text.received" if text else "message.sticker.received"
            event = self.zalo.event(chat, text, name=kind)
            self.said[chat] = self.said.get(chat, 0) + 1
            body = event if self.chance.random() < _BARE else {"ok": True, "result": event}
            await self.deliver(body)
            if self.chance.random() < _DUPLICATED:
                self.duplicated += 1
                await self.deliver(body)
            reply = await bot().reply(chat, self.said[chat], seconds=120)
            assert held in reply, (said, reply)


async def _hold(ordeal: _Ordeal, bot: Running, start_again: Callable[[], Running]) -> None:
    """All forty at a time, with a restart while they talk; then look at everything that was sent."""
    bots = [bot]
    talking = [asyncio.create_task(ordeal.talk(lambda: bots[-1], number)) for number in range(40)]
    await bot.until(
        lambda: sum(map(len, ordeal.zalo.sent.values())) > 30 or any(one.done() for one in talking),
        seconds=90,
    )
    await bot.finish()
    bots.append(start_again())
    await asyncio.gather(*talking)
    ordeal.zalo.plan = None
    last = bots[-1]
    await asyncio.sleep(0.3)
    await last.finish()
    assert {chat: len(texts) for chat, texts in ordeal.zalo.sent.items()} == ordeal.said
    assert len(ordeal.said) == 40
    assert ordeal.duplicated > 10


async def test_forty_conversations_by_polling(zalo: FakeZalo, retriever: Retriever, tmp_path: Path) -> None:
    settings = settings_for(tmp_path)

    async def deliver(body: Any) -> None:
        zalo.push(body.get("result", body))

    ordeal = _Ordeal(zalo, deliver, seed=11)
    zalo.plan = ordeal.fault
    await _hold(ordeal, start(zalo, settings, retriever), lambda: start(zalo, settings, retriever))
    assert set(zalo.played) >= {"false", "429", "502", "drop", "hang", "page"}


async def test_forty_conversations_by_webhook(zalo: FakeZalo, retriever: Retriever, tmp_path: Path) -> None:
    settings = settings_for(tmp_path, webhook_url="https://bot.example/zalo", webhook_listen="127.0.0.1:0")
    bots: list[Running] = []

    def begin() -> Running:
        bots.append(start(zalo, settings, retriever))
        return bots[-1]

    async def deliver(body: Any) -> None:
        """As Zalo does: again until it is taken."""
        while True:
            try:
                while not bots[-1].service.webhook.port:
                    await asyncio.sleep(0.05)
                if await zalo.post(body, port=bots[-1].service.webhook.port) == 200:
                    return
            except httpx.HTTPError:
                pass  # it is being restarted
            await asyncio.sleep(0.05)

    ordeal = _Ordeal(zalo, deliver, seed=12)
    zalo.plan = ordeal.fault
    await _hold(ordeal, begin(), begin)
    assert set(zalo.played) >= {"false", "429", "502", "drop", "hang", "page"}
