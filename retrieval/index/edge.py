"""Which are the best so many entries, where several score the same? Those with the lower keys, whatever engine it is.

Copies of a passage score the same but for the last digits, in which an engine's sum depends on the order that it adds
in. So a few more than are wanted are asked for, and those alike are put in the order of their keys.
"""

from __future__ import annotations

from collections.abc import Sequence

Entry = tuple[int, int]
"""(document key, passage number)."""
Scored = tuple[float, Entry]

_ALIKE = 1e-5
"""Scores that differ by less, as a share, are the same: fifty numbers of 24 bits were added."""


def with_margin(limit: int) -> int:
    """How many to ask the engine for, where `limit` are wanted."""
    return limit + limit // 4


def best_entries(found: Sequence[Scored], limit: int) -> list[Entry]:
    """The best `limit` of `found`, which are in the engine's order, best first."""
    ordered: list[Entry] = []
    alike: list[Entry] = []
    last = 0.0
    for score, entry in found:
        if alike and last - score > _ALIKE * abs(last):
            if len(ordered) + len(alike) >= limit:
                break
            ordered += sorted(alike)
            alike = []
        alike.append(entry)
        last = score
    return (ordered + sorted(alike))[:limit]


def is_settled(found: Sequence[Scored], limit: int) -> bool:
    """Whether more of the engine's entries would leave the best `limit` as they are: the last is worse than they."""
    return limit < 1 or (
        len(found) > limit and found[limit - 1][0] - found[-1][0] > _ALIKE * abs(found[-1][0])
    )
