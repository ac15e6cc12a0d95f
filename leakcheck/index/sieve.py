"""The sieve: which items hold a shingle of three tokens.

A shingle is three codes in a row, 48 bits. A bitmap answers for nearly all shingles of ordinary
text that no item holds them, a hash table finds the items of the others. Shingles that many items
of a benchmark share lead nowhere and are gated; an item that would be left with fewer than four
keeps its rarest.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, kernel
from leakcheck.index.item_table import CHOICES, QUESTION, ItemTable

__all__ = ["MOST_ITEMS", "Sieve", "build_sieve", "find_shingle", "may_hold", "shingle"]

MOST_ITEMS = 30
"""A shingle that more items of one benchmark share is gated."""

FEWEST_SHINGLES = 4

_SPREAD = np.uint64(0x9E3779B97F4A7C15)


class Sieve(NamedTuple):
    """A bitmap and an open-addressing table over shingles; their sizes are powers of two."""

    bitmap: npt.NDArray[np.uint64]
    shingles: npt.NDArray[np.uint64]
    """Shape (slots,): a shingle plus 1, or 0 where the slot is free."""
    starts: npt.NDArray[np.int64]
    """Shape (slots,): where the items of a shingle start in `items`."""
    counts: npt.NDArray[np.int32]
    """Shape (slots,)."""
    bits: npt.NDArray[np.float32]
    """Shape (slots,): the weights of the three tokens together."""
    items: npt.NDArray[np.int32]
    """Shape (postings,): the items of each shingle."""


@inlined
def shingle(first: np.uint16, second: np.uint16, third: np.uint16) -> np.uint64:
    """Join three codes in a row."""
    return np.uint64(first) << np.uint64(32) | np.uint64(second) << np.uint64(16) | np.uint64(third)


@inlined
def _spread(value: np.uint64) -> np.uint64:
    product = value * _SPREAD
    return product ^ (product >> np.uint64(29))


@inlined
def may_hold(bitmap: npt.NDArray[np.uint64], value: np.uint64) -> bool:
    """Tell, with some false alarms, if any item holds this shingle."""
    bit = _spread(value) & np.uint64(len(bitmap) * 64 - 1)
    return (bitmap[bit >> np.uint64(6)] >> (bit & np.uint64(63))) & np.uint64(1) != 0


@inlined
def find_shingle(shingles: npt.NDArray[np.uint64], value: np.uint64) -> int:
    """Return the slot of a shingle, or -1."""
    slot = _slot_of(shingles, value)
    return slot if shingles[slot] else -1


@inlined
def _slot_of(shingles: npt.NDArray[np.uint64], value: np.uint64) -> int:
    """Return the slot of a shingle, or the free one it would go to."""
    mask = np.uint64(len(shingles) - 1)
    slot = _spread(value) & mask
    while shingles[slot] != 0 and shingles[slot] != value + np.uint64(1):
        slot = (slot + np.uint64(1)) & mask
    return np.int64(slot)


def build_sieve(table: ItemTable) -> Sieve:
    """Build the sieve over the questions and choices of all items."""
    fields = [QUESTION, CHOICES]
    most = int(np.maximum(table.ends[:, fields] - table.starts[:, fields] - 2, 0).sum())
    slots = 1 << max(10, int(2 * most).bit_length())
    sieve = Sieve(
        bitmap=np.zeros(max(16, slots // 32), np.uint64),
        shingles=np.zeros(slots, np.uint64),
        starts=np.zeros(slots, np.int64),
        counts=np.zeros(slots, np.int32),
        bits=np.zeros(slots, np.float32),
        items=np.zeros(0, np.int32),
    )
    # Gates are set benchmark by benchmark, so that no answer depends on what else was asked for.
    kept = np.zeros((most, 2), np.int64)
    count = 0
    for bench in range(len(table.bench_starts) - 1):
        first, last = table.bench_starts[bench], table.bench_starts[bench + 1]
        count = _gate(table, first, last, sieve.shingles, sieve.counts, kept, count)
    postings = _insert(table, sieve, kept[:count])
    return sieve._replace(items=postings)


@kernel
def _gate(
    table: ItemTable,
    first: int,
    last: int,
    slots: npt.NDArray[np.uint64],
    counts: npt.NDArray[np.int32],
    kept: npt.NDArray[np.int64],
    count: int,
) -> int:
    """Write (place of the first token, item) of each shingle that passes; return their number.

    `slots` and `counts` are scratch here, and all zero before and after.
    """
    for item in range(first, last):
        for field in (QUESTION, CHOICES):
            for place in range(table.starts[item, field], table.ends[item, field] - 2):
                value = shingle(table.codes[place], table.codes[place + 1], table.codes[place + 2])
                slot = _slot_of(slots, value)
                slots[slot] = value + np.uint64(1)
                counts[slot] += 1
    for item in range(first, last):
        limit = MOST_ITEMS
        passing, total = 0, 0
        for field in (QUESTION, CHOICES):
            for place in range(table.starts[item, field], table.ends[item, field] - 2):
                value = shingle(table.codes[place], table.codes[place + 1], table.codes[place + 2])
                passing += counts[_slot_of(slots, value)] <= MOST_ITEMS
                total += 1
        needed = min(FEWEST_SHINGLES, total)
        while passing < needed:
            limit *= 2
            passing = 0
            for field in (QUESTION, CHOICES):
                for place in range(table.starts[item, field], table.ends[item, field] - 2):
                    value = shingle(
                        table.codes[place], table.codes[place + 1], table.codes[place + 2]
                    )
                    passing += counts[_slot_of(slots, value)] <= limit
        for field in (QUESTION, CHOICES):
            for place in range(table.starts[item, field], table.ends[item, field] - 2):
                value = shingle(table.codes[place], table.codes[place + 1], table.codes[place + 2])
                if counts[_slot_of(slots, value)] <= limit:
                    kept[count, 0] = place
                    kept[count, 1] = item
                    count += 1
    slots[:] = 0
    counts[:] = 0
    return count


@kernel
def _insert(table: ItemTable, sieve: Sieve, kept: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    """Fill the sieve and return its postings; an item stands once under a shingle."""
    slot_of = np.empty(len(kept), np.int64)
    for row in range(len(kept)):
        place = kept[row, 0]
        value = shingle(table.codes[place], table.codes[place + 1], table.codes[place + 2])
        slot = _slot_of(sieve.shingles, value)
        slot_of[row] = slot
        if sieve.shingles[slot] == 0:
            sieve.shingles[slot] = value + np.uint64(1)
            sieve.bits[slot] = table.bits[place : place + 3].sum()
            bit = _spread(value) & np.uint64(len(sieve.bitmap) * 64 - 1)
            sieve.bitmap[bit >> np.uint64(6)] |= np.uint64(1) << (bit & np.uint64(63))
        sieve.counts[slot] += 1
    total = 0
    for row in range(len(kept)):
        slot = slot_of[row]
        if sieve.counts[slot] > 0 and sieve.starts[slot] == 0:
            # One more than the start, so that 0 means "not laid out yet"; mended below.
            sieve.starts[slot] = total + 1
            total += sieve.counts[slot]
            sieve.counts[slot] = 0
    postings = np.empty(total, np.int32)
    for row in range(len(kept)):
        slot = slot_of[row]
        start, count = sieve.starts[slot] - 1, sieve.counts[slot]
        item = np.int32(kept[row, 1])
        if count == 0 or postings[start + count - 1] != item:  # items come in ascending order
            postings[start + count] = item
            sieve.counts[slot] = count + 1
    for slot in range(len(sieve.starts)):
        sieve.starts[slot] = max(sieve.starts[slot] - 1, 0)
    return postings
