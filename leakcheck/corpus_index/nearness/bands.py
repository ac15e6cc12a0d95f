"""Banding: signatures cut into bands, so that sets much alike have a band in common.

Two sets of Jaccard similarity s agree in all rows of one band with probability s^rows, and in one
band at least with 1 - (1 - s^rows)^bands (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets,
ch. 3). So whoever shares the key of a band is a candidate, to be checked with the whole signature.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.corpus_index.sketching.minhash import NUM_PERM

__all__ = ["Banding", "band_keys", "candidate_probability", "choose_banding"]

MISS_WEIGHT = 0.9
"""What is missed is lost; what is found in error is checked, and costs only time."""

_STEPS = 1000
_MIX = np.uint64(0x9E3779B97F4A7C15)
_FOLD = np.uint64(32)


class Banding(NamedTuple):
    """How signatures are cut; the values that are left over take no part."""

    bands: int
    rows: int
    """Values of each band."""


def candidate_probability(
    similarity: npt.NDArray[np.float64] | float, banding: Banding
) -> npt.NDArray[np.float64]:
    """Return how probably two sets of this Jaccard similarity share a band.

    >>> float(candidate_probability(0.5, Banding(bands=1, rows=2)))
    0.25
    """
    return np.asarray(1 - (1 - np.asarray(similarity) ** banding.rows) ** banding.bands)


@cache
def choose_banding(
    threshold: float, num_perm: int = NUM_PERM, miss_weight: float = MISS_WEIGHT
) -> Banding:
    """Choose the banding that errs least about a threshold.

    The errors are those of datasketch's `MinHashLSH`: the integral of the probability to be a
    candidate below the threshold, and of not being one above it.

    Args:
        threshold: Jaccard similarity above 0 and up to 1.
        num_perm: values of a signature.
        miss_weight: what the second error weighs, the first has the rest of 1.

    >>> choose_banding(0.5), choose_banding(0.8)
    (Banding(bands=32, rows=4), Banding(bands=14, rows=9))
    >>> choose_banding(0.5, miss_weight=0.5)  # as datasketch chooses by default
    Banding(bands=25, rows=5)
    """
    similarity = (np.arange(_STEPS) + 0.5) / _STEPS
    above = similarity >= threshold
    weights = np.where(above, miss_weight, 1 - miss_weight)

    def error(banding: Banding) -> float:
        found = candidate_probability(similarity, banding)
        return float((weights * np.where(above, 1 - found, found)).sum())

    bandings = [
        Banding(bands, rows)
        for bands in range(1, num_perm + 1)
        for rows in range(1, num_perm // bands + 1)
    ]
    return min(bandings, key=error)


def band_keys(signatures: npt.NDArray[np.uint32], banding: Banding) -> npt.NDArray[np.uint64]:
    """Hash each band of each signature; keys of different bands differ, too.

    Args:
        signatures: shape (signatures, num_perm).
        banding: of at most num_perm values together.

    Returns:
        Shape (signatures, bands).

    >>> signatures = np.array([[1, 2, 1, 2], [9, 9, 1, 2]], np.uint32)
    >>> keys = band_keys(signatures, Banding(bands=2, rows=2))
    >>> bool(keys[0, 1] == keys[1, 1]), len(np.unique(keys))
    (True, 3)
    """
    bands, rows = banding
    used = signatures[:, : bands * rows].reshape(len(signatures), bands, rows)
    keys = np.broadcast_to(np.arange(1, bands + 1, dtype=np.uint64), (len(signatures), bands))
    for row in range(rows):
        # Each step is a bijection of the key so far and mixes in 32 bits more.
        keys = (keys ^ used[:, :, row]) * _MIX
        keys ^= keys >> _FOLD
    return keys
