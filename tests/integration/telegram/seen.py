"""What does a person see in a message? Its marked words and its buttons."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def marked(message: Json, kind: str) -> list[str]:
    """The words that carry an entity of this kind."""
    raw = message["text"].encode("utf-16-le")
    return [
        raw[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in message["entities"]
        if e["type"] == kind
    ]


def buttons(message: Json) -> list[Json]:
    """All buttons, row by row."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def labels(message: Json) -> list[str]:
    return [button["text"] for button in buttons(message)]
