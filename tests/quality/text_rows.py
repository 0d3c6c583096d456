"""What is asked of our own texts of other kinds, and what would be right?

`texts/<kind>/` holds the documents, `asked/<kind>.jsonl` a row a line, of three forms:

- a question: `question`, `document`, `answers` (the card must hold one of them), and `section`, the heading above the
  answer, where there is one;
- one to be declined: `question`, `why` (the fact, name, year, date, article or number that isn't there);
- a conversation: `turns`, each with `question`, `document` and `answers`.

Rows with `held` count in one total over all kinds and are listed nowhere, so that nobody tunes to them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
TEXTS = FOLDER / "texts"
ASKED = FOLDER / "asked"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One message, and what the card must hold: one of `answers`, from `document`; nothing: to be declined.

    `section`: the heading above the answer, empty where it has none. `why`: why it is to be declined.
    """

    text: str
    document: str = ""
    answers: tuple[str, ...] = ()
    section: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A question, or a conversation of several turns, on the texts of one kind. `id`: "rules-03"."""

    id: str
    kind: str
    turns: tuple[Wanted, ...]
    held: bool = False


def kinds() -> tuple[str, ...]:
    """The kinds of texts, by the alphabet."""
    return tuple(sorted(path.stem for path in ASKED.glob("*.jsonl")))


def rows() -> tuple[Row, ...]:
    """Every row of every kind, in the files' order."""
    return tuple(
        Row(
            id=f"{kind}-{number:02}",
            kind=kind,
            turns=tuple(_wanted(turn) for turn in row.get("turns", [row])),
            held=row.get("held", False),
        )
        for kind in kinds()
        for number, row in enumerate(_read(ASKED / f"{kind}.jsonl"), start=1)
    )


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _wanted(row: dict[str, Any]) -> Wanted:
    return Wanted(
        text=row["question"],
        document=row.get("document", ""),
        answers=tuple(row.get("answers", ())),
        section=row.get("section", ""),
        why=row.get("why", ""),
    )
