"""How do the outcomes read, for somebody who reviews a change: golden files, and totals?

No score stands in them: every change of a weight would change every line.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from retrieval import Answer
from tests.quality.outcomes import Asked, Outcomes, Refused, Said, Talked
from tests.quality.questions import FOLDER, Target

GOLDEN = FOLDER / "golden"
TOTALS = FOLDER / "totals.toml"
SHOWN = 3
"""Passages a question shows in a golden file."""
EXCERPT = 72
"""Characters of a passage, from its start."""

T = TypeVar("T")
Totals = dict[str, dict[str, float]]


def golden(outcomes: Outcomes) -> dict[str, str]:
    """File name -> what it should hold: one an article, one of what has no answer, one of conversations."""
    files = {
        f"{document}.txt": "\n".join(_asked(asked) for asked in group)
        for document, group in groupby(outcomes.asked, key=lambda asked: asked.question.target.document)
    }
    files["unanswerable.txt"] = "\n".join(_refused(refused) for refused in outcomes.refused)
    files["conversations.txt"] = "\n".join(_talked(talked) for talked in outcomes.talked)
    return files


def totals(outcomes: Outcomes) -> Totals:
    """Section -> measure -> value in [0, 1], rounded to a thousandth; `questions` counts."""
    asked, refused = outcomes.asked, outcomes.refused
    plain_form = [a for a in asked if a.question.form == "plain"]
    later = [said for talked in outcomes.talked for said in talked.turns[1:]]
    named = [r for r in refused if r.question.missing]
    found = _share(a.rank == 1 for a in plain_form)
    unaccented = _share(a.plain_rank == 1 for a in plain_form)
    return {
        "single": {
            "questions": len(asked),
            "success_at_1": _share(a.rank == 1 for a in asked),
            "success_at_3": _share(a.rank is not None and a.rank <= 3 for a in asked),
            "rr_at_10": _mean(1 / a.rank if a.rank else 0.0 for a in asked),
            "article_ndcg_at_10": _mean(
                1 / math.log2(1 + a.document_rank) if a.document_rank else 0.0 for a in asked
            ),
            "answered": _share(a.answer.answered for a in asked),
        },
        "unaccented": {
            "questions": len(plain_form),
            "success_at_1": unaccented,
            "share_kept": round(unaccented / found, 3) if found else 0.0,
        },
        "success_at_1_by_form": _by(asked, lambda a: a.question.form, lambda a: a.rank == 1),
        "success_at_1_by_kind": _by(asked, lambda a: a.question.kind, lambda a: a.rank == 1),
        "emphasis": _emphasis(asked),
        "unanswerable": {
            "questions": len(refused),
            "declined": _share(not r.answer.answered for r in refused),
            "declined_or_named_where_a_name_is_missing": _share(
                r.named or not r.answer.answered for r in named
            ),
            "named_where_a_name_is_missing": _share(r.named for r in named),
        },
        "declined_by_reason": _by(refused, lambda r: r.question.why, lambda r: not r.answer.answered),
        "conversations": {
            "later_turns": len(later),
            "later_turns_right": _share(said.right for said in later),
        },
    }


def written(values: Totals) -> str:
    """Totals as TOML."""
    head = "# What is scored; `python -m tests.quality.update` writes it, the gate compares.\n"
    sections = (
        f"\n[{section}]\n" + "".join(f"{name} = {value}\n" for name, value in measures.items())
        for section, measures in values.items()
    )
    return head + "".join(sections)


def pinned() -> Totals:
    """The totals that must not be undercut; empty where none are written yet."""
    return tomllib.loads(TOTALS.read_text(encoding="utf-8")) if TOTALS.exists() else {}


def worse(before: Mapping[str, Mapping[str, float]], after: Totals) -> list[str]:
    """One line for each total that is worse than before, or gone. A `wrong` is worse when it grows."""
    lines = []
    for section, measures in before.items():
        for name, old in measures.items():
            new = after.get(section, {}).get(name)
            if new is None:
                lines.append(f"{section}.{name}: {old} -> gone")
            elif (new > old) if name.endswith("wrong") else (new < old):
                lines.append(f"{section}.{name}: {old} -> {new}")
    return lines


def read_golden(folder: Path = GOLDEN) -> dict[str, str]:
    """File name -> what it holds."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}


def _asked(asked: Asked) -> str:
    question, answer = asked.question, asked.answer
    verdict = "" if asked.emphasis == "none" or not question.span else f" {asked.emphasis}"
    return (
        f"{question.id}  {question.text}\n"
        f"    {question.kind}; {_decision(answer)}{verdict}{_place(asked.rank)}\n"
        f"{_passages(answer, question.target)}"
    )


def _refused(refused: Refused) -> str:
    question, answer = refused.question, refused.answer
    return (
        f"{question.id}  {question.text}\n    {question.why}; {_decision(answer)}\n"
        f"{_passages(answer, None, shown=1)}"
    )


def _talked(talked: Talked) -> str:
    return f"{talked.talk.id}\n" + "".join(_said(said) for said in talked.turns)


def _said(said: Said) -> str:
    understood = f"    = {said.understood[:72]}\n" if said.understood != said.turn.text else ""
    mark = "" if said.right else "; not as wanted"
    return (
        f"  {said.turn.text}\n{understood}    {_decision(said.answer)}{mark}\n"
        f"{_passages(said.answer, said.turn.target, shown=1)}"
    )


def _decision(answer: Answer) -> str:
    if not answer.answered:
        return "declined" + "".join(f", missing “{name}”" for name in answer.missing)
    return "answered" + (f" “{answer.text}”" if answer.text else "")


def _place(rank: int | None) -> str:
    return "" if rank == 1 else f"; right passage at {rank}" if rank else "; right passage not found"


def _passages(answer: Answer, target: Target | None, *, shown: int = SHOWN) -> str:
    """A line a passage; the ones that hold the answer are starred."""
    return "".join(
        f"    {hit.rank}{'*' if target and target.held_by(hit) else ' '} {hit.document.id}: "
        f"{hit.passage.text[:EXCERPT].replace(chr(10), ' ')}\n"
        for hit in answer.hits[:shown]
    )


def _emphasis(asked: Iterable[Asked]) -> dict[str, float]:
    """Of the answered questions that ask for words to emphasise: right, and wrong; the rest have none."""
    answered = [a for a in asked if a.question.span and a.answer.answered]
    values: dict[str, float] = {}
    for kind in dict.fromkeys(a.question.kind for a in answered):
        verdicts = [a.emphasis for a in answered if a.question.kind == kind]
        values[f"{kind}_right"] = _share(verdict == "right" for verdict in verdicts)
        values[f"{kind}_wrong"] = _share(verdict == "wrong" for verdict in verdicts)
    return values


def _by(items: Sequence[T], key: Callable[[T], str], right: Callable[[T], bool]) -> dict[str, float]:
    groups = dict.fromkeys(key(item) for item in items)
    return {group: _share(right(item) for item in items if key(item) == group) for group in groups}


def _share(flags: Iterable[bool]) -> float:
    return _mean(float(flag) for flag in flags)


def _mean(values: Iterable[float]) -> float:
    collected = list(values)
    return round(sum(collected) / len(collected), 3) if collected else 0.0
