"""In which order do the passages stand? Every step that orders them is here, and scores fall with rank.

Each step takes one number for each passage, in the order of the passages before it, and gives an `Order`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

NEARBY = 2.0
"""What the score of the passage that was shown gains, and others less with each step away; 1 to 2 are alike."""
DECAY = 0.28
"""Of each step: as the answers of our conversations lie, two in five in the passage shown, one in five right after."""
FEW = 10
MARGIN = 4.0
"""A passage on the right name comes first if it is among the first FEW and scores at most MARGIN less than the first:
at 4.0 less the odds are fifty to one that the first one answers, were it not for the name."""


@dataclass(frozen=True, slots=True)
class Order:
    """`places[i]`: where the passage that now comes i-th stood before. `scores[i]`: what it stands there by."""

    places: tuple[int, ...]
    scores: tuple[float, ...]


def best_first(scores: Sequence[float], *, first: int | None = None) -> Order:
    """By the scores; equal ones as they were. `first`: so many passages, from the first on, come before all others, of
    which none then stands by more than the last of these."""
    places = sorted(range(len(scores)), key=lambda place: -scores[place])
    if first is not None:
        places.sort(key=lambda place: place >= first)
    standing = np.minimum.accumulate([scores[place] for place in places])
    return Order(tuple(places), tuple(standing.tolist()))


def nearer_first(scores: Sequence[float], numbers: Sequence[int], shown: int) -> Order:
    """A document's passages, the nearer to passage `shown` before others of nearly their score.

    One reads on: a passage before `shown` counts as twice as far as one that follows it.
    """
    moved = np.asarray(numbers) - shown
    steps = np.where(moved < 0, -2 * moved, moved)
    return best_first((np.asarray(scores) + NEARBY * np.exp(-DECAY * steps)).tolist())


def contenders(scores: Sequence[float]) -> list[int]:
    """The places, from 0, of the passages that may come first for what their articles hold. `scores` fall."""
    return [place for place, score in enumerate(scores[:FEW]) if score >= scores[0] - MARGIN]


def lacking_less_first(scores: Sequence[float], lacking: dict[int, int]) -> Order:
    """Contenders first, those before whose articles lack less of what the question names; the rest as it was.

    `lacking`: of each contender's place how many things its article lacks. A passage that comes before one of a
    higher score stands by that higher score.
    """
    return named_first(scores, sorted(lacking, key=lambda place: (lacking[place], place)))


def named_first(scores: Sequence[float], named: Sequence[int]) -> Order:
    """The passages at the places `named`, in that order, before all others; each stands by the best score after it."""
    chosen = set(named)
    places = [*named, *(place for place in range(len(scores)) if place not in chosen)]
    standing = np.maximum.accumulate([scores[place] for place in reversed(places)])[::-1]
    return Order(tuple(places), tuple(standing.tolist()))
