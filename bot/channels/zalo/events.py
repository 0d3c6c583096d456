"""What came in? One record of an event, as polling and webhook bring it, wrapped or bare."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import msgspec

_TEXT = "message.text.received"
_OTHERS = frozenset(f"message.{what}.received" for what in ("image", "sticker", "voice", "unsupported"))


@dataclass(frozen=True, slots=True)
class Event:
    """A message to the bot. `key`: the same for the same event delivered twice. `text`: empty where it has none."""

    key: str
    chat: str
    user: str
    text: str
    group: bool = False

    @property
    def place(self) -> str:
        """The conversation: a person in a chat."""
        return f"{self.chat}:{self.user}"


def read_event(received: Any) -> Event | None:
    """The event, or None for what is no message of a person's."""
    if not isinstance(received, dict):
        return None
    inner = received.get("result")
    event = inner if isinstance(inner, dict) and "event_name" not in received else received
    name, message = event.get("event_name"), event.get("message")
    if not isinstance(message, dict) or name not in (_TEXT, *_OTHERS):
        return None
    sender, chat = message.get("from"), message.get("chat")
    if not isinstance(sender, dict) or not isinstance(chat, dict) or sender.get("is_bot") is True:
        return None
    chat_id, user = _id(chat.get("id")), _id(sender.get("id"))
    if not chat_id or not user:
        return None
    text = message.get("text")
    return Event(
        key=_key(name, event, message),
        chat=chat_id,
        user=user,
        text=text.strip() if name == _TEXT and isinstance(text, str) else "",
        group=str(chat.get("chat_type", "")).upper() == "GROUP",
    )


def _key(name: str, event: dict[str, Any], message: dict[str, Any]) -> str:
    identifier = _id(message.get("message_id"))
    if identifier:
        return f"{name}:{identifier}"
    body = msgspec.json.encode(event, order="deterministic")
    return f"{name}:{hashlib.blake2b(body, digest_size=16).hexdigest()}"


def _id(value: object) -> str:
    """Ids are words; a number is taken for one."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
