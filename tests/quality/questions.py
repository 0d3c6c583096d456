"""What does the gate ask, and what would be right?

`questions.jsonl`: `id`, `question`, `document`, `answers` (a right passage of that document holds one of
them), `kind` (as in `retrieval.AnswerKind`), `span` (the ideal words to emphasise, where a number, a date or
a name is asked for) and `form` (how it is typed, where that is not plain Vietnamese).

`unanswerable.jsonl`: `id`, `question`, `why` (what the articles lack: the name, document, year or fact asked
for, or the subject), `missing` (a name the reply should give).

`conversations.jsonl`: `id`, `turns`: each has `question`, and either `document` and `answers` as above, or
`missing`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval import AnswerKind, Hit

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Target:
    """Where the answer stands: a passage of `document` that holds one of `answers`."""

    document: str
    answers: tuple[str, ...]

    def held_by(self, hit: Hit) -> bool:
        """Whether this hit's passage answers."""
        return hit.document.id == self.document and any(words in hit.passage.text for words in self.answers)


@dataclass(frozen=True, slots=True)
class Question:
    """One that the articles answer. `span` is empty where no words are to be emphasised."""

    id: str
    text: str
    target: Target
    kind: AnswerKind
    span: str = ""
    form: str = "plain"


@dataclass(frozen=True, slots=True)
class Unanswerable:
    """One that they don't. `missing` is empty where the question names nothing that they lack."""

    id: str
    text: str
    why: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation. Without a target it is to be declined, naming `missing`."""

    text: str
    target: Target | None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation: what a later turn asks is only clear from the turns before it."""

    id: str
    turns: tuple[Turn, ...]


def questions() -> tuple[Question, ...]:
    """Every single question, in the file's order, which keeps those about one article together."""
    return tuple(
        Question(
            id=row["id"],
            text=row["question"],
            target=_target(row),
            kind=row["kind"],
            span=row.get("span", ""),
            form=row.get("form", "plain"),
        )
        for row in _rows("questions.jsonl")
    )


def unanswerable() -> tuple[Unanswerable, ...]:
    """Every question to be declined."""
    return tuple(
        Unanswerable(id=row["id"], text=row["question"], why=row["why"], missing=row.get("missing", ""))
        for row in _rows("unanswerable.jsonl")
    )


def talks() -> tuple[Talk, ...]:
    """Every conversation."""
    return tuple(
        Talk(
            id=row["id"],
            turns=tuple(
                Turn(
                    text=turn["question"],
                    target=_target(turn) if "answers" in turn else None,
                    missing=turn.get("missing", ""),
                )
                for turn in row["turns"]
            ),
        )
        for row in _rows("conversations.jsonl")
    )


def _rows(name: str) -> Iterator[dict[str, Any]]:
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _target(row: dict[str, Any]) -> Target:
    return Target(document=row["document"], answers=tuple(row["answers"]))
