"""What a scan costs, by the number of items that are looked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

__all__ = ["Measured", "Model"]


class Measured(NamedTuple):
    """What a number of benchmarks took."""

    chosen: str
    """Which benchmarks, for a person."""
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


class Model(NamedTuple):
    """What any number of items takes, by the measurements with fewer and with more."""

    measured: Sequence[Measured]
    """With growing numbers of items."""

    def at(self, value: Callable[[Measured], float], items: float) -> float:
        """Return a value on the straight line between the two measurements beside it.

        Beyond the first and the last it is what they are: nothing is extrapolated over items.
        """
        known = [each.items for each in self.measured]
        return float(np.interp(items, known, [value(each) for each in self.measured]))

    @property
    def own_mb(self) -> float:
        """Return what a worker has for itself, beside what its node was sent.

        Of the fewest items: with more of them loading takes more than scanning ever does.
        """
        return self.measured[0].peak_mb - self.measured[0].sent_mb
