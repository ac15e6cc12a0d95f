"""What a corpus has of the items: the evidence that criteria are measured on.

A *run* is a stretch of tokens that a document and an item share, as long as it goes. For criteria
on the whole corpus it is enough to know, for each token of an item, how far the longest run that
starts there goes on: an n-gram stands in the corpus if a run holds it. So the evidence is no larger
than the benchmark, whatever the corpus.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["SeenPart", "Sight", "Sights"]


class SeenPart(NamedTuple):
    """What all documents together have of one part of an item."""

    ends: npt.NDArray[np.int64]
    """Shape (tokens,): where the furthest run ends that holds this token or starts before it;
    the token's own place where none does."""
    skipping: npt.NDArray[np.bool_]
    """Shape (tokens,): tokens in a run that may skip; empty where the preset has none."""
    usual_length: int
    """The 5th percentile of this part's length in the benchmark, in tokens."""
    target: int = 0
    """Where in the part the answer or the code starts; its length where it has neither."""

    @property
    def length(self) -> int:
        """Tokens of the part."""
        return len(self.ends)

    def grams(self, n: int) -> npt.NDArray[np.bool_]:
        """Tell which n-grams stand in the corpus, in the order of the part.

        >>> SeenPart(np.array([3, 3, 3, 3]), np.zeros(4, bool), 4).grams(2).tolist()
        [True, True, False]
        """
        count = max(0, self.length - n + 1)
        return self.ends[:count] >= np.arange(n, n + count)

    def tokens(self, n: int) -> npt.NDArray[np.bool_]:
        """Tell which tokens are in an n-gram that stands in the corpus.

        >>> SeenPart(np.array([3, 3, 3, 3]), np.zeros(4, bool), 4).tokens(2).tolist()
        [True, True, True, False]
        """
        starts = np.flatnonzero(self.grams(n))
        change = np.zeros(self.length + 1, np.int64)
        np.add.at(change, starts, 1)
        np.add.at(change, starts + n, -1)
        return np.cumsum(change)[:-1] > 0

    def longest(self) -> int:
        """Return the tokens of the longest run.

        >>> SeenPart(np.array([0, 4, 4, 4]), np.zeros(4, bool), 4).longest()
        3
        """
        return int((self.ends - np.arange(self.length)).max(initial=0))


class Sight(NamedTuple):
    """What one document has of one item."""

    item: npt.NDArray[np.uint16]
    """The codes of the item's whole sequence."""
    bounds: npt.NDArray[np.int64]
    """Shape (fields + 1,): where its fields start and end, counted from the item's start."""
    document: npt.NDArray[np.uint16]
    """The codes of the document."""
    starts: npt.NDArray[np.int64]
    """Shape (runs,): where each run starts in the item; ascending."""
    ends: npt.NDArray[np.int64]
    """Shape (runs,): where it ends there."""
    places: npt.NDArray[np.int64]
    """Shape (runs,): where it starts in the document."""
    weights: Mapping[int, npt.NDArray[np.float64]]
    """By n, shape (tokens,): what the n-gram that starts at each token of the item weighs."""


class Sights(NamedTuple):
    """Many pairs of a document and an item: their runs, cut to the part that counts."""

    firsts: npt.NDArray[np.int64]
    """Shape (pairs,): the first run of each pair."""
    starts: npt.NDArray[np.int64]
    """Shape (runs,): where each run starts, in the codes of all items."""
    ends: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]
    """Shape (pairs,): tokens of each pair's part."""
    weighed: npt.NDArray[np.float64]
    """Shape (runs,): what the n-grams of each run weigh."""
    weights: npt.NDArray[np.float64]
    """Shape (pairs,): what all n-grams of each pair's part weigh."""
