"""Intervals and z-scores for means of scores from 0 to 1, without any sampling."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["Z_95", "Interval", "Term", "combination", "wilson", "z_score"]

Z_95 = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""


class Interval(NamedTuple):
    """An estimate with the limits of its 95 % confidence interval."""

    estimate: float
    low: float
    high: float


class Term(NamedTuple):
    """A weighted mean of so many independent scores."""

    weight: float
    mean: float
    items: int


def wilson(mean: float, count: int) -> Interval:
    """Return the score interval of a mean of `count` scores from 0 to 1.

    For scores of 0 and 1 it is Wilson's (1927, J. Am. Stat. Assoc. 22:209). Scores in between have
    a variance of at most mean * (1 - mean), so that for them the interval is never too narrow.

    >>> [round(limit, 4) for limit in wilson(0.8, 10)]
    [0.8, 0.4902, 0.9433]
    """
    squared = Z_95**2 / count
    centre = (mean + squared / 2) / (1 + squared)
    spread = mean * (1 - mean) / count + squared / (4 * count)
    half = Z_95 * math.sqrt(max(0.0, spread)) / (1 + squared)
    return Interval(mean, min(mean, centre - half), max(mean, centre + half))


def combination(terms: Iterable[Term]) -> Interval:
    """Return the interval of a sum of weighted, independent means.

    The distances of each mean from its own score limits are added in squares: method of variance
    estimates recovery (Zou and Donner 2008, Stat. Med. 27:1693). With the weights 1 and -1 it is
    Newcombe's hybrid score interval of a difference (1998, Stat. Med. 17:873, method 10), with
    weights by stratum its stratified form (Yan and Su 2010, Stat. Biopharm. Res. 2:326).

    >>> [round(limit, 4) for limit in combination([Term(1, 56 / 70, 70), Term(-1, 48 / 80, 80)])]
    [0.2, 0.0524, 0.3339]
    """
    estimate = below = above = 0.0
    for weight, mean, items in terms:
        limits = wilson(mean, items)
        down, up = mean - limits.low, limits.high - mean
        if weight < 0:
            down, up = up, down
        estimate += weight * mean
        below += (weight * down) ** 2
        above += (weight * up) ** 2
    return Interval(estimate, estimate - math.sqrt(below), estimate + math.sqrt(above))


def z_score(mean: float, count: int, mean_of_all: float, deviation_of_all: float) -> float | None:
    """Return how far a subset's mean is from that of all items, in standard errors.

    Z = (mean - mu) / (sigma / sqrt(n)), with mu and sigma of all items' scores, as in the
    contamination appendix of Llama 2 (Touvron et al. 2023, arXiv 2307.09288, A.6). None where all
    scores are the same. It treats the subset as drawn anew: of a subset that is nearly all of the
    items it can say little.

    >>> z_score(0.7, 100, 0.6, 0.5)
    1.9999999999999996
    """
    if deviation_of_all <= 0.0:
        return None
    return (mean - mean_of_all) / (deviation_of_all / math.sqrt(count))
