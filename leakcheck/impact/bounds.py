"""What can be said of a score without any results, exactly."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Bounds", "bounds_of_clean_score"]


class Bounds(NamedTuple):
    """The least and the most that the score on the clean items can be."""

    low: float
    high: float


def bounds_of_clean_score(score: float, items: int, leaked: int) -> Bounds | None:
    """Return the bounds of the score on clean items, given the score on all of them.

    At the worst the model has every leaked item right, at the best none: of score * items points
    between `leaked` and 0 are not on clean items. None where no item is clean.

    Args:
        score: on all items, from 0 to 1.
        items: of the test split.
        leaked: how many of them are leaked.

    >>> bounds_of_clean_score(0.8, 100, 50)
    Bounds(low=0.6, high=1.0)
    >>> bounds_of_clean_score(0.8, 100, 0)
    Bounds(low=0.8, high=0.8)
    """
    clean = items - leaked
    if clean <= 0:
        return None
    points = score * items
    return Bounds(max(0.0, points - leaked) / clean, min(1.0, points / clean))
