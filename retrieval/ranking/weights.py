"""How much does each kind of evidence count? Weights learned once, kept in `weights.json` beside this module.

A weighted sum over standardised features: `benchmarks/train_ranking.py` makes the file, and says how well the
weights do on sets they were not made from.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec
import numpy as np

from retrieval.ranking.bm25 import Scores
from retrieval.ranking.evidence import FEATURES


class FeatureWeight(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`weight` times (feature - `mean`) is what a feature adds to a passage's score."""

    name: str
    mean: float
    weight: float


@cache
def load_weights() -> tuple[FeatureWeight, ...]:
    """The weights that ship, one for each of FEATURES in their order."""
    path = Path(__file__).with_name("weights.json")
    weights = msgspec.json.decode(path.read_bytes(), type=tuple[FeatureWeight, ...])
    if tuple(weight.name for weight in weights) != FEATURES:
        raise ValueError(f"{path}: not the weights of these features; run benchmarks/train_ranking.py")
    return weights


def contributions(evidence: Scores, weights: Sequence[FeatureWeight]) -> Scores:
    """What each feature adds to each passage's score. Both shapes (passages, FEATURES)."""
    means, factors = np.array([(weight.mean, weight.weight) for weight in weights]).T
    shares: Scores = (evidence - means) * factors
    return shares
