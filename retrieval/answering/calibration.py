"""How does a sum of what speaks for an answer become a chance? By a logistic curve with learned weights."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec


class Calibration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The chance is 1 / (1 + exp(-(offset + the sum of weight x feature)))."""

    offset: float
    weights: dict[str, float]

    def chance(self, features: Mapping[str, float]) -> float:
        """In [0, 1]; `features`: at least those that have a weight."""
        value = self.offset + sum(weight * features[name] for name, weight in self.weights.items())
        return 1.0 / (1.0 + math.exp(-value))


@cache
def load_calibration(name: str) -> Calibration:
    """The numbers that ship as `name`.json: `benchmarks/train_decision.py` and `train_near.py` make them."""
    path = Path(__file__).with_name(f"{name}.json")
    return msgspec.json.decode(path.read_bytes(), type=Calibration)
