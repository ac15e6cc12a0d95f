"""The background table: how much the sight of a token tells, in bits.

A token that makes up the share p of ordinary text carries -log2(p) bits, or 0.65 of that if it is a
character of a script written without spaces: characters follow from each other more than words do.
The table was counted over documentation packages and word-frequency lists, never over a corpus
leakcheck is measured on; `measure/background/` holds the recipe.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import allocating, inlined, kernel
from leakcheck.text.tokens import UNSPACED_BIT, is_unspaced
from leakcheck.vectors import prefetch

__all__ = [
    "MOST_BITS",
    "UNSPACED_RATE",
    "Background",
    "background_bits",
    "background_of",
    "common_tokens",
    "is_common",
    "load_background",
    "look_up_bits",
    "prefetch_bits",
    "rates",
]

MOST_BITS = 18.0
"""What a token outside the table carries."""

UNSPACED_RATE = 0.65
"""What a character of an unspaced script carries of the bits that its share alone would give it.

Measured by `measure/background/entropy.py`: given the two before it, a character of Chinese, Thai
or Japanese has 0.59, 0.53 or 0.45 of the entropy that it has alone, a word of English 0.82. The
mean of the three is 0.64 of the English one. Words have 0.75 of the entropy of their characters.
"""

STEPS_PER_BIT = 8
_PROBE = np.uint32(0x9E3779B1)
_MOST_BITS = np.float32(MOST_BITS)
_UNSPACED_RATE = np.float32(UNSPACED_RATE)


class Background(NamedTuple):
    """An open-addressing table from token hashes to the bits that their share alone gives them.

    Its size is a power of two.
    """

    hashes: npt.NDArray[np.uint32]
    """Shape (slots,): a token's hash, or 0 where the slot is free."""
    bits: npt.NDArray[np.float32]
    """Shape (slots,)."""


class _File(NamedTuple):
    """The table as it is stored: the tokens of English first, then those of other languages."""

    hashes: npt.NDArray[np.uint32]
    bits: npt.NDArray[np.float32]
    english: int


@cache
def _load_file() -> _File:
    with (
        as_file(files("leakcheck.text") / "background.npz") as path,
        np.load(path) as arrays,
    ):
        bits = (arrays["steps"] / np.float32(STEPS_PER_BIT)).astype(np.float32)
        return _File(arrays["hashes"], bits, int(arrays["english"]))


@cache
def load_background() -> Background:
    """Load the table that ships with leakcheck."""
    stored = _load_file()
    return background_of(stored.hashes, stored.bits)


def background_of(hashes: npt.NDArray[np.uint32], bits: npt.NDArray[np.float32]) -> Background:
    """Lay out the bits of tokens, both of shape (tokens,); no hash is 0 or stands twice."""
    slots = 1 << int(2 * len(hashes)).bit_length()
    table = Background(np.zeros(slots, np.uint32), np.zeros(slots, np.float32))
    _insert(table, hashes, bits)
    return table


@kernel
def _insert(
    table: Background, hashes: npt.NDArray[np.uint32], bits: npt.NDArray[np.float32]
) -> None:
    mask = np.uint32(len(table.hashes) - 1)
    for place in range(len(hashes)):
        slot = (hashes[place] * _PROBE) & mask
        while table.hashes[slot] != 0:
            slot = (slot + np.uint32(1)) & mask
        table.hashes[slot] = hashes[place]
        table.bits[slot] = bits[place]


@inlined
def look_up_bits(
    hashes: npt.NDArray[np.uint32], bits: npt.NDArray[np.float32], token_hash: np.uint32
) -> np.float32:
    """Return the bits of one token; `hashes` and `bits` are the two columns of a Background."""
    mask = np.uint32(len(hashes) - 1)
    slot = (token_hash * _PROBE) & mask
    while hashes[slot] != 0 and hashes[slot] != token_hash:
        slot = (slot + np.uint32(1)) & mask
    alone = bits[slot] if hashes[slot] != 0 else _MOST_BITS
    return alone * _UNSPACED_RATE if is_unspaced(token_hash) else alone


@inlined
def prefetch_bits(
    hashes: npt.NDArray[np.uint32], bits: npt.NDArray[np.float32], token_hash: np.uint32
) -> None:
    """Have fetched what `look_up_bits` is to look at soon; the table is larger than the caches."""
    slot = (token_hash * _PROBE) & np.uint32(len(hashes) - 1)
    prefetch(hashes, np.uint64(slot))
    prefetch(bits, np.uint64(slot))


@allocating
def background_bits(table: Background, hashes: npt.NDArray[np.uint32]) -> npt.NDArray[np.float32]:
    """Return the bits of each token, shape (tokens,)."""
    bits = np.empty(len(hashes), np.float32)
    for place in range(len(hashes)):
        bits[place] = look_up_bits(table.hashes, table.bits, hashes[place])
    return bits


def rates(hashes: npt.NDArray[np.uint32]) -> npt.NDArray[np.float64]:
    """Return what each token carries of the bits that its share alone would give it."""
    return np.where(hashes & UNSPACED_BIT, UNSPACED_RATE, 1.0)


def common_tokens(rare_bits: float) -> npt.NDArray[np.uint64]:
    """Return the set of the tokens of English that carry less than `rare_bits`, for `is_common`.

    The words of twelve languages would fill it, and each rare word would seem common.
    """
    stored = _load_file()
    hashes = stored.hashes[: stored.english]
    members = np.zeros(1 << 16, np.uint8)
    members[hashes[stored.bits[: stored.english] < rare_bits] & np.uint32(0xFFFF)] = 1
    return np.packbits(members, bitorder="little").view(np.uint64)


@inlined
def is_common(members: npt.NDArray[np.uint64], token_hash: np.uint32) -> bool:
    """Tell if a token is in the set; about one rare token in fifty is taken for a common one."""
    bit = token_hash & np.uint32(0xFFFF)
    return bool((members[bit >> np.uint32(6)] >> np.uint64(bit & np.uint32(63))) & np.uint64(1))
