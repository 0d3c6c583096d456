"""What is said to the person, before any channel's markup? Text, quoted passages, and what can follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]
"""Character offsets `[start, end)` in the text beside it."""

ActionKind = Literal["next", "previous", "context", "good", "bad", "copy", "open", "ask", "ask_alone"]
"""`ask`: ask `value`. `ask_alone`: ask `value` again, carrying nothing over from what went before."""

ReplyKind = Literal["answer", "nearest", "nothing", "unclear", "talk"]
"""`nearest`: no answer, only near passages. `unclear`: nothing to search for. `talk`: greetings, help."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of our own words; a new line inside is a line of a list."""

    text: str
    emphasis: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a passage comes from, in the words to show.

    `place` is one line: "Báo Đồng Khởi · 07/02/2020". `also` names other places of the same story. `document`: its
    id; `passage`: offsets in its text, for channels that can lead there.
    """

    title: str
    place: str
    url: str | None = None
    also: tuple[str, ...] = ()
    document: str = ""
    passage: Span | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage, word for word, its answer emphasised. `nearest`: shown only because nothing answers."""

    text: str
    citation: Citation
    emphasis: tuple[Span, ...] = ()
    nearest: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The text around a passage; `passage` is where it stands in it."""

    text: str
    passage: Span


Block = Text | Quote | Surroundings


@dataclass(frozen=True, slots=True)
class Action:
    """Something to offer. `value`: the text to copy, the address to open, the question to ask; else empty."""

    kind: ActionKind
    label: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """Everything a channel needs to show. `question`: as it was understood, for counts; else empty.

    `page`: (which of the passages is shown, how many there are), from 1, where there are pages to turn.
    """

    kind: ReplyKind
    blocks: tuple[Block, ...]
    actions: tuple[Action, ...] = ()
    question: str = ""
    page: tuple[int, int] | None = None

    def action(self, kind: ActionKind) -> Action | None:
        """The action of this kind, if it is offered."""
        return next((action for action in self.actions if action.kind == kind), None)
