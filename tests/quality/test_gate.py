"""Has a ranking, a decision, an emphasis or a follow-up on the sample corpus changed?"""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import pytest

from tests.quality.outcomes import Outcomes, outcomes
from tests.quality.report import TOTALS, golden, pinned, read_golden, totals, worse, written

MEND = "If that is meant: python -m tests.quality.update, and review the difference with the change"
LONGEST = 200
"""Lines of a difference to print."""


@pytest.fixture(scope="module")
def found() -> Outcomes:
    return outcomes()


def test_totals_are_those_pinned(found: Outcomes) -> None:
    now = totals(found)
    lost = worse(pinned(), now)
    _same({TOTALS.name: TOTALS.read_text(encoding="utf-8")}, {TOTALS.name: written(now)}, head=lost)


def test_answers_are_those_of_the_golden_files(found: Outcomes) -> None:
    _same(read_golden(), golden(found))


def _same(before: dict[str, str], after: dict[str, str], *, head: Sequence[str] = ()) -> None:
    lines = [
        line
        for name in sorted(before.keys() | after.keys())
        for line in difflib.unified_diff(
            before.get(name, "").splitlines(),
            after.get(name, "").splitlines(),
            f"{name} (pinned)",
            f"{name} (now)",
            n=2,
            lineterm="",
        )
    ]
    if lines:
        rest = [f"… and {len(lines) - LONGEST} lines more"] if len(lines) > LONGEST else []
        pytest.fail(
            "\n".join([*(f"worse: {line}" for line in head), *lines[:LONGEST], *rest, MEND]), pytrace=False
        )
