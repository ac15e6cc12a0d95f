"""From a sample to the whole corpus: how many passages there are, with an interval.

Passages with items come in clusters: one copied file holds hundreds. So what is counted are units
(`leakcheck.scanning.sampling`), each drawn with the same probability p, one apart from the other.
With y passages in a unit that was drawn, the estimate of all is sum(y) / p (Horvitz and Thompson
1952), and units with k passages are drawn as a Poisson count with the weight k / p. The limits of
such a weighted sum are those of Fay and Feuer (1997, Statistics in Medicine 16:791), made for few
counts of unequal weight: gamma quantiles with the mean and variance of the sum, for the upper one
with one more unit of the largest weight. With nothing found that is the exact Poisson limit of one
passage a unit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["CONFIDENCE", "Estimate", "estimated", "most_units_unseen"]

CONFIDENCE = 0.95


class Estimate(NamedTuple):
    """How many passages the whole corpus holds."""

    passages: float
    low: float
    """The limits of the interval that holds the truth with a probability of 95 %."""
    high: float


def estimated(in_units: Sequence[int], share: float) -> Estimate:
    """Estimate the passages of a corpus from a sample of its units.

    No interval knows of what stands in so few units that the sample has none of them.

    Args:
        in_units: passages in each unit of the sample that holds one.
        share: the probability with which a unit was drawn, over 0 and under 1.

    >>> [round(value) for value in estimated([1, 1, 2], 0.01)]
    [400, 72, 1360]
    >>> [round(value) for value in estimated([], 0.01)]
    [0, 0, 369]
    """
    from scipy.special import gammaincinv

    weights = [count / share for count in in_units]
    total, variance = math.fsum(weights), math.fsum(weight**2 for weight in weights)
    largest = max(weights, default=1 / share)
    tail = (1 - CONFIDENCE) / 2
    # A gamma distribution of mean m and variance v has the shape m^2 / v and the scale v / m.
    low = variance / total * float(gammaincinv(total**2 / variance, tail)) if weights else 0.0
    mean, spread = total + largest, variance + largest**2
    high = spread / mean * float(gammaincinv(mean**2 / spread, 1 - tail))
    return Estimate(total, max(low, float(sum(in_units))), high)


def most_units_unseen(share: float) -> int:
    """Return under how many units of a kind a corpus has, if a sample has none (at 95 %).

    Of n units none is drawn with a probability of (1 - share)^n: with a small share that is the
    rule of three (Hanley and Lippman-Hand 1983, JAMA 249:1743), 3 / share.

    >>> most_units_unseen(0.01), most_units_unseen(0.5)
    (299, 5)
    """
    return math.ceil(math.log(1 - CONFIDENCE) / math.log1p(-share))
