"""Scores by class of item, and the gain that the leaked items give."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import msgspec

from leakcheck.impact.classes import CLASSES, LEAKED, ItemClass
from leakcheck.impact.intervals import Interval, Term, combination, z_score

__all__ = ["Mean", "Measures", "ZScores", "measure"]


class Mean(msgspec.Struct, frozen=True):
    """The mean score of so many items that have a result."""

    items: int
    mean: float | None
    """From 0 to 1; None where there are no items."""


class ZScores(msgspec.Struct, frozen=True):
    """How far the mean of subsets is from that of all items, in standard errors."""

    contam: float | None
    """The gain over sigma / sqrt(clean items), as in ConTAM (Singh et al. 2024, arXiv 2411.03923):
    that of the items not leaked with its sign changed."""
    clean: float | None
    """Of items of which nothing was found; this and the next three are Llama 2's subsets."""
    not_clean: float | None
    not_dirty: float | None
    """Of items that are not leaked."""
    dirty: float | None
    """Of leaked items."""


class Measures(msgspec.Struct, frozen=True):
    """The scores of one model on one benchmark, by class of item."""

    all: Mean
    clean: Mean
    """Not leaked: untestable ones, variants and shared ones are in it."""
    clean_tested: Mean
    """Not leaked and testable."""
    leaked: Mean
    by_class: dict[ItemClass, Mean]
    gain: Interval | None
    """All minus clean, ConTAM's estimated performance gain; None where no item is clean."""
    z: ZScores


def measure(scores: Mapping[str, float], classes: Mapping[str, ItemClass]) -> Measures:
    """Sum up scores by class, and estimate the gain.

    The gain is all - clean = leaked / items * (mean of leaked - mean of clean): a weighted
    difference of two means of different items, whose interval `combination` gives.

    Args:
        scores: from 0 to 1, by item; at least one.
        classes: of all test items.

    >>> told = measure({"a": 1.0, "b": 0.0, "c": 1.0}, {"a": "near", "b": "not_found", "c": "near"})
    >>> round(told.gain.estimate, 3), told.clean.mean
    (0.667, 0.0)
    """
    of_class: dict[ItemClass, list[float]] = {each: [] for each in CLASSES}
    for item, score in scores.items():
        of_class[classes[item]].append(score)
    leaked = [score for each in LEAKED for score in of_class[each]]
    clean = [score for each in CLASSES if each not in LEAKED for score in of_class[each]]
    untestable = len(of_class["untestable"])
    tested = _mean(clean) if not untestable else _mean(_without(of_class, (*LEAKED, "untestable")))
    return Measures(
        all=_mean(scores.values()),
        clean=_mean(clean),
        clean_tested=tested,
        leaked=_mean(leaked),
        by_class={each: _mean(of_class[each]) for each in CLASSES if of_class[each]},
        gain=_gain(leaked, clean),
        z=_z_scores(list(scores.values()), of_class, leaked, clean),
    )


def _without(
    of_class: Mapping[ItemClass, list[float]], left_out: tuple[ItemClass, ...]
) -> list[float]:
    return [score for each, own in of_class.items() if each not in left_out for score in own]


def _mean(scores: Iterable[float]) -> Mean:
    every = list(scores)
    return Mean(len(every), math.fsum(every) / len(every) if every else None)


def _gain(leaked: list[float], clean: list[float]) -> Interval | None:
    if not clean:
        return None
    if not leaked:
        return Interval(0.0, 0.0, 0.0)
    share = len(leaked) / (len(leaked) + len(clean))
    return combination(
        [
            Term(share, math.fsum(leaked) / len(leaked), len(leaked)),
            Term(-share, math.fsum(clean) / len(clean), len(clean)),
        ]
    )


def _z_scores(
    scores: list[float],
    of_class: Mapping[ItemClass, list[float]],
    leaked: list[float],
    clean: list[float],
) -> ZScores:
    mean = math.fsum(scores) / len(scores)
    deviation = math.sqrt(math.fsum((score - mean) ** 2 for score in scores) / len(scores))

    def z(subset: list[float]) -> float | None:
        if not subset:
            return None
        return z_score(math.fsum(subset) / len(subset), len(subset), mean, deviation)

    not_dirty = z(clean)
    return ZScores(
        contam=None if not_dirty is None else -not_dirty,
        clean=z(of_class["not_found"]),
        not_clean=z(_without(of_class, ("not_found",))),
        not_dirty=not_dirty,
        dirty=z(leaked),
    )
