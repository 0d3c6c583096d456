"""How much does each kind of evidence count? Weights learned once, kept in `weights.json` beside this module.

A weighted sum over standardised features: `benchmarks/train_ranking.py` makes the file, and says how well the
weights do on sets they were not made from.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import numpy as np

from retrieval.ranking.bm25 import Scores
from retrieval.ranking.evidence import Evidence


class FeatureWeight(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`weight` times (feature - `mean`) is what a feature adds to a passage's score."""

    name: str
    mean: float
    weight: float


@cache
def load_weights() -> tuple[FeatureWeight, ...]:
    """The weights that ship."""
    path = Path(__file__).with_name("weights.json")
    return msgspec.json.decode(path.read_bytes(), type=tuple[FeatureWeight, ...])


def contributions(evidence: Evidence, weights: tuple[FeatureWeight, ...]) -> Scores:
    """What each feature adds to each passage's score. Shape (passages, weights)."""
    names = [weight.name for weight in weights]
    means = np.array([weight.mean for weight in weights])
    factors = np.array([weight.weight for weight in weights])
    return (evidence.matrix(names) - means) * factors
