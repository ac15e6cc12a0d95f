"""Shingles: the fingerprints by which a stretch of text is recognised as part of an item.

Two sorts, both made of the 16-bit codes of tokens:

- *triples*: three tokens in a row, 48 bits;
- *pairs*: two rare tokens, at most 10 tokens apart, in either order. A paraphrase that leaves no
  three words in a row still has the names, numbers and things of the item close to each other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, int64, kernel
from leakcheck.index.item_table import CHOICES, CONTEXT, QUESTION, ItemTable, has_tests

__all__ = [
    "PAIR_DISTANCE",
    "RARE_BITS",
    "RARE_ITEM_BITS",
    "ItemShingles",
    "is_pair",
    "item_shingles",
    "pair",
    "triple",
]

RARE_BITS = np.float32(13.0)
"""A token that carries this much in ordinary text may be in a pair."""
RARE_ITEM_BITS = RARE_BITS + np.float32(1.0)
"""A token of an item that weighs so much is rare: its weight is at most one bit higher there."""

PAIR_DISTANCE = 10

_PAIR = np.uint64(1 << 48)


class ItemShingles(NamedTuple):
    """The shingles of items, in the order of the items."""

    values: npt.NDArray[np.uint64]
    """Shape (shingles,)."""
    items: npt.NDArray[np.int32]
    bits: npt.NDArray[np.float32]
    """Weight of the tokens of each."""

    def at(self, rows: slice | npt.NDArray[np.bool_]) -> ItemShingles:
        """Return a copy of some of them."""
        return ItemShingles(
            self.values[rows].copy(), self.items[rows].copy(), self.bits[rows].copy()
        )


@inlined
def triple(first: np.uint16, second: np.uint16, third: np.uint16) -> np.uint64:
    """Join the codes of three tokens in a row."""
    return np.uint64(first) << np.uint64(32) | np.uint64(second) << np.uint64(16) | np.uint64(third)


@inlined
def pair(one: np.uint16, other: np.uint16) -> np.uint64:
    """Join the codes of two tokens, whichever comes first."""
    low, high = min(one, other), max(one, other)
    return _PAIR | np.uint64(low) << np.uint64(16) | np.uint64(high)


@inlined
def is_pair(shingle: np.uint64) -> bool:
    """Tell a pair from a triple."""
    return bool(shingle >> np.uint64(48))


def item_shingles(table: ItemTable, first: int, last: int) -> ItemShingles:
    """Return the shingles of the items from `first` up to `last`.

    Of their questions, their choices, and the tests of their code (`item_table.has_tests`).
    """
    tested = has_tests(table)
    lengths = (table.ends - table.starts)[first:last]
    tokens = lengths[:, [QUESTION, CHOICES]].sum() + lengths[tested[first:last], CONTEXT].sum()
    room = int(tokens) * (1 + PAIR_DISTANCE)
    shingles = ItemShingles(
        np.empty(room, np.uint64), np.empty(room, np.int32), np.empty(room, np.float32)
    )
    count = _write_shingles(table, first, last, tested, shingles)
    return shingles.at(slice(count))


@kernel
def _write_shingles(
    table: ItemTable,
    first: int,
    last: int,
    tested: npt.NDArray[np.bool_],
    shingles: ItemShingles,
) -> int:
    """Write the shingles of items one after the other; return their number."""
    count = int64(0)
    for item in range(first, last):
        for field in (QUESTION, CHOICES, CONTEXT):
            start, end = table.starts[item, field], table.ends[item, field]
            if field == CONTEXT and not tested[item]:
                continue
            count = _field_shingles(table, start, end, item, shingles, count)
    return count


@kernel
def _field_shingles(
    table: ItemTable, start: int, end: int, item: int, shingles: ItemShingles, count: int
) -> int:
    """Write the shingles of one field; return the new number of them."""
    codes, bits = table.codes, table.bits
    for place in range(start, end):
        if place + 2 < end:
            shingles.values[count] = triple(codes[place], codes[place + 1], codes[place + 2])
            shingles.items[count] = item
            shingles.bits[count] = bits[place] + bits[place + 1] + bits[place + 2]
            count += 1
        if bits[place] < RARE_ITEM_BITS:
            continue
        for other in range(place + 1, min(end, place + PAIR_DISTANCE + 1)):
            if bits[other] >= RARE_ITEM_BITS and codes[other] != codes[place]:
                shingles.values[count] = pair(codes[place], codes[other])
                shingles.items[count] = item
                shingles.bits[count] = bits[place] + bits[other]
                count += 1
    return count
