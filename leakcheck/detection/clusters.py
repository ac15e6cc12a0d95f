"""Clusters: hits of one item close to each other."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import allocating, inlined

__all__ = ["SWEEP_TOKENS", "Clusters", "join_pair", "join_triple", "new_clusters"]

SWEEP_TOKENS = 256
"""How often clusters are looked through for those that nothing can join any more."""


class Clusters(NamedTuple):
    """Scratch: for each item, the cluster of hits that is open."""

    first: npt.NDArray[np.int32]
    last: npt.NDArray[np.int32]
    bits: npt.NDArray[np.float32]
    """Weight of the cluster's shingles, tokens they share counted once; 0 if none is open."""
    items: npt.NDArray[np.int32]
    """The items with an open cluster."""


@allocating
def new_clusters(items: int) -> Clusters:
    """Allocate scratch for the clusters of `items` items, none of them open."""
    return Clusters(
        np.empty(items, np.int32),
        np.empty(items, np.int32),
        np.zeros(items, np.float32),
        np.empty(items, np.int32),
    )


@inlined
def join_triple(
    item: int | np.uint32,
    weight: np.float32,
    token: int,
    first: npt.NDArray[np.int32],
    last: npt.NDArray[np.int32],
    bits: npt.NDArray[np.float32],
    items: npt.NDArray[np.int32],
    opened: int,
) -> int:
    """Add a triple that ends at a token to the cluster of an item that has it.

    Return how many clusters are open then.
    """
    if bits[item] == 0:
        items[opened] = item
        opened += 1
        first[item] = token - 2
        bits[item] = weight
    else:
        new_tokens = min(3, token - last[item])
        bits[item] += weight * np.float32(new_tokens / 3)
    last[item] = token
    return opened


@inlined
def join_pair(
    item: int | np.uint32,
    weight: np.float32,
    other: int,
    token: int,
    first: npt.NDArray[np.int32],
    last: npt.NDArray[np.int32],
    bits: npt.NDArray[np.float32],
    items: npt.NDArray[np.int32],
    opened: int,
) -> int:
    """Add a token and the rare `other` one before it to the cluster of an item that has both.

    Return how many clusters are open then.
    """
    if bits[item] == 0:
        items[opened] = item
        opened += 1
        first[item] = other
        bits[item] = weight
    elif last[item] < token:  # the other one was counted before
        bits[item] += weight * np.float32(0.5)
    last[item] = token
    return opened
