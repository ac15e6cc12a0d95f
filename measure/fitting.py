"""Fitting: a logistic model without negative weights, by Newton's method."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["Model", "fit"]

PENALTY = 1.0
"""On the squares of the weights of features of one standard deviation."""
STEPS = 50
CLOSE = 1e-6


class Model(NamedTuple):
    """Weights of features, and what is added."""

    weights: npt.NDArray[np.float64]
    bias: float

    def log_odds(self, features: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the logarithms of the odds, shape (rows,), of features (rows, features)."""
        return np.asarray(features @ self.weights + self.bias)


def fit(
    features: npt.NDArray[np.float64],
    made: npt.NDArray[np.bool_],
    counts: npt.NDArray[np.float64],
) -> Model:
    """Fit a model; a feature whose weight would be negative is left out, the worst first.

    Args:
        features: shape (rows, features); more of each should speak for an item.
        made: whether a row was made from its item, shape (rows,).
        counts: how often each row counts, shape (rows,).
    """
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    kept = list(range(features.shape[1]))
    while True:
        scaled = (features[:, kept] - mean[kept]) / spread[kept]
        weights = _newton(np.c_[scaled, np.ones(len(scaled))], made, counts)
        worst = int(np.argmin(weights[:-1]))
        if weights[worst] >= 0:
            break
        del kept[worst]
    whole = np.zeros(features.shape[1])
    whole[kept] = weights[:-1] / spread[kept]
    return Model(whole, float(weights[-1] - whole @ mean))


def _newton(
    rows: npt.NDArray[np.float64],
    made: npt.NDArray[np.bool_],
    counts: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Return the weights of greatest penalised likelihood; the last one is not penalised."""
    weights = np.zeros(rows.shape[1])
    penalty = PENALTY * np.eye(len(weights))
    penalty[-1, -1] = 0.0
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (counts * (made - chance)) - penalty @ weights
        curve = (rows * (counts * chance * (1 - chance))[:, None]).T @ rows + penalty
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < CLOSE:
            break
    return weights
