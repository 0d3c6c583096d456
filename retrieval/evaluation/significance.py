"""Is a gain more than noise? A paired randomisation test, and bootstrap intervals. Both repeat exactly."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
_CHUNK = 500  # rounds at a time: keeps memory at some megabytes for thousands of questions


def randomisation_p(first: Values, second: Values, *, rounds: int = 10_000, seed: int = 0) -> float:
    """Two-sided p of no difference between two systems' values, both of shape (questions,).

    The sign of each question's difference is drawn at random `rounds` times (Fisher's randomisation test,
    which Smucker, Allan and Carterette, CIKM 2007, recommend for retrieval). At least 1 / (rounds + 1).
    """
    differences = first - second
    differences = differences[differences != 0]
    if not differences.size:
        return 1.0
    observed = abs(differences.sum()) - 1e-9
    generator = np.random.default_rng(seed)
    extreme = 0
    for done in range(0, rounds, _CHUNK):
        signs = generator.integers(0, 2, size=(min(_CHUNK, rounds - done), differences.size)) * 2 - 1
        extreme += int((np.abs(signs @ differences) >= observed).sum())
    return (extreme + 1) / (rounds + 1)


def bootstrap_interval(
    values: Values, *, level: float = 0.95, rounds: int = 10_000, seed: int = 0
) -> tuple[float, float]:
    """The percentile interval of the mean of values of shape (questions,), drawn with replacement."""
    generator = np.random.default_rng(seed)
    means = [
        values[generator.integers(0, values.size, size=(min(_CHUNK, rounds - done), values.size))].mean(
            axis=1
        )
        for done in range(0, rounds, _CHUNK)
    ]
    low, high = np.quantile(np.concatenate(means), [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
