"""MinHash: signatures by which documents that share much text are found.

The values are those of `datasketch.MinHash` of scheme `affine32` (Broder 1997 for the idea): a
stored signature and one made by datasketch compare. They are computed here because a kernel does
in one pass over the tokens what `update()` does in thousands of calls.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import allocating, inlined, kernel

if TYPE_CHECKING:
    from datasketch import MinHash

__all__ = [
    "NUM_PERM",
    "SCHEME",
    "SEED",
    "add_shingle",
    "equal_values",
    "estimate_jaccard",
    "permutations",
    "shingle_hash",
    "signature_of",
    "to_datasketch",
]

NUM_PERM = 128
SEED = 1
SCHEME = "affine32"
"""The permutations of datasketch from 2.0 on; older signatures have other values."""

EMPTY = np.uint32(0xFFFFFFFF)
"""What a signature holds before anything was added."""

_SHINGLE_SHIFT = np.uint64(16)  # of the 48 bits of a fingerprint


@cache
def permutations(num_perm: int = NUM_PERM, seed: int = SEED) -> npt.NDArray[np.uint32]:
    """Return the permutations h -> a * h + b modulo 2^32, shape (2, num_perm), as datasketch's.

    >>> [int(a) % 2 for a in permutations(4)[0]]
    [1, 1, 1, 1]
    """
    drawn = np.random.RandomState(seed)  # datasketch draws from this generator, in this order
    odd = drawn.randint(0, 1 << 31, num_perm, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    both = np.array([odd, drawn.randint(0, 1 << 32, num_perm, dtype=np.uint32)])
    both.flags.writeable = False
    return both


@inlined
def shingle_hash(fingerprint: np.uint64) -> np.uint32:
    """Return what a signature takes in for a fingerprint: its upper 32 bits of 48."""
    return np.uint32(fingerprint >> _SHINGLE_SHIFT)


@inlined
def add_shingle(
    value: np.uint32,
    multipliers: npt.NDArray[np.uint32],
    addends: npt.NDArray[np.uint32],
    signature: npt.NDArray[np.uint32],
) -> None:
    """Add one shingle's hash to a signature, shape (num_perm,), in place."""
    value ^= value >> np.uint32(16)  # the finalizer of MurmurHash3
    value = np.uint32(value * np.uint32(0x85EBCA6B))
    value ^= value >> np.uint32(13)
    value = np.uint32(value * np.uint32(0xC2B2AE35))
    value ^= value >> np.uint32(16)
    for place in range(len(signature)):
        permuted = np.uint32(multipliers[place] * value + addends[place])
        signature[place] = min(signature[place], permuted)


@kernel
def _sign(
    values: npt.NDArray[np.uint32],
    multipliers: npt.NDArray[np.uint32],
    addends: npt.NDArray[np.uint32],
    signature: npt.NDArray[np.uint32],
) -> None:
    for place in range(len(values)):
        add_shingle(values[place], multipliers, addends, signature)


def signature_of(
    values: npt.NDArray[np.uint32], num_perm: int = NUM_PERM, seed: int = SEED
) -> npt.NDArray[np.uint32]:
    """Return the signature of a set of hashes.

    Args:
        values: shape (shingles,); what stands twice counts once.
        num_perm: length of the signature.
        seed: of the permutations.

    >>> from datasketch import MinHash
    >>> theirs = MinHash(num_perm=128, seed=1, hashfunc=int)
    >>> theirs.update_batch([7, 11])
    >>> bool((signature_of(np.array([7, 11], np.uint32)) == theirs.hashvalues).all())
    True
    """
    signature = np.full(num_perm, EMPTY, np.uint32)
    multipliers, addends = permutations(num_perm, seed)
    _sign(values, multipliers, addends, signature)
    return signature


def estimate_jaccard(
    one: npt.NDArray[np.uint32], others: npt.NDArray[np.uint32]
) -> npt.NDArray[np.float64]:
    """Estimate the Jaccard similarity of one set with others, from their signatures.

    Args:
        one: shape (num_perm,).
        others: shape (sets, num_perm).
    """
    return np.asarray((one == others).mean(axis=-1))


@allocating
def equal_values(
    ones: npt.NDArray[np.uint32],
    one_rows: npt.NDArray[np.int64],
    others: npt.NDArray[np.uint32],
    other_rows: npt.NDArray[np.int64],
) -> npt.NDArray[np.int64]:
    """Count the values that signatures have in common, pair by pair.

    Args:
        ones: shape (signatures, num_perm).
        one_rows: shape (pairs,): the row of `ones` in each pair.
        others: shape (other signatures, num_perm).
        other_rows: shape (pairs,): the row of `others` in each pair.

    Returns:
        Shape (pairs,), from 0 to num_perm; as a share of num_perm, the estimate of Jaccard.
    """
    equal = np.zeros(len(one_rows), np.int64)
    for pair in range(len(one_rows)):
        one, other = ones[one_rows[pair]], others[other_rows[pair]]
        for place in range(len(one)):
            equal[pair] += one[place] == other[place]
    return equal


def to_datasketch(signature: npt.NDArray[np.uint32], seed: int = SEED) -> MinHash:
    """Return a signature as datasketch has it, to compare, merge, or put into its indexes.

    To add a shingle to it, call `update` with its `shingle_hash`.

    Args:
        signature: shape (num_perm,), as `signature_of` returns and an index stores it.
        seed: of the permutations it was made with.

    Raises:
        ImportError: datasketch is not installed.

    >>> mine = signature_of(np.array([7, 11], np.uint32))
    >>> to_datasketch(mine).jaccard(to_datasketch(signature_of(np.array([11], np.uint32)))) < 1
    True
    """
    from datasketch import MinHash  # here: it takes most of a second to import

    return MinHash(seed=seed, hashfunc=int, hashvalues=signature, scheme=SCHEME)
