"""Is this message meant for the bot? The one gate that every kind of message passes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from telegram import Message, MessageEntity, Update, User
from telegram.constants import ChatType

How = Literal["private", "command", "mention", "reply"]
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?=\s|\Z)\s*")
_IN_GROUPS_WITHOUT_NAME = frozenset({"hoi"})
"""Commands that this bot takes in a group although they don't name it."""


@dataclass(frozen=True, slots=True)
class Call:
    """What the bot is told: `text` without command and mention; `command` in lower case, without slash."""

    how: How
    text: str
    command: str = ""

    @property
    def sure(self) -> bool:
        """Whether it is certain that the bot was asked: then it says so even when it finds nothing."""
        return self.how != "reply"


def read(message: Message, me: User) -> Call | None:
    """What the message tells the bot, or None where it is not meant for it."""
    if _is_noise(message, me):
        return None
    text = _words(message)
    private = message.chat.type == ChatType.PRIVATE
    match = _COMMAND.match(text)
    if match is not None:
        command, named = match.group(1).lower(), (match.group(2) or "").lower()
        anybody = private or command in _IN_GROUPS_WITHOUT_NAME or _is_reply(message, me)
        if named == (me.username or "").lower() or (not named and anybody):
            return Call("private" if private else "command", text[match.end() :].strip(), command)
        return None
    if private:
        return Call("private", text.strip())
    without = _without_mention(message, me)
    if without is not None:
        return Call("mention", without)
    return Call("reply", text.strip()) if _is_reply(message, me) else None


def moved_group(update: Update) -> tuple[int, int] | None:
    """The old and the new id of a group that has become a supergroup; Telegram says so in both."""
    message = update.message
    if message is None:
        return None
    if message.migrate_to_chat_id is not None:
        return message.chat.id, message.migrate_to_chat_id
    if message.migrate_from_chat_id is not None:
        return message.migrate_from_chat_id, message.chat.id
    return None


def _words(message: Message) -> str:
    """The text, or what stands under a picture or a file."""
    return message.text if message.text is not None else message.caption or ""


def _is_noise(message: Message, me: User) -> bool:
    """Other bots, the bot's own inline results, and what channels forward by themselves."""
    if message.via_bot is not None and message.via_bot.id == me.id:
        return True
    if message.is_automatic_forward or message.chat.type == ChatType.CHANNEL:
        return True
    # A group's anonymous administrator writes as a bot of Telegram's, in the name of the group.
    return message.from_user is not None and message.from_user.is_bot and message.sender_chat is None


def _is_reply(message: Message, me: User) -> bool:
    """Whether it replies to what the bot said. A topic's opening doesn't count: all in it reply to that."""
    original = message.reply_to_message
    return (
        original is not None
        and original.from_user is not None
        and original.from_user.id == me.id
        and original.forum_topic_created is None
    )


def _without_mention(message: Message, me: User) -> str | None:
    """The text without the bot's name; None where it isn't named."""
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    entities = (
        message.parse_entities(kinds) if message.text is not None else message.parse_caption_entities(kinds)
    )
    name = f"@{me.username or ''}".lower()
    words = {
        shown
        for entity, shown in entities.items()
        if shown.lower() == name or (entity.user is not None and entity.user.id == me.id)
    }
    if not words:
        return None
    text = _words(message)
    for word in words:
        text = text.replace(word, " ")
    return re.sub(r"\s+([,.:;!?])", r"\1", " ".join(text.split())).lstrip(",.:;!? ")
