"""Who talks to the bot? People and groups: what they say, press and edit, and what they see come back."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from typing import Any

from tests.integration.telegram.botapi.entities import units
from tests.integration.telegram.botapi.server import FakeBotApi
from tests.integration.telegram.botapi.world import Chat, Json

PATIENCE = 20.0
"""Seconds to wait for something that should come at once: long, so that a busy machine fails no test."""

_ids = itertools.count(1001)


class Place:
    """A chat as a test sees it: `replies` are the bot's messages, oldest first."""

    def __init__(self, api: FakeBotApi, about: Json) -> None:
        self.api = api
        self.chat = api.world.chats[int(about["id"])] = Chat(about)
        self.identifier = int(about["id"])

    @property
    def replies(self) -> list[Json]:
        return [m for m in self.chat.messages.values() if m.get("from") == self.api.world.bot]

    async def until(self, ready: Callable[[], Any], *, seconds: float = PATIENCE) -> Any:
        """What `ready` gives, as soon as it gives something true."""
        async with asyncio.timeout(seconds):
            while not (found := ready()):
                await self.chat.changed.wait()
        return found

    async def reply(self, number: int = 1) -> Json:
        """The bot's `number`-th message here, from 1, when it has come."""
        await self.until(lambda: len(self.replies) >= number)
        return self.replies[number - 1]

    async def reply_to(self, message: Json) -> Json:
        """The bot's first message in reply to this one."""

        def found() -> Json | None:
            for answer in self.replies:
                if answer.get("reply_to_message", {}).get("message_id") == message["message_id"]:
                    return answer
            return None

        return dict(await self.until(found))

    def post(self, sender: Json, text: str | None, **extra: Any) -> Json:
        """A message of `sender`; its commands and mentions are marked as Telegram marks them."""
        if text is not None:
            extra = {"text": text, "entities": mark(text), **extra}
        message = self.api.world.add_message(self.chat, sender, **extra)
        self.api.world.push("message", dict(message))
        return message

    def change(self, message: Json, text: str) -> Json:
        """The message edited by its sender."""
        message |= {"text": text, "entities": mark(text), "edit_date": message["date"] + 1}
        self.api.world.push("edited_message", dict(message))
        return message

    async def press(self, sender: Json, message: Json, label: str) -> Json:
        """Press the button whose label holds `label`; gives what the bot answers to the press."""
        return await self.press_data(sender, message, button(message, label)["callback_data"])

    async def press_data(self, sender: Json, message: Json, data: str) -> Json:
        """Press with any data, forged ones too."""
        identifier = self.api.world.fresh("callback")
        query: Json = {
            "id": identifier,
            "from": sender,
            "chat_instance": "1",
            "data": data,
            "message": dict(message),
        }
        self.api.world.callbacks[identifier] = query
        self.api.world.push("callback_query", dict(query))
        async with asyncio.timeout(PATIENCE):
            while "answer" not in query:
                await self.api.world.changed.wait()
        return dict(query["answer"])


class Person(Place):
    """Somebody, and their private chat with the bot."""

    def __init__(self, api: FakeBotApi, name: str = "An", *, identifier: int | None = None) -> None:
        number = identifier or next(_ids)
        self.user: Json = {"id": number, "is_bot": False, "first_name": name, "language_code": "vi"}
        super().__init__(api, {"id": number, "type": "private", "first_name": name})

    def say(self, text: str | None, **extra: Any) -> Json:
        return self.post(self.user, text, **extra)

    def send_file(self, name: str, body: bytes, **extra: Any) -> Json:
        return self.say(None, document=upload(self.api, name, body), **extra)

    async def tap(self, message: Json, label: str) -> Json:
        return await self.press(self.user, message, label)

    async def ask(self, text: str, **extra: Any) -> Json:
        """The reply to a question."""
        return await self.reply_to(self.say(text, **extra))

    async def inline(self, text: str) -> Json:
        """What the bot answers to `@bot text` typed in any chat."""
        identifier = self.api.world.fresh("inline")
        query: Json = {"id": identifier, "from": self.user, "query": text, "offset": ""}
        self.api.world.inline[identifier] = query
        self.api.world.push("inline_query", dict(query))
        async with asyncio.timeout(PATIENCE):
            while "answer" not in query:
                await self.api.world.changed.wait()
        return dict(query["answer"])


class Group(Place):
    """A supergroup; `identifier` is negative, as Telegram's are."""

    def __init__(self, api: FakeBotApi, title: str = "Nhóm", **about: Any) -> None:
        number = -1_000_000_000_000 - next(_ids)
        super().__init__(api, {"id": number, "type": "supergroup", "title": title, **about})

    def say(self, person: Person, text: str | None, **extra: Any) -> Json:
        return self.post(person.user, text, **extra)


class BasicGroup(Group):
    """A group that isn't a supergroup yet."""

    def __init__(self, api: FakeBotApi, title: str = "Nhóm nhỏ") -> None:
        Place.__init__(self, api, {"id": -next(_ids), "type": "group", "title": title})

    def upgrade(self, person: Person, *, told: bool = True) -> Group:
        """The supergroup that it becomes; `told`: Telegram says so in both chats."""
        new = Group(self.api, self.chat.about["title"])
        if told:
            self.say(person, None, migrate_to_chat_id=new.identifier)
            new.say(person, None, migrate_from_chat_id=self.identifier)
        self.chat.moved_to = new.identifier
        return new


class Forum(Group):
    """A group with topics."""

    def __init__(self, api: FakeBotApi, title: str = "Diễn đàn") -> None:
        super().__init__(api, title, is_forum=True)

    def open_topic(self, person: Person, name: str) -> Json:
        """The service message that opens a topic; its id is the topic's."""
        topic = {"name": name, "icon_color": 7322096}
        message = self.api.world.add_message(self.chat, person.user, forum_topic_created=topic)
        message |= {"message_thread_id": message["message_id"], "is_topic_message": True}
        self.chat.threads.add(message["message_id"])
        return message

    def say_in(self, topic: Json, person: Person, text: str, **extra: Any) -> Json:
        """A message in a topic: Telegram shows it as a reply to the topic's opening."""
        placed: Json = {
            "message_thread_id": topic["message_id"],
            "is_topic_message": True,
            "reply_to_message": topic,
        }
        return self.say(person, text, **{**placed, **extra})


def upload(api: FakeBotApi, name: str, body: bytes, *, mime_type: str = "text/plain") -> Json:
    """A file as a message carries it."""
    identifier = api.world.fresh("file")
    api.world.files[identifier] = (name, body)
    return {
        "file_id": identifier,
        "file_unique_id": identifier,
        "file_name": name,
        "file_size": len(body),
        "mime_type": mime_type,
    }


def button(message: Json, label: str) -> Json:
    """The button whose label holds `label`."""
    for row in message.get("reply_markup", {}).get("inline_keyboard", ()):
        for candidate in row:
            if label in candidate["text"]:
                return dict(candidate)
    raise AssertionError(f"no button {label!r} under {message.get('text')!r}")


def mark(text: str) -> list[Json]:
    """Entities for commands and mentions, where Telegram would put them."""
    entities = []
    at = 0
    for word in text.split(" "):
        for start, kind in (("/", "bot_command"), ("@", "mention")):
            if word.startswith(start) and len(word) > 1:
                name = word.rstrip(",.!?:;")
                entities.append({"type": kind, "offset": units(text[:at]), "length": units(name)})
        at += len(word) + 1
    return entities
