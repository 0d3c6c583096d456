"""How good are the answers on our own texts of other kinds? `python -m tests.quality.text_report` prints it."""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterable, Sequence

from tests.quality.report import GOLDEN, Totals
from tests.quality.text_outcomes import Seen, seen
from tests.quality.text_rows import FOLDER, kinds

TEXT_GOLDEN = GOLDEN / "texts"
TEXT_TOTALS = FOLDER / "text_totals.toml"
EXCERPT = 100
"""Characters of a card, from its start."""


def totals(found: Sequence[Seen]) -> Totals:
    """Kind -> measure -> value: what isn't held back, kind by kind and together (`open`); then `held`, together."""
    unheld = [each for each in found if not each.row.held]
    values = {kind: _measures([each for each in unheld if each.row.kind == kind]) for kind in kinds()}
    together = {"open": unheld, "held": [each for each in found if each.row.held]}
    return values | {name: _measures(part) | _honesty(part) for name, part in together.items()}


def golden(found: Sequence[Seen]) -> dict[str, str]:
    """File name -> what it should hold: one a kind, without the rows held back."""
    return {
        f"{kind}.txt": "".join(line(each) for each in found if each.row.kind == kind and not each.row.held)
        for kind in kinds()
    }


def line(each: Seen) -> str:
    """A message and its mark: "+" right, "2" or "3" the place of the right card, "-" neither; then what was shown."""
    mark = "+" if each.right else str(each.rank or "-")
    indent = "  " if each.number > 1 else ""
    name = f"{each.row.id}.{each.number}" if len(each.row.turns) > 1 else each.row.id
    wanted = f"“{'” or “'.join(each.turn.answers)}”" if each.turn.answers else f"none ({each.turn.why})"
    decision = (
        f"answered{f' “{each.emphasised}”' if each.emphasised else ''}" if each.answered else "declined"
    )
    head = f"{mark} {indent}{name}  {each.turn.text}\n"
    if each.understood != each.turn.text:
        head += f"    = {each.understood}\n"
    head += f"    wanted {wanted}; {decision}{'' if each.verdict == 'none' else ' ' + each.verdict}\n"
    card = " ".join(each.card.split())[:EXCERPT]
    return head if each.right else f"{head}    {each.document}: {card}\n"


def lost(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The messages that were right and aren't any more, as `file: message`."""
    return [
        f"{name}: {message}"
        for name, text in before.items()
        for message in _right(text)
        if message not in _right(after.get(name, ""))
    ]


def pinned() -> Totals:
    """The totals that must not be undercut; empty where none are written yet."""
    return tomllib.loads(TEXT_TOTALS.read_text(encoding="utf-8")) if TEXT_TOTALS.exists() else {}


def _right(text: str) -> list[str]:
    return [row[2:].strip() for row in text.splitlines() if row.startswith("+ ")]


def _measures(part: Sequence[Seen]) -> dict[str, float]:
    asked = _asked(part)
    refused = [each for each in part if not each.turn.answers]
    later = [each for each in part if each.number > 1]
    return {
        "questions": len(asked),
        "on_first_card": _share(each.rank == 1 for each in asked),
        "on_three_cards": _share(each.rank is not None for each in asked),
        "to_decline": len(refused),
        "declined": _share(not each.answered for each in refused),
        "later_turns": len(later),
        "later_turns_right": _share(each.right for each in later),
    }


def _honesty(part: Sequence[Seen]) -> dict[str, float]:
    """Shares of all questions that have an answer; of `section_named`, of those whose answer has a section."""
    asked = _asked(part)
    return {
        "answered_wrong": _share(each.answered and each.rank != 1 for each in asked),
        "emphasis_right": _share(each.answered and each.verdict == "right" for each in asked),
        "emphasis_wrong": _share(each.answered and each.verdict == "wrong" for each in asked),
        "section_named": _share(each.place is True for each in asked if each.turn.section),
    }


def _asked(part: Sequence[Seen]) -> list[Seen]:
    return [each for each in part if each.turn.answers and len(each.row.turns) == 1]


def _share(flags: Iterable[bool]) -> float:
    collected = list(flags)
    return round(sum(collected) / len(collected), 3) if collected else 0.0


def main(arguments: list[str] | None = None) -> None:
    """Print a line a kind, and with --list every message that failed and isn't held back."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.quality.text_report", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--list", action="store_true", help="show what failed, of the rows not held back")
    options = parser.parse_args(arguments)
    found = seen()
    print(_table(totals(found)))
    if options.list:
        print("", *(line(each) for each in found if not each.right and not each.row.held), sep="\n", end="")


def _table(values: Totals) -> str:
    """A line a kind, a column a measure; columns that only the totals have stay empty above."""
    names = list(values["open"])
    width = max(map(len, names)) + 2
    lines = [" " * 12 + "".join(f"{name:>{width}}" for name in names)]
    lines += [
        f"{kind:12}" + "".join(f"{measures.get(name, ''):>{width}}" for name in names)
        for kind, measures in values.items()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
