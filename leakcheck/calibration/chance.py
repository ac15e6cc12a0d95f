"""Chance: how often background text gives a finding, from what is nearly one there.

Near findings grow rarer by a factor with every bit that they lack less (an exponential, as the
scores of local alignments have: Karlin and Altschul 1990). The factor carries their number from
where there are enough of them to where nothing is lacked. Counted are distinct items, as a verdict
counts them: look-alikes of one item come in heaps.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from leakcheck.benchmark.calibration import ChanceTail
from leakcheck.calibration.near import LOWERED_BITS, STEP_BITS, NearFinding

__all__ = ["fit_chance"]

ENOUGH = 20
"""The tail starts where there are so many near findings, or where no fewer bits are asked for."""
POOLED_GROWTH = 0.09
"""Halvings with every bit that is lacked less, of the near findings of all packs that ship."""
POOLED_NEAR = 20
"""As so many near findings of a benchmark's own it counts, and so does the pooled decay."""
AT_MOST = 3.0
"""Where none is seen, there are so many at most with a probability of 95 % (rule of three); where
one is, no fewer are taken."""

FEWEST_MEASURED = 5
"""Of fewer near findings no goodness is told."""
DRAWS = 1_000
SEED = 20_261_122


def fit_chance(near: Sequence[NearFinding], documents: float, unmeasured: ChanceTail) -> ChanceTail:
    """Fit how often chance gives a finding.

    Args:
        near: all verbatim near findings of background text, or all others.
        documents: of background text, as `near_findings` counts them.
        unmeasured: the tail without background text, whose decay is the pooled one.
    """
    lacking = np.array([each.lacking_bits for each in near], np.float64)
    start = _start(lacking)
    lacking = lacking[lacking <= start]
    growth = _growth(lacking, start)
    count = max(AT_MOST, len(lacking) + 1)  # the mean of what may be where so many were seen
    distance = _distance(lacking, start, growth)
    measured = len(lacking) >= FEWEST_MEASURED
    return ChanceTail(
        log2_rate=round(math.log2(count / documents) - growth * start, 4),
        least_bits=unmeasured.least_bits,
        decay=_decay([each.bits for each in near], unmeasured),
        near=len(lacking),
        found=int((lacking == 0).sum()),
        growth=growth,
        distance=round(distance, 4) if measured else None,
        probability=_probability(distance, len(lacking), start, growth) if measured else None,
    )


def _start(lacking: npt.NDArray[np.float64]) -> float:
    """Return what is lacked at most by the near findings that the tail is fitted on."""
    return float(np.sort(lacking)[ENOUGH - 1]) if len(lacking) >= ENOUGH else LOWERED_BITS


def _growth(lacking: npt.NDArray[np.float64], start: float) -> float:
    """Fit an exponential to how far near findings come from the start of the tail.

    A finding comes to the end of it, nobody knows how much farther. The maximum likelihood, drawn
    to the pooled growth.
    """
    short = lacking[lacking > 0]
    way = float((start - short + STEP_BITS / 2).sum()) + start * (len(lacking) - len(short))
    return round((POOLED_NEAR + len(short)) / (POOLED_NEAR / POOLED_GROWTH + way * math.log(2)), 4)


def _decay(bits: Sequence[float], unmeasured: ChanceTail) -> float:
    """Fit an exponential to the evidence of near findings, drawn to the pooled decay."""
    excesses = [each - unmeasured.least_bits for each in bits if each >= unmeasured.least_bits]
    pooled = POOLED_NEAR / unmeasured.decay
    return round((POOLED_NEAR + len(excesses)) / (pooled + sum(excesses) * math.log(2)), 4)


def _distance(lacking: npt.NDArray[np.float64], start: float, growth: float) -> float:
    """Return how far the shares that lack no more than so much are from the fit, at most."""
    steps = np.arange(0.0, start, STEP_BITS)
    shares = np.searchsorted(np.sort(lacking), steps, side="right") / max(1, len(lacking))
    return float(np.abs(shares - 2.0 ** (-growth * (start - steps))).max(initial=0.0))


def _probability(distance: float, count: int, start: float, growth: float) -> float:
    """Return how often samples of the fit, fitted themselves, are as far from their fits.

    Steps, the end of the tail and the pooled growth leave no distribution that is in a book.
    """
    generator = np.random.default_rng(SEED)
    drawn = generator.exponential(1 / (growth * math.log(2)), (DRAWS, count))
    lacking = np.ceil(np.maximum(0.0, start - drawn) / STEP_BITS) * STEP_BITS
    farther = sum(_distance(each, start, _growth(each, start)) >= distance for each in lacking)
    return farther / DRAWS
