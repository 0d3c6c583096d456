"""How fast may the bot send? As fast as Telegram allows, over all; and a chat told to wait waits alone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.channels.sending import Stream

_LOG = logging.getLogger(__name__)
_POSTS = frozenset({"sendMessage", "sendDocument", "editMessageText", "editMessageReplyMarkup"})
"""Calls that must come through. Others are hints ("typing…"), late already when they have to wait."""
_SLACK = 0.1
"""Seconds beyond `retry_after`: clocks differ."""

Json = bool | dict[str, Any] | list[dict[str, Any]]

_READ = ("message_id", "date", "chat")
"""What is read of a message that was just sent. Telegram sends all of it back, the answered one with it, and
python-telegram-bot would make some forty objects of that."""


class Pacing(BaseRateLimiter[int]):
    """Spreads calls over time and repeats those that Telegram wants later.

    `per_second` over all chats, 0: no limit. python-telegram-bot's own limiter halts every chat when one is
    told to wait; here the others go on.
    """

    def __init__(self, per_second: int, *, on_wait: Callable[[], None] = lambda: None) -> None:
        self._stream = Stream(per_second)
        self._on_wait = on_wait

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Json]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Json:
        chat = data.get("chat_id")
        while True:
            await self._stream.turn(chat)
            try:
                return _without_echo(await callback(*args, **kwargs))
            except RetryAfter as refused:
                seconds = _seconds(refused) + _SLACK
                if chat is not None:
                    self._stream.hold(chat, seconds)
                self._on_wait()
                _LOG.warning("%s: Telegram wants a pause of %.0f s in this chat", endpoint, seconds)
                if endpoint not in _POSTS:
                    raise


def _without_echo(answer: Json) -> Json:
    """The answer without what the bot said itself."""
    if isinstance(answer, dict) and "message_id" in answer:
        return {name: answer[name] for name in _READ if name in answer}
    return answer


def _seconds(refused: RetryAfter) -> float:
    wait = refused.retry_after
    return wait.total_seconds() if hasattr(wait, "total_seconds") else float(wait)
