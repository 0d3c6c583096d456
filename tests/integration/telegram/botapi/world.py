"""What does the server remember? Chats, messages, files and the updates that wait for the bot."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from tests.integration.telegram.botapi.refusals import bad_request, moved_to

Json = dict[str, Any]


@dataclass(slots=True)
class Chat:
    """`threads`: ids of a forum's topics, each the id of the service message that opened it.

    `moved_to`: the supergroup that it has become.
    """

    about: Json
    messages: dict[int, Json] = field(default_factory=dict)
    threads: set[int] = field(default_factory=set)
    blocked: bool = False
    moved_to: int | None = None
    reactions: dict[int, list[Json]] = field(default_factory=dict)
    actions: list[Json] = field(default_factory=list)
    deleted: list[int] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def identifier(self) -> int:
        return int(self.about["id"])


@dataclass(slots=True)
class Waiting:
    """An update that the bot has not confirmed.

    `late`: handed out whatever was confirmed before; only an offset that comes after that confirms it.
    """

    update: Json
    late: bool = False
    handed_out: bool = False


class World:
    """One bot's side of Telegram."""

    def __init__(self, bot: Json) -> None:
        self.bot = bot
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, tuple[str, bytes]] = {}
        self.waiting: deque[Waiting] = deque()
        self.arrived = asyncio.Event()
        self.callbacks: dict[str, Json] = {}
        self.inline: dict[str, Json] = {}
        self.changed = asyncio.Event()
        self.commands: dict[str, list[Json]] = {}
        self._updates = itertools.count(1000)
        self._messages = itertools.count(1)
        self._others = itertools.count(1)

    def chat(self, identifier: int | str) -> Chat:
        try:
            chat = self.chats[int(identifier)]
        except (KeyError, ValueError):
            raise bad_request("chat not found") from None
        if chat.moved_to is not None:
            raise moved_to(chat.moved_to)
        return chat

    def add_message(self, chat: Chat, sender: Json | None, **content: Any) -> Json:
        number = next(self._messages)
        message = {"message_id": number, "date": int(time.time()), "chat": chat.about, **content}
        if sender is not None:
            message["from"] = sender
        chat.messages[number] = message
        self.notice(chat)
        return message

    def notice(self, chat: Chat) -> None:
        """Wake those who wait for something in the chat."""
        for event in (chat.changed, self.changed):
            event.set()
            event.clear()

    def push(self, kind: str, content: Json, *, update_id: int | None = None, late: bool = False) -> int:
        """Hand the bot an update; `late` ones come whatever was confirmed before."""
        number = next(self._updates) if update_id is None else update_id
        self.waiting.append(Waiting({"update_id": number, kind: content}, late))
        self.arrived.set()
        return number

    def reserve(self) -> int:
        """An update id to use later, with `push(update_id=…)`: for updates that come out of order."""
        return next(self._updates)

    def again(self, update: Json) -> None:
        """Hand out an update a second time, as a server that lost the confirmation does."""
        self.waiting.append(Waiting(update, late=True))
        self.arrived.set()

    def confirm(self, offset: int) -> None:
        """Forget what the bot has: everything below `offset` that it could have been given."""
        self.waiting = deque(
            w for w in self.waiting if w.update["update_id"] >= offset or (w.late and not w.handed_out)
        )

    def hand_out(self, limit: int, kinds: list[str] | None) -> list[Json]:
        """The next updates; they stay until they are confirmed."""
        chosen = [w for w in self.waiting if not kinds or set(kinds) & w.update.keys()][:limit]
        for waiting in chosen:
            waiting.handed_out = True
        return [w.update for w in chosen]

    def fresh(self, prefix: str) -> str:
        return f"{prefix}{next(self._others)}"
