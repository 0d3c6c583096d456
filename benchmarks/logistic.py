"""How are the numbers of a `Calibration` learned? By a logistic regression with a ridge of 1, for `train_*.py`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from retrieval.answering.calibration import Calibration

Floats = npt.NDArray[np.float64]


def fit(features: Floats, truth: Floats, share: Floats) -> Floats:
    """(offset, weights) for `features` of shape (examples, features). `truth`: 1 or 0; `share`: what one counts."""
    design = np.hstack([np.ones((len(features), 1)), features])

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = design @ weights
        value = (share * (np.logaddexp(0, scores) - truth * scores)).sum() + 0.5 * weights[1:] @ weights[1:]
        slope = design.T @ (share * (1 / (1 + np.exp(-scores)) - truth))
        return float(value), slope + np.concatenate([[0.0], weights[1:]])

    return np.asarray(minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B").x)


def calibration(names: Sequence[str], learned: Floats) -> Calibration:
    """What `fit` learned, as it ships."""
    weights = {name: round(float(weight), 4) for name, weight in zip(names, learned[1:], strict=True)}
    return Calibration(round(float(learned[0]), 4), weights)


def write(path: Path, weights: object) -> None:
    """Numbers of any model, as a file that ships."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")
