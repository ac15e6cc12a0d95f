"""Whether a score is credible: what the leak adds to it, beside what it may add."""

from __future__ import annotations

from collections.abc import Iterable

from leakcheck.impact.matching import Matched
from leakcheck.impact.measures import Measures
from leakcheck.impact.records import Standing

__all__ = ["TOLERANCE_POINTS", "standing_of_bound", "standing_of_score", "worst"]

TOLERANCE_POINTS = 1.0
"""What a leak may add to a score that counts as credible: no more than the standard error of a
score on some 1,000 items."""

_FROM_BAD: tuple[Standing, ...] = ("not_credible", "undecided", "credible")


def standing_of_bound(most_points: float, tolerance_points: float, conclusive: bool) -> Standing:
    """Judge by the most that a leak can add, where no results tell what it does add.

    >>> standing_of_bound(0.8, 1.0, True), standing_of_bound(12.0, 1.0, True)
    ('credible', 'undecided')
    """
    return "credible" if conclusive and most_points <= tolerance_points else "undecided"


def standing_of_score(
    measures: Measures, matched: Matched | None, tolerance_points: float, conclusive: bool
) -> Standing:
    """Judge by the estimated gain and its 95 % interval.

    Credible: no estimate's interval goes beyond the tolerance. Not credible: the better estimate's
    interval is beyond it as a whole, or no item is clean. Undecided: anything else. The matched
    estimate is the better one where there is one, from models that are not far better or worse;
    both must agree that a score is credible.

    Args:
        measures: of the score.
        matched: the comparison with items of like difficulty, if there is one.
        tolerance_points: what a leak may add, in points out of 100.
        conclusive: whether the run knows which items are leaked.
    """
    if measures.gain is None:
        return "not_credible"
    gains = [measures.gain]
    if matched is not None and matched.gain is not None and matched.is_like:
        gains.append(matched.gain)
    if 100 * gains[-1].low > tolerance_points:
        return "not_credible"
    most = max(100 * gain.high for gain in gains)
    return "credible" if conclusive and most <= tolerance_points else "undecided"


def worst(standings: Iterable[Standing]) -> Standing:
    """Return the worst of several; credible if there are none.

    >>> worst(["credible", "undecided"])
    'undecided'
    """
    return min(standings, key=_FROM_BAD.index, default="credible")
