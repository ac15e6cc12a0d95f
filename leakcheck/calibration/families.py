"""Families: items of a benchmark that are made from one template.

Two items are of one family if one's question matches the other's with at least 0.6 of what a
verbatim copy of the longer one would score; families are the connected components of that.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["FAMILY_SHARE", "families"]

FAMILY_SHARE = 0.6


def families(
    items: int, first: npt.NDArray[np.int32], second: npt.NDArray[np.int32]
) -> npt.NDArray[np.int32]:
    """Number the families: each item gets the number of the first item of its family.

    Args:
        items: how many there are.
        first: one item of each pair of kin, shape (pairs,).
        second: the other, shape (pairs,).

    >>> families(5, np.array([0, 3], np.int32), np.array([3, 4], np.int32)).tolist()
    [0, 1, 2, 0, 0]
    """
    parents = list(range(items))

    def root(item: int) -> int:
        while parents[item] != item:
            parents[item] = parents[parents[item]]  # halve the path, so that the next is shorter
            item = parents[item]
        return item

    for one, other in zip(first.tolist(), second.tolist(), strict=True):
        low, high = sorted((root(one), root(other)))
        parents[high] = low
    return np.array([root(item) for item in range(items)], np.int32)
