"""Chance in a corpus of some size: how many matches it gives, and how many of them are counted."""

from __future__ import annotations

import math
from typing import NamedTuple

from leakcheck.benchmark.calibration import Calibration, ChanceTail
from leakcheck.detection.finding import Finding

__all__ = ["Chance", "is_by_chance"]


class Chance(NamedTuple):
    """What chance does to one benchmark in a corpus."""

    calibration: Calibration
    documents: int
    """Of the corpus."""
    max_expected: float | None = None
    """Matches of which chance gives more as good are not counted."""

    def expected(self, bits: float, *, verbatim: bool) -> float:
        """Return how many findings of at least so many bits chance gives that are counted.

        What is counted has an E-value of at most `max_expected`, and more than that number do not:
        with fewer bits there is none besides.
        """
        given = self.documents * self.calibration.rate(bits, verbatim=verbatim)
        return given if self.max_expected is None else min(given, self.max_expected)

    def expected_in_all(self, *, verbatim: bool) -> float:
        """Return how many findings chance gives that are counted."""
        return self.expected(self.least_bits(verbatim=verbatim), verbatim=verbatim)

    def at_most(self, *, verbatim: bool) -> bool:
        """Tell whether that is a bound, since nothing like it was seen in background text."""
        return self.calibration.chance(verbatim=verbatim).at_most

    def cautious(self, bits: float, *, verbatim: bool) -> float:
        """Return how many it may give at worst: what a verdict is tested against."""
        tail = self.calibration.chance(verbatim=verbatim)
        counted = max(bits, self._counted_bits(tail))
        return self.documents * self.calibration.cautious_rate(counted, verbatim=verbatim)

    def _counted_bits(self, tail: ChanceTail) -> float:
        """Return the bits from which on a finding is counted."""
        given = self.documents * tail.rate(tail.least_bits)
        if not self.max_expected or given <= self.max_expected:
            return tail.least_bits
        return tail.least_bits + math.log2(given / self.max_expected) / tail.decay

    def least_bits(self, *, verbatim: bool) -> float:
        """Return what a finding has at least."""
        return self.calibration.chance(verbatim=verbatim).least_bits


def is_by_chance(finding: Finding, max_expected: float | None) -> bool:
    """Tell whether the corpus gives more findings as good as this one than are to be expected.

    Args:
        finding: its `e_value` for the corpus it was found in.
        max_expected: the limit; None sets nothing aside.
    """
    return max_expected is not None and finding.e_value > max_expected
