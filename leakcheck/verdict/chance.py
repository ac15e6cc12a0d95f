"""Chance in a corpus of some size: how many matches it gives, and how many of them are counted."""

from __future__ import annotations

from typing import NamedTuple

from leakcheck.benchmark.calibration import VERBATIM_BITS, Calibration
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
        """Return how many documents give a match of at least so many bits that is counted.

        What is counted has an E-value of at most `max_expected`, and more than that number do not:
        with fewer bits there is none besides.
        """
        given = self.documents * self.calibration.rate(bits, verbatim=verbatim)
        return given if self.max_expected is None else min(given, self.max_expected)

    def expected_in_all(self, *, verbatim: bool) -> float:
        """Return how many documents give a match that is counted."""
        return self.expected(self.least_bits(verbatim=verbatim), verbatim=verbatim)

    def least_bits(self, *, verbatim: bool) -> float:
        """Return the lowest threshold of the benchmark's items."""
        return VERBATIM_BITS if verbatim else float(self.calibration.thresholds.min())


def is_by_chance(finding: Finding, max_expected: float | None) -> bool:
    """Tell whether the corpus gives more findings as good as this one than are to be expected.

    Args:
        finding: its `e_value` for the corpus it was found in.
        max_expected: the limit; None sets nothing aside.
    """
    return max_expected is not None and finding.e_value > max_expected
