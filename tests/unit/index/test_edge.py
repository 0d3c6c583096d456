"""Which entries are the best ones, where several score the same?"""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.edge import Scored, best_entries, is_settled, with_margin

LAST_DIGIT = 3e-7
"""What the order of adding changes of a score, as a share."""


def test_of_equal_ones_those_with_the_lower_keys() -> None:
    found: list[Scored] = [
        (9.0, (4, 0)),
        (5.0, (8, 2)),
        (5.0 - 1e-6, (3, 1)),
        (5.0 - 2e-6, (3, 0)),
        (2.0, (1, 0)),
    ]
    assert best_entries(found, 3) == [(4, 0), (3, 0), (3, 1)]
    assert best_entries(found, 9) == [(4, 0), (3, 0), (3, 1), (8, 2), (1, 0)]
    assert best_entries(found, 0) == best_entries([], 3) == []


def test_is_settled_where_a_worse_one_follows() -> None:
    found: list[Scored] = [(9.0, (4, 0)), (5.0, (8, 2)), (5.0 - 1e-6, (3, 1))]
    assert is_settled(found, 1)
    assert not is_settled(found, 2)
    assert not is_settled(found, 3)
    assert is_settled([*found, (4.0, (1, 1))], 3)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=120), st.integers(0, 40), st.randoms())
def test_two_engines_choose_the_same(steps: list[int], limit: int, chance: random.Random) -> None:
    """Both add up to the same scores but for the last digit, and break ties as they like."""
    scores = [3.0 + step / 7 for step in steps]

    def engine() -> list[Scored]:
        found = [(score * (1 + chance.uniform(0, LAST_DIGIT)), (key, 0)) for key, score in enumerate(scores)]
        found.sort(key=lambda one: -one[0])
        size = with_margin(limit)
        while size < len(found) and not is_settled(found[:size], limit):
            size *= 2
        return found[:size]

    assert best_entries(engine(), limit) == best_entries(engine(), limit)
