"""Which lines are members of a series, and is the series a list or a row of headings?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.corpus.lines import Line
from retrieval.corpus.structure.markers import PARTS, Marker, marker_of

_SHORT = 25
"""Words: a heading of a series is no longer."""
_WEAK = ("o", "~", "&", "*", "~", "#", "@", "$", "&", "=", "_")
"""Signs that a lone line may begin with without being an item."""
_GAP = 3
"""Items that may be missing between two of a series whose numbering is broken."""
CLOSED = re.compile(r"[.;,!…][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Member:
    """A line of a series. `heads`: the series is one of headings; else it is a list."""

    marker: Marker
    heads: bool = False


def words_in(text: str) -> int:
    return text.count(" ") + 1


def find_series(lines: Sequence[Line], undecided: Sequence[bool]) -> dict[int, Member]:
    """The members of all series among the lines that are still `undecided`, by the lines' numbers."""
    marked = {
        number: marker
        for number, line in enumerate(lines)
        if undecided[number] and (marker := marker_of(line.text)) is not None
    }
    by_scheme: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, marker in marked.items():
        by_scheme[marker.scheme, marker.depth].append(number)
    members: dict[int, Member] = {}
    for numbers in by_scheme.values():
        for run in _runs(_valid(numbers, marked, lines), marked):
            heads = _heads(run, lines, marked)
            members.update({number: Member(marked[number], heads) for number in run})
    return members


def _valid(numbers: list[int], marked: dict[int, Marker], lines: Sequence[Line]) -> list[int]:
    """Those whose number follows from a neighbour's, or is the first; of weak signs, those near another."""
    kept = []
    for place, number in enumerate(numbers):
        marker = marked[number]
        before = numbers[place - 1] if place else None
        after = numbers[place + 1] if place + 1 < len(numbers) else None
        if marker.ordinal is None:
            lone = marker.scheme in _WEAK or (marker.scheme.endswith("–") and marker.scheme != "–")
            near = (before is not None and number - before <= 2) or (
                after is not None and after - number <= 2
            )
            if near or not lone:
                kept.append(number)
            continue
        follows = before is not None and 0 < marker.ordinal - (marked[before].ordinal or 0) <= _GAP
        leads = after is not None and 0 < (marked[after].ordinal or 0) - marker.ordinal <= _GAP
        if marker.ordinal <= 1 or follows or leads or marker.part:
            kept.append(number)
    return kept


def _runs(numbers: list[int], marked: dict[int, Marker]) -> list[list[int]]:
    """The series of one scheme, each from where its numbering starts again."""
    runs: list[list[int]] = []
    last = 0
    for number in numbers:
        ordinal = marked[number].ordinal
        fresh = ordinal is not None and ordinal <= last and ordinal <= 1
        if not runs or fresh:
            runs.append([])
        runs[-1].append(number)
        last = ordinal or 0
    return runs


def _heads(run: list[int], lines: Sequence[Line], marked: dict[int, Marker]) -> bool:
    """Whether the series is one of headings: short lines without closing marks, text below most of them."""
    first = marked[run[0]]
    opened = run[0] > 0 and lines[run[0] - 1].text.endswith(":") and lines[run[0] - 1].kind != "heading"
    decides = (
        opened and lines[run[0] - 1].text.isupper()
    )  # "QUYẾT ĐỊNH:" stands above the articles themselves
    if first.part and (decides or not (opened and len(run) > 1 and run[-1] - run[0] == len(run) - 1)):
        return True
    if first.ordinal is None and not first.scheme.endswith("–"):
        return False
    if opened:
        return False
    own = set(run)
    short = sum(is_short_heading(lines[number].text) for number in run)
    below = sum(number + 1 < len(lines) and number + 1 not in own for number in run)
    return short >= 0.75 * len(run) and below >= 0.6 * len(run)


def is_short_heading(text: str) -> bool:
    return words_in(text) <= _SHORT and not CLOSED.search(text) and not text.endswith(":")


def split_run_in(line: Line, marker: Marker) -> tuple[Line, Line] | None:
    """("Điều 2.", "Quyết định này có hiệu lực kể từ ngày ký.") where a division's text stands on its own line.

    None where the line is only a heading: its words end with no closing mark.
    """
    rest = line.text[marker.end :]
    if (
        marker.part not in PARTS
        or not rest
        or (not CLOSED.search(rest) and not rest.endswith(":") and words_in(rest) <= 60)
    ):
        return None
    name = line.text[: marker.end].rstrip()
    if len(line.text) != line.end - line.start:
        return None
    begin = line.start + marker.end
    return (
        line._replace(text=name, end=line.start + len(name), kind="heading"),
        line._replace(text=rest, start=begin, after_blank=False),
    )
