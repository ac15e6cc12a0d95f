"""The verdict: a test of what was found against what chance gives.

Text without any leak matches an item now and then. How often, and how well, was measured on
background text: the matches of at least b bits are Poisson with mean documents * rate(b). `leaked`
is said where as many test items at least as good would come by chance with a probability under
0.01. One verbatim item of many bits is leakage by this test; ten vague ones in 50,000 documents
are not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

__all__ = ["CERTAIN", "DOUBTFUL", "chance_of", "poisson_tail"]

Expected = Callable[[float], float]

CERTAIN = 0.01
"""A probability under this is not chance."""
DOUBTFUL = 0.1
"""A probability under this is not to be dismissed as chance."""

STEP = math.sqrt(2)
STEPS = 10


def chance_of(best_bits: Sequence[float], expected: Expected, threshold: float) -> float:
    """Return the probability that chance gives so many matches that are so good.

    Ten thresholds, `threshold` and each 1.41 times the one before, are tested one by one, and the
    least probability is taken times their number (Bonferroni): few but certain matches count as
    well as many weak ones.

    Args:
        best_bits: the score of the best match of each distinct item found.
        expected: how many documents of the corpus match with at least so many bits by chance.
        threshold: what was asked of a match at least, in bits.

    >>> chance_of([300.0], lambda bits: 1_000 * 2 ** (-0.2 * bits), 70.0) < 0.01
    True
    >>> chance_of([72.0], lambda bits: 1_000_000 * 2 ** (-0.2 * bits), 70.0) > 0.1
    True
    """
    if not best_bits:
        return 1.0
    least = 1.0
    for step in range(STEPS):
        bits = threshold * STEP**step
        found = sum(1 for each in best_bits if each >= bits)
        if found:
            least = min(least, poisson_tail(found, expected(bits)))
    return min(1.0, STEPS * least)


def poisson_tail(count: int, mean: float) -> float:
    """Return the probability of `count` or more events where `mean` are expected.

    >>> round(poisson_tail(1, 0.1), 4)
    0.0952
    >>> poisson_tail(0, 5.0)
    1.0
    """
    if count <= 0:
        return 1.0
    if mean <= 0.0:
        return 0.0
    if count <= mean:
        return 1.0 - sum(_poisson(k, mean) for k in range(count))
    total, k = 0.0, count
    term = _poisson(k, mean)
    while term > total * 1e-12:
        total += term
        k += 1
        term *= mean / k
    return min(1.0, total)


def _poisson(count: int, mean: float) -> float:
    return math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
