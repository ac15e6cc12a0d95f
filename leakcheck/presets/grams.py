"""A table of the n-grams of items: where in the items each one stands."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, int64, kernel
from leakcheck.presets.parts import ORDER, Part
from leakcheck.presets.sequences import ItemSequences

__all__ = [
    "GramTable",
    "find_gram",
    "gram_hashes",
    "gram_places",
    "gram_table",
    "gram_weights",
    "rolled",
]

PRIME = np.uint64(0x9E3779B97F4A7C15)
"""Odd, so that no power of it is 0."""
_BITMAP_BITS = 16
"""Of the bitmap for each n-gram: one look in sixteen at a strange one goes on to the table."""


class GramTable(NamedTuple):
    """A bitmap and an open-addressing table over n-grams; their sizes are powers of two."""

    n: int
    bitmap: npt.NDArray[np.uint64]
    """Shape (words,): one bit for each n-gram."""
    slots: npt.NDArray[np.uint64]
    """Shape (slots,): the hash of an n-gram, or 0 where the slot is free."""
    firsts: npt.NDArray[np.int64]
    """Shape (slots,): where the places of an n-gram start in `places` ..."""
    counts: npt.NDArray[np.int32]
    """Shape (slots,): ... and how many they are."""
    places: npt.NDArray[np.int64]
    """Shape (places,): where n-grams start in the codes of the items."""
    items: npt.NDArray[np.int32]
    """Shape (places,): the item of each."""


def gram_hashes(codes: npt.NDArray[np.uint16], n: int) -> npt.NDArray[np.uint64]:
    """Hash the n-gram that starts at each place, shape (tokens - n + 1,).

    >>> hashes = gram_hashes(np.array([1, 2, 3, 1, 2], np.uint16), 2)
    >>> bool(hashes[0] == hashes[3]), len(hashes)
    (True, 4)
    """
    count = max(0, len(codes) - n + 1)
    state = np.zeros(count, np.uint64)
    for step in range(n):
        state *= PRIME
        state += codes[step : step + count]
        state += np.uint64(1)
    return state


@inlined
def rolled(
    state: np.uint64, entering: np.uint16, leaving: np.uint16, power: np.uint64
) -> np.uint64:
    """Move the hash of an n-gram on by a token; `power` is `PRIME` to the n."""
    added = np.uint64(entering) + np.uint64(1)
    taken = (np.uint64(leaving) + np.uint64(1)) * power
    return state * PRIME + added - taken


@inlined
def _spread(state: np.uint64) -> np.uint64:
    mixed = (state ^ (state >> np.uint64(32))) * PRIME
    return mixed ^ (mixed >> np.uint64(29))


def gram_table(
    items: ItemSequences,
    starts: npt.NDArray[np.int64],
    ends: npt.NDArray[np.int64],
    n: int,
) -> GramTable:
    """Build the table of the n-grams that lie between `starts` and `ends` of their items."""
    places, owners = gram_places(starts, ends, n)
    hashes = gram_hashes(items.codes, n)[places] if len(places) else np.zeros(0, np.uint64)
    order = np.argsort(hashes)
    hashes, places, owners = hashes[order], places[order], owners[order]
    begins = np.flatnonzero(np.diff(hashes, prepend=~hashes[:1]))
    sizes = np.diff(begins, append=len(hashes))
    room = 1 << max(4, int(1.5 * len(begins)).bit_length())
    words = 1 << max(4, (_BITMAP_BITS * len(begins) // 64).bit_length())
    table = GramTable(
        n=n,
        bitmap=np.zeros(words, np.uint64),
        slots=np.zeros(room, np.uint64),
        firsts=np.zeros(room, np.int64),
        counts=np.zeros(room, np.int32),
        places=places,
        items=owners,
    )
    _fill(table, hashes[begins], begins, sizes)
    return table


@kernel
def _fill(
    table: GramTable,
    hashes: npt.NDArray[np.uint64],
    firsts: npt.NDArray[np.int64],
    sizes: npt.NDArray[np.int64],
) -> None:
    for number in range(len(hashes)):
        state = hashes[number]
        slot = _slot_of(table.slots, state)
        table.slots[slot] = state
        table.firsts[slot] = firsts[number]
        table.counts[slot] = sizes[number]
        spread = _spread(state)
        word = (spread >> np.uint64(6)) & np.uint64(len(table.bitmap) - 1)
        table.bitmap[word] |= np.uint64(1) << (spread & np.uint64(63))


@inlined
def _slot_of(slots: npt.NDArray[np.uint64], state: np.uint64) -> int:
    """Return the slot of an n-gram, or the free one it would go to."""
    mask = np.uint64(len(slots) - 1)
    slot = _spread(state) & mask
    while slots[slot] != 0 and slots[slot] != state:
        slot = (slot + np.uint64(1)) & mask
    return int64(slot)


@inlined
def find_gram(
    bitmap: npt.NDArray[np.uint64], slots: npt.NDArray[np.uint64], state: np.uint64
) -> int:
    """Return the slot of an n-gram, or -1."""
    spread = _spread(state)
    word = bitmap[(spread >> np.uint64(6)) & np.uint64(len(bitmap) - 1)]
    if not (word >> (spread & np.uint64(63))) & np.uint64(1):
        return int64(-1)
    slot = _slot_of(slots, state)
    return slot if slots[slot] else int64(-1)


def gram_weights(items: ItemSequences, n: int, part: Part) -> npt.NDArray[np.float64]:
    """Weigh the n-gram that starts at each token of a part of the items, shape (tokens,).

    The weight is ln(items / items with it), of its benchmark and in the same field. What reaches
    over the end of a field weighs nothing, nor does what repeats an n-gram of its field.
    """
    weights = np.zeros(len(items.codes), np.float64)
    hashes = gram_hashes(items.codes, n)
    for first, last in pairwise(items.bench_starts.tolist()):
        for field in map(ORDER.index, part):
            starts, ends = items.bounds[first:last, field], items.bounds[first:last, field + 1]
            places, owners = gram_places(starts, ends, n)
            _, kept = np.unique(hashes[places] + owners.astype(np.uint64), return_index=True)
            places = places[kept]
            _, inverse, shared = np.unique(hashes[places], return_inverse=True, return_counts=True)
            weights[places] = np.log((last - first) / shared[inverse])
    return weights


def gram_places(
    starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64], n: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Return where every n-gram between `starts` and `ends` starts, and its number in these.

    >>> places, owners = gram_places(np.array([0, 5]), np.array([3, 7]), 2)
    >>> places.tolist(), owners.tolist()
    ([0, 1, 5], [0, 0, 1])
    """
    counts = np.maximum(0, ends - starts - n + 1)
    owners = np.repeat(np.arange(len(starts), dtype=np.int32), counts)
    shifts = np.repeat(starts - (np.cumsum(counts) - counts), counts)
    return shifts + np.arange(int(counts.sum())), owners
