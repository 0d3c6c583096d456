"""Which buttons stand under a reply, and what does a press say? `action.key`, a few bytes, kept in SQLite."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from bot.channels.words import REASONS, SKIP_REASON
from bot.reply import Action, ActionKind, Reply

Button = dict[str, Any]
Keyboard = dict[str, list[list[Button]]]
"""As the Bot API takes it. To make python-telegram-bot's objects of a reply's eight buttons and read them again takes
0.3 ms, a fifteenth of what the bot's own process has to do for a question."""
Press = Literal["next", "previous", "context", "good", "bad", "reason", "ask", "alone", "delete", "keep"]
_CODES: dict[str, Press] = {
    "n": "next",
    "p": "previous",
    "c": "context",
    "g": "good",
    "b": "bad",
    "r": "reason",
    "q": "ask",
    "a": "alone",
    "d": "delete",
    "k": "keep",
}
_CODE_OF = {press: code for code, press in _CODES.items()}
_PRESS_OF: dict[ActionKind, Press] = {
    "next": "next",
    "previous": "previous",
    "context": "context",
    "good": "good",
    "bad": "bad",
}
_DATA = re.compile(r"([a-z])([a-z0-9]{0,8})\.([A-Za-z0-9_-]{1,40})\Z")
_COPY_LIMIT = 256
_ICONS: dict[ActionKind, str] = {
    "previous": "◀ {}",
    "next": "{} ▶",
    "context": "📖 {}",
    "good": "👍",
    "bad": "👎",
    "copy": "📋 {}",
    "open": "🔗 {}",
    "ask": "{}",
    "ask_alone": "{}",
}
_ROWS: tuple[tuple[ActionKind, ...], ...] = (
    ("previous", "next"),
    ("context", "good", "bad"),
    ("copy", "open"),
)
_LABEL_LENGTH = 60
"""Longer labels are cut by phones anyway."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """`detail`: which question, or which reason; else empty."""

    press: Press
    key: str
    detail: str = ""


def button(label: str, press: Press, key: str, detail: str = "") -> Button:
    """One that is pressed; `read` reads what it carries."""
    return {"text": label, "callback_data": f"{_CODE_OF[press]}{detail}.{key}"}


def markup(rows: list[list[Button]]) -> Keyboard:
    return {"inline_keyboard": rows}


def read(text: str | None) -> Pressed | None:
    """What was pressed; None for anything that this bot never wrote."""
    match = _DATA.match(text or "")
    if match is None or match.group(1) not in _CODES:
        return None
    return Pressed(_CODES[match.group(1)], match.group(3), match.group(2))


def keyboard(reply: Reply, key: str, *, feedback: bool = True) -> Keyboard | None:
    """The buttons for a reply whose card has this key; `feedback`: 👍 and 👎 are still to be pressed."""
    by_kind = {action.kind: action for action in reply.actions}
    if not feedback:
        by_kind = {kind: action for kind, action in by_kind.items() if kind not in ("good", "bad")}
    rows = [[_button(by_kind[kind], key, reply) for kind in row if kind in by_kind] for row in _ROWS]
    for position, action in enumerate(a for a in reply.actions if a.kind == "ask"):
        label = shortened(action.label)
        rows.append([button(label, "ask", key, str(position))])
    if "ask_alone" in by_kind:
        label = shortened(by_kind["ask_alone"].label)
        rows.append([button(label, "alone", key)])
    filled = [[b for b in row if b is not None] for row in rows]
    return markup([row for row in filled if row]) if any(filled) else None


def reasons(key: str) -> Keyboard:
    """Why was it not good?"""
    asked = [button(label, "reason", key, word) for word, label in REASONS.items()]
    return markup([asked[:2], asked[2:], [button(SKIP_REASON, "reason", key)]])


def links(reply: Reply) -> Keyboard | None:
    """The buttons that work in a message which is not the bot's own."""
    found = [_button(action, "", reply) for action in reply.actions if action.kind in ("copy", "open")]
    row = [button for button in found if button is not None]
    return markup([row]) if row else None


def shortened(text: str, limit: int = _LABEL_LENGTH) -> str:
    """Cut at a word, with an ellipsis, where it is longer than `limit`."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0] + "…"


def _button(action: Action, key: str, reply: Reply) -> Button | None:
    label = _ICONS[action.kind].format(action.label)
    match action.kind:
        case "copy":
            fits = len(action.value.encode("utf-16-le")) // 2 <= _COPY_LIMIT
            return {"text": label, "copy_text": {"text": action.value}} if fits else None
        case "open":
            return {"text": label, "url": action.value} if _is_address(action.value) else None
        case "next" if reply.page:
            label = f"Đoạn {reply.page[0] + 1}/{reply.page[1]} ▶"
        case "previous" if reply.page:
            label = f"◀ Đoạn {reply.page[0] - 1}/{reply.page[1]}"
        case _:
            pass
    return button(label, _PRESS_OF[action.kind], key)


def _is_address(text: str) -> bool:
    """One that Telegram takes in a button."""
    try:
        address = urlsplit(text)
    except ValueError:
        return False
    return (
        address.scheme in ("http", "https")
        and "." in (address.hostname or "")
        and not any(c.isspace() or ord(c) < 33 for c in text)
    )
