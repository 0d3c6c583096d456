"""How does a text become Zalo messages? Plain, whole paragraphs together, cut below the limit."""

from __future__ import annotations

from bot.channels.cutting import UNPRINTABLE, cut, units

LIMIT = 2000
"""UTF-16 code units of one message."""


def messages(text: str, *, limit: int = LIMIT) -> tuple[str, ...]:
    """The text in as few messages as hold it: cut between paragraphs, in a long one after a sentence."""
    packed: list[str] = []
    for paragraph in text.translate(UNPRINTABLE).split("\n\n"):
        rest = paragraph.strip()
        if rest and packed and units(packed[-1]) + 2 + units(rest) <= limit:
            packed[-1] += f"\n\n{rest}"
            continue
        while units(rest) > limit:
            at = cut(rest, limit)
            packed.append(rest[:at].strip())
            rest = rest[at:].strip()
        if rest:
            packed.append(rest)
    return tuple(part for part in packed if part)
