"""Zalo has no buttons: how does one choose? By typing the number that stands before what is offered."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from bot.channels.words import REASONS, SKIP_REASON
from bot.channels.zalo.words import ACTIONS, CHOOSE
from bot.reply import Action

_NUMBER = re.compile(r"(\d{1,2})[.)]?\Z")


class Offer(msgspec.Struct, frozen=True):
    """What a number does: the `kind` of an action, or "reason"; `value`: the question to ask, the reason's word."""

    kind: str
    value: str = ""


class Menu(msgspec.Struct, frozen=True):
    """What the numbers do, from 1. `question`: what was asked, and `card` its name, for feedback."""

    offers: tuple[Offer, ...] = ()
    question: str = ""
    card: str = ""


def chosen(text: str) -> int | None:
    """The number that was typed and nothing else: "2", "2." or "2)"; None for anything longer."""
    match = _NUMBER.match(text.strip())
    return int(match[1]) if match else None


def numbered(text: str, actions: Sequence[Action]) -> tuple[str, tuple[Offer, ...]]:
    """The text with a number before everything that is offered, and what the numbers do.

    Questions that the text lists already get their number where they stand.
    """
    offers: list[Offer] = []
    lines: list[str] = []
    for action in actions:
        told = ACTIONS.get(action.kind)
        if told is None:
            continue
        offers.append(Offer(action.kind, action.value))
        listed, line = f"• {action.label}", f"{len(offers)}. {told.format(action.label)}"
        if listed in text.splitlines():
            text = "\n".join(line if one == listed else one for one in text.splitlines())
        else:
            lines.append(line)
    if offers:
        text = "\n\n".join(part for part in (text, "\n".join((CHOOSE, *lines))) if part)
    return text, tuple(offers)


def reasons(question: str, card: str, *, said: str) -> tuple[str, Menu]:
    """Why was the answer not good? The words to say and what their numbers do."""
    offers = (*(Offer("reason", word) for word in REASONS), Offer("reason"))
    labels = (*REASONS.values(), SKIP_REASON)
    lines = [f"{number}. {label}" for number, label in enumerate(labels, start=1)]
    return "\n".join((said, *lines)), Menu(offers, question, card)
