"""What a scan costs: straight lines over the number of items, laid through measurements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

__all__ = ["Line", "Measured", "Model", "fitted", "line_through"]


class Measured(NamedTuple):
    """What a number of benchmarks took."""

    benchmarks: int
    items: int
    load_seconds: float
    """Of a core, from the start of the process until all is loaded."""
    load_peak_mb: float
    sent_mb: float
    """What a node of a cluster is sent, and keeps once for all of its workers."""
    peak_mb: float
    """Of the process that loads and scans, in one thread."""
    seconds: list[float]
    """Of a core, to scan the corpus, in each run."""
    findings: int
    corpus_mb: float

    @property
    def core_seconds_each_gb(self) -> float:
        """Return what a gigabyte takes, at best."""
        return 1000 * min(self.seconds) / self.corpus_mb


class Line(NamedTuple):
    """A straight line over items."""

    base: float
    each_item: float
    most_off: float
    """The share by which a measurement is off the line at most."""

    def at(self, items: float) -> float:
        """Return its height.

        >>> Line(10.0, 0.5, 0.0).at(4)
        12.0
        """
        return self.base + self.each_item * items


def line_through(points: Sequence[tuple[float, float]]) -> Line:
    """Lay a line through points so that the squares of the shares it is off are least.

    >>> line = line_through([(0, 2), (10, 4)])
    >>> round(line.base, 6), round(line.each_item, 6)
    (2.0, 0.2)
    """
    items, heights = np.array(points, np.float64).T
    sides = np.stack([1 / heights, items / heights], axis=1)
    (base, each_item), *_ = np.linalg.lstsq(sides, np.ones(len(heights)), rcond=None)
    off = np.abs((base + each_item * items) / heights - 1).max()
    return Line(float(base), float(each_item), float(off))


class Model(NamedTuple):
    """Lines over the number of items."""

    core_seconds_each_gb: Line
    load_seconds: Line
    load_peak_mb: Line
    sent_mb: Line
    own_mb: float
    """What a worker has for itself at most, beside what its node was sent."""


def fitted(measured: Sequence[Measured]) -> Model:
    """Lay the lines through measurements."""

    def line(value: Callable[[Measured], float]) -> Line:
        return line_through([(each.items, value(each)) for each in measured])

    fewest = min(measured, key=lambda each: each.items)
    return Model(
        line(lambda each: each.core_seconds_each_gb),
        line(lambda each: each.load_seconds),
        line(lambda each: each.load_peak_mb),
        line(lambda each: each.sent_mb),
        # Of the fewest items: with more of them loading takes more than scanning ever does.
        fewest.peak_mb - fewest.sent_mb,
    )
