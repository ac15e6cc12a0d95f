"""The sieve: which items hold a shingle.

A bitmap answers for nearly all shingles of ordinary text that no item holds them, a hash table
finds the items of the others. Shingles that many items of a benchmark share lead nowhere and are
gated; an item that would be left with fewer than four keeps its rarest.
"""

from __future__ import annotations

import os
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import allocating, inlined, int64
from leakcheck.index.item_table import ItemTable
from leakcheck.index.shingles import ItemShingles, is_pair, item_shingles
from leakcheck.threads import map_in_order
from leakcheck.vectors import prefetch

__all__ = [
    "FEWEST_SHINGLES",
    "MOST_ITEMS",
    "Sieve",
    "build_sieve",
    "find_shingle",
    "may_hold",
    "paired_codes",
    "posting_range",
    "prefetch_shingle",
]

MOST_ITEMS = 16
"""A shingle that more items of one benchmark share is gated."""
FEWEST_SHINGLES = 4

_PARTS = 256
_COUNT_BITS = 24  # a count and a start in one number: one look into memory for both
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


class Sieve(NamedTuple):
    """A bitmap and an open-addressing table over shingles; their sizes are powers of two."""

    bitmap: npt.NDArray[np.uint64]
    """Shape (words,): a Bloom filter whose two bits stand in one word, one look into memory."""
    shingles: npt.NDArray[np.uint64]
    """Shape (slots,): a shingle plus 1, or 0 where the slot is free."""
    postings: npt.NDArray[np.int64]
    """Shape (slots,): where the items of a shingle start in `items`, and how many they are."""
    items: npt.NDArray[np.int32]
    """Shape (postings,): the items of each shingle."""
    bits: npt.NDArray[np.float32]
    """Shape (postings,): what the shingle's tokens weigh in that item."""


@inlined
def _spread(value: np.uint64) -> np.uint64:
    product = value * _SPREAD
    return product ^ (product >> np.uint64(29))


@inlined
def _bits_of(value: np.uint64) -> np.uint64:
    """Return the two bits that stand for a shingle in its word of the bitmap."""
    spread = _spread(value)
    return np.uint64(1) << (spread >> np.uint64(58)) | np.uint64(1) << (
        (spread >> np.uint64(52)) & np.uint64(63)
    )


@inlined
def _word_of(bitmap: npt.NDArray[np.uint64], value: np.uint64) -> np.uint64:
    return _spread(value) & np.uint64(len(bitmap) - 1)


@inlined
def may_hold(bitmap: npt.NDArray[np.uint64], value: np.uint64) -> bool:
    """Tell, with some false alarms, if any item holds this shingle."""
    bits = _bits_of(value)
    return bool(bitmap[_word_of(bitmap, value)] & bits == bits)


@inlined
def find_shingle(shingles: npt.NDArray[np.uint64], value: np.uint64) -> int:
    """Return the slot of a shingle, or -1."""
    slot = _slot_of(shingles, value)
    return slot if shingles[slot] else -1


@inlined
def prefetch_shingle(
    shingles: npt.NDArray[np.uint64], postings: npt.NDArray[np.int64], value: np.uint64
) -> None:
    """Have the slot of a shingle fetched, which `find_shingle` is to look at soon."""
    slot = _spread(value) & np.uint64(len(shingles) - 1)
    prefetch(shingles, slot)
    prefetch(postings, slot)


@inlined
def posting_range(posting: int) -> tuple[int, int]:
    """Return where the items of a shingle start and end in `Sieve.items`."""
    start = posting >> _COUNT_BITS
    return start, start + (posting & ((1 << _COUNT_BITS) - 1))


@inlined
def _slot_of(shingles: npt.NDArray[np.uint64], value: np.uint64) -> int:
    """Return the slot of a shingle, or the free one it would go to."""
    mask = np.uint64(len(shingles) - 1)
    slot = _spread(value) & mask
    while shingles[slot] != 0 and shingles[slot] != value + np.uint64(1):
        slot = (slot + np.uint64(1)) & mask
    return int64(slot)


def paired_codes(sieve: Sieve) -> npt.NDArray[np.uint64]:
    """Return the set of the codes that some pair of a sieve has, 65,536 bits."""
    return _paired_codes(sieve.shingles)


@allocating
def _paired_codes(shingles: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    codes = np.zeros(1 << 10, np.uint64)
    for slot in range(len(shingles)):
        if shingles[slot] == 0:
            continue
        value = shingles[slot] - np.uint64(1)
        if is_pair(value):
            for code in (value & np.uint64(0xFFFF), (value >> np.uint64(16)) & np.uint64(0xFFFF)):
                codes[code >> np.uint64(6)] |= np.uint64(1) << (code & np.uint64(63))
    return codes


def build_sieve(table: ItemTable) -> Sieve:
    """Build the sieve over the questions and choices of all items."""
    # Gates are set benchmark by benchmark, so that no answer depends on what else was asked for.
    ranges = pairwise(table.bench_starts.tolist())

    def gated(items: tuple[int, int]) -> ItemShingles:
        return _gate(item_shingles(table, *items), *items)

    kept = [shingles for _, shingles in map_in_order(gated, ranges, os.cpu_count() or 1)]
    joined = ItemShingles(*map(np.concatenate, zip(*kept, strict=True)))
    slots = _room_for(len(joined.values))
    joined = _in_order_of_slots(joined, slots)
    sieve = Sieve(
        bitmap=np.zeros(max(16, slots // 16), np.uint64),
        shingles=np.zeros(slots, np.uint64),
        postings=np.zeros(slots, np.int64),
        items=np.zeros(len(joined.values), np.int32),
        bits=np.zeros(len(joined.values), np.float32),
    )
    _insert(sieve, joined)
    return sieve


@allocating
def _in_order_of_slots(shingles: ItemShingles, slots: int) -> ItemShingles:
    """Return shingles by the part of the table that they go to, else in the order they have.

    A table larger than the caches is then filled part by part, several times as fast.
    """
    values, items, bits = shingles.values, shingles.items, shingles.bits
    mask, shift = np.uint64(slots - 1), np.uint64(0)
    while slots >> int64(shift) > _PARTS:
        shift += np.uint64(1)
    ends = np.zeros(_PARTS + 1, np.int64)
    for place in range(len(values)):
        ends[int64((_spread(values[place]) & mask) >> shift) + 1] += 1
    for part in range(_PARTS):
        ends[part + 1] += ends[part]
    ordered = ItemShingles(np.empty_like(values), np.empty_like(items), np.empty_like(bits))
    ordered_values, ordered_items, ordered_bits = ordered.values, ordered.items, ordered.bits
    for place in range(len(values)):
        part = int64((_spread(values[place]) & mask) >> shift)
        target = ends[part]
        ends[part] += 1
        ordered_values[target], ordered_items[target] = values[place], items[place]
        ordered_bits[target] = bits[place]
    return ordered


def _room_for(shingles: int) -> int:
    return 1 << max(10, int(1.5 * shingles).bit_length())


def _gate(shingles: ItemShingles, first: int, last: int) -> ItemShingles:
    """Keep the shingles of a benchmark that few of its items share."""
    room = _room_for(len(shingles.values))
    counts = _count_items(shingles, np.zeros(room, np.uint64), np.zeros(room, np.int32))
    kept = counts <= MOST_ITEMS
    owners = shingles.items - first
    limits = np.full(last - first, MOST_ITEMS)
    while True:
        passing = np.bincount(owners[kept], minlength=last - first)
        every = np.bincount(owners, minlength=last - first)
        short = passing < np.minimum(FEWEST_SHINGLES, every)
        if not short.any():
            return shingles.at(kept)
        limits[short] *= 2
        kept = counts <= limits[owners]


@allocating
def _count_items(
    shingles: ItemShingles, slots: npt.NDArray[np.uint64], counts: npt.NDArray[np.int32]
) -> npt.NDArray[np.int32]:
    """Return how many items have each shingle; `slots` and `counts` are scratch, all zero."""
    values, items = shingles.values, shingles.items
    last = np.empty(len(slots), np.int32)
    for place in range(len(values)):
        slot = _slot_of(slots, values[place])
        if slots[slot] == 0 or last[slot] != items[place]:  # items come in order
            slots[slot] = values[place] + np.uint64(1)
            last[slot] = items[place]
            counts[slot] += 1
    result = np.empty(len(values), np.int32)
    for place in range(len(values)):
        result[place] = counts[_slot_of(slots, values[place])]
    return result


@allocating
def _insert(sieve: Sieve, kept: ItemShingles) -> None:
    """Fill an empty sieve; an item stands once under a shingle."""
    slot_of = np.empty(len(kept.values), np.int64)
    for place in range(len(kept.values)):
        value = kept.values[place]
        slot = _slot_of(sieve.shingles, value)
        slot_of[place] = slot
        if sieve.shingles[slot] == 0:
            sieve.shingles[slot] = value + np.uint64(1)
            sieve.bitmap[_word_of(sieve.bitmap, value)] |= _bits_of(value)
        sieve.postings[slot] += 1
    start = 0
    for slot in range(len(sieve.postings)):
        count = sieve.postings[slot]
        sieve.postings[slot] = start << _COUNT_BITS
        start += count
    for place in range(len(slot_of)):
        slot = slot_of[place]
        start, end = posting_range(sieve.postings[slot])
        item = kept.items[place]
        if start == end or sieve.items[end - 1] != item:  # items come in order
            sieve.items[end] = item
            sieve.bits[end] = kept.bits[place]
            sieve.postings[slot] += 1
