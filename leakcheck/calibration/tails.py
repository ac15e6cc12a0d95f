"""Tails: exponential fits to the best scores of unrelated text.

Scores of local alignments in unrelated sequences have an exponential tail (Karlin and Altschul
1990); above a high enough start, the mean excess gives its decay (the maximum likelihood).
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from leakcheck.benchmark.calibration import Tail

__all__ = ["POOLED_DECAY", "fit_tail"]

MOST_EXCESSES = 200
FEWEST_EXCESSES = 20

POOLED_DECAY = 0.05
"""Per bit, in powers of two: what the tails of larger benchmarks come to."""


def fit_tail(scores: npt.NDArray[np.float32], trials: int) -> Tail:
    """Fit the tail of the best scores of `trials` trials.

    Args:
        scores: those above the floor, shape (scores,), in bits; other trials had less.
        trials: how many there were in all.

    >>> scores = 40 + np.random.default_rng(7).exponential(10, 1000).astype(np.float32)
    >>> tail = fit_tail(scores, 100_000)
    >>> 0.11 < tail.decay < 0.18
    True
    """
    top = np.sort(scores)[::-1][: min(MOST_EXCESSES, max(FEWEST_EXCESSES, len(scores) // 2))]
    if len(top) < FEWEST_EXCESSES:
        least = float(top[-1]) if len(top) else 0.0
        rate = max(len(top), 1) / trials
        return Tail(math.log2(rate) + POOLED_DECAY * least, POOLED_DECAY, len(top))
    start = float(top[-1])
    mean_excess = float((top[:-1] - start).mean())
    decay = 1 / (max(mean_excess, 1.0) * math.log(2))
    return Tail(math.log2(len(top) / trials) + decay * start, decay, len(top))
