"""The randomisation test and the bootstrap: known cases, and that they repeat exactly."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.evaluation.significance import bootstrap_interval, randomisation_p


def test_no_difference_is_no_gain() -> None:
    values = np.array([0.0, 1.0, 1.0])
    assert randomisation_p(values, values) == 1.0


def test_four_wins_of_four_have_the_exact_chance() -> None:
    # Of the 16 ways to draw four signs, two are as extreme: all up, all down.
    assert randomisation_p(np.ones(4), np.zeros(4), rounds=40_000) == pytest.approx(2 / 16, abs=0.01)


def test_a_steady_gain_is_seen_and_a_balanced_one_is_not() -> None:
    base = np.zeros(200)
    steady = np.where(np.arange(200) % 5 == 0, 1.0, 0.0)
    balanced = np.where(np.arange(200) % 2 == 0, 1.0, -1.0)
    assert randomisation_p(base, steady) < 0.001
    assert randomisation_p(base, balanced) > 0.9


def test_the_two_sides_are_alike() -> None:
    first, second = np.array([1.0, 0.0, 1.0, 1.0, 0.5]), np.array([0.0, 1.0, 0.0, 0.0, 0.0])
    assert randomisation_p(first, second) == randomisation_p(second, first)


def test_the_interval_holds_the_mean_and_narrows_with_more_questions() -> None:
    few, many = np.tile([0.0, 1.0], 20), np.tile([0.0, 1.0], 500)
    low, high = bootstrap_interval(few)
    assert low < 0.5 < high
    narrow_low, narrow_high = bootstrap_interval(many)
    assert narrow_high - narrow_low < high - low
    # Normal theory: 1.96 * 0.5 / sqrt(1000) on each side.
    assert (narrow_high - narrow_low) / 2 == pytest.approx(0.031, abs=0.004)


def test_repeats_exactly() -> None:
    values = np.arange(30) / 30
    assert bootstrap_interval(values) == bootstrap_interval(values)
    assert randomisation_p(values, values[::-1]) == randomisation_p(values, values[::-1])
