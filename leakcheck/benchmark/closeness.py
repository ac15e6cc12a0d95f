"""Closeness: how similar the best passages of some text are to the test items of a benchmark.

What is kept of a measurement is its distribution over the items; `leakcheck proximity` compares
such distributions, and that of background text is kept in the calibration of a benchmark.
"""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

__all__ = ["COPY_SHARE", "BackgroundCloseness", "Closeness", "closeness_of"]

COPY_SHARE = 0.9
"""A passage with so much of an item's evidence is a copy of it, not merely close."""

_DIGITS = 4


class Closeness(msgspec.Struct, frozen=True):
    """The best similarity of each test item with some text, as a distribution over the items."""

    tokens: int
    """Of the text."""
    items: int
    """Items that were compared."""
    copied: int
    """Items of a similarity of COPY_SHARE or more."""
    percentiles: list[float]
    """From 0 to 100 %: 101 similarities, ascending, or none without items."""

    def quantile(self, percent: int) -> float:
        """Return the similarity that so many per cent of the items do not exceed."""
        return self.percentiles[percent]

    def share_above(self, similarity: float) -> float:
        """Return the share of items of a higher similarity, to the per cent.

        >>> Closeness(100, 200, 0, [n / 100 for n in range(101)]).share_above(0.9)
        0.1
        """
        return sum(each > similarity for each in self.percentiles[1:]) / 100


class BackgroundCloseness(msgspec.Struct, frozen=True):
    """The closeness of background text, measured when a benchmark was built."""

    scale: int
    """Of the fingerprints it was measured with: what is compared with it must have the same."""
    samples: list[Closeness]
    """In samples of more and more tokens, as far as the background went."""


def closeness_of(similarities: npt.NDArray[np.float32], tokens: int) -> Closeness:
    """Sum up the best similarity of each item, shape (items,).

    >>> found = closeness_of(np.array([0.0, 0.25, 0.5, 1.0], np.float32), tokens=1000)
    >>> found.items, found.copied, found.quantile(50)
    (4, 1, 0.375)
    """
    percentiles: list[float] = []
    if len(similarities):
        values = np.percentile(similarities.astype(np.float64), np.arange(101))
        percentiles = np.round(values, _DIGITS).tolist()
    return Closeness(
        tokens, len(similarities), int((similarities >= COPY_SHARE).sum()), percentiles
    )
