"""How does a reply surely arrive? Tried again while the network is down, sent plain where it is refused."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError

from bot.channels.metrics import Metrics
from bot.channels.sending import patiently
from bot.channels.telegram.keyboard import Keyboard
from bot.channels.telegram.richtext import Message

_LOG = logging.getLogger(__name__)
_FINAL = (
    *("chat not found", "message thread not found", "topic_closed", "not enough rights", "have no rights"),
    *("message is not modified", "message to edit not found", "message can't be edited"),
)
"""Refusals that no other form of the message mends."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Where:
    """A chat, its topic where it has topics, and the message replied to."""

    chat: int
    thread: int | None = None
    reply_to: int | None = None


def _ignored(old: int, new: int) -> None:
    pass


class Outbox:
    """Sends and edits. Raises NetworkError only after `patience` seconds without Telegram.

    `on_moved`: told the old and the new id of a group that turns out to have become a supergroup.
    """

    def __init__(
        self, bot: Bot, metrics: Metrics, *, patience: float, on_moved: Callable[[int, int], None] = _ignored
    ) -> None:
        self._bot = bot
        self._on_moved = on_moved
        self._metrics = metrics
        self._patience = patience

    async def send(
        self, messages: Sequence[Message], where: Where, keyboard: Keyboard | None = None
    ) -> list[int]:
        """The ids of what arrived, buttons under the last; empty where the person has blocked the bot."""
        sent: list[int] = []
        for message in messages:
            last = message is messages[-1]
            place = where if not sent else replace(where, reply_to=None)
            identifier = await self._reachable(self._send(message, place, keyboard if last else None))
            if identifier is None:
                break
            sent.append(identifier)
        return sent

    async def replace(
        self,
        shown: Sequence[int],
        messages: Sequence[Message],
        where: Where,
        keyboard: Keyboard | None,
    ) -> list[int]:
        """Make those `shown` read like `messages`: edited, the surplus deleted, what is missing sent."""
        kept: list[int] = []
        for identifier, message in zip(shown, messages, strict=False):
            last = message is messages[-1]
            edited = await self._reachable(self._edit(identifier, message, where, keyboard if last else None))
            if edited is None:
                return kept
            kept.append(edited)
        for identifier in shown[len(messages) :]:
            with suppress(BadRequest):
                await self._patiently(lambda i=identifier: self._bot.delete_message(where.chat, i))  # type: ignore[misc]
        if len(messages) > len(shown):
            kept += await self.send(messages[len(shown) :], replace(where, reply_to=None), keyboard)
        return kept

    async def set_keyboard(self, chat: int, message: int, keyboard: Keyboard | None) -> None:
        """Change only the buttons."""
        with suppress(BadRequest, Forbidden):
            await self._patiently(
                lambda: self._bot.edit_message_reply_markup(
                    chat_id=chat, message_id=message, api_kwargs=_buttons(keyboard)
                )
            )

    async def send_file(self, name: str, body: bytes, where: Where, caption: str) -> None:
        async def once() -> None:
            await self._bot.send_document(
                where.chat,
                body,
                filename=name,
                caption=caption,
                message_thread_id=where.thread,
                api_kwargs=_replying(where),
            )

        await self._reachable(self._patiently(once))

    async def _reachable(self, sending: Awaitable[T]) -> T | None:
        """What was sent; None where this person or group doesn't take messages any more."""
        try:
            return await sending
        except Forbidden:
            self._metrics.count("hoidap_errors_total", "forbidden")
            _LOG.info("a chat doesn't take messages from the bot any more")
            return None

    async def _send(self, message: Message, where: Where, keyboard: Keyboard | None) -> int:
        async def once(text: str, mode: ParseMode | None, buttons: Keyboard | None) -> int:
            sent = await self._bot.send_message(
                where.chat,
                text,
                parse_mode=mode,
                message_thread_id=where.thread,
                api_kwargs=_without_preview(buttons) | _replying(where),
            )
            return sent.message_id

        try:
            return await self._in_some_form(message, keyboard, once)
        except ChatMigrated as moved:
            self._on_moved(where.chat, moved.new_chat_id)
            return await self._send(message, Where(moved.new_chat_id), keyboard)

    async def _edit(self, identifier: int, message: Message, where: Where, keyboard: Keyboard | None) -> int:
        async def once(text: str, mode: ParseMode | None, buttons: Keyboard | None) -> int:
            await self._bot.edit_message_text(
                text,
                chat_id=where.chat,
                message_id=identifier,
                parse_mode=mode,
                api_kwargs=_without_preview(buttons),
            )
            return identifier

        try:
            return await self._in_some_form(message, keyboard, once)
        except BadRequest as refused:
            if "message is not modified" in refused.message.lower():
                return identifier
            _LOG.info("a reply can't be edited (%s); it is sent anew", refused.message)
            return await self._send(message, where, keyboard)

    async def _in_some_form(
        self,
        message: Message,
        keyboard: Keyboard | None,
        once: Callable[[str, ParseMode | None, Keyboard | None], Awaitable[int]],
    ) -> int:
        """As it should be; else without its markup; else without its buttons too."""
        forms = [
            (message.html, ParseMode.HTML, keyboard),
            (message.plain, None, keyboard),
            (message.plain, None, None),
        ]
        for number, (text, mode, buttons) in enumerate(forms):
            try:
                return await self._patiently(lambda t=text, m=mode, b=buttons: once(t, m, b))  # type: ignore[misc]
            except BadRequest as refused:
                reason = refused.message.lower()
                if number == len(forms) - 1 or any(words in reason for words in _FINAL):
                    raise
                self._metrics.count("hoidap_errors_total", "refused")
                _LOG.warning("a message was refused (%s); it is sent in a plainer form", refused.message)
        raise AssertionError("every form was tried")

    async def _patiently(self, call: Callable[[], Awaitable[T]]) -> T:
        """Try until Telegram takes or refuses it."""
        return await patiently(
            call,
            seconds=self._patience,
            passing=lambda error: isinstance(error, NetworkError) and not isinstance(error, BadRequest),
            on_failure=lambda: self._metrics.count("hoidap_errors_total", "network"),
        )


def _buttons(keyboard: Keyboard | None) -> dict[str, Any]:
    return {} if keyboard is None else {"reply_markup": keyboard}


def _without_preview(keyboard: Keyboard | None) -> dict[str, Any]:
    return {"link_preview_options": {"is_disabled": True}, **_buttons(keyboard)}


def _replying(where: Where) -> dict[str, Any]:
    """Sent without its question where that is gone."""
    if where.reply_to is None:
        return {}
    return {"reply_parameters": {"message_id": where.reply_to, "allow_sending_without_reply": True}}
