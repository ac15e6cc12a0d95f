"""Sifting: the items that a document may hold by the bounds of the screen.

All hits of a document are gone through twice: what they weigh is summed up in a table that stays in
the nearest cache, many items at one place of it; then the items whose place has enough are weighed
each alone. Those that weigh enough are asked for their tokens, the rarest first.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import allocating, inlined, int64, kernel
from leakcheck.detection.blocks import (
    CODE_PLACES,
    LOST,
    block_of,
    block_shift,
    blocks_together,
    forget_blocks,
    is_together,
    lost_in,
    near,
    note_blocks,
)
from leakcheck.detection.hits import Hits
from leakcheck.detection.screen import MOST_SHARE, RAREST, SHARE_BITS, WHOLE, Screen
from leakcheck.index.sieve import posting_range
from leakcheck.vectors import prefetch

__all__ = [
    "PLACES",
    "Sifting",
    "add_shares",
    "gather_suspects",
    "is_stamped",
    "new_sifting",
    "sift",
    "stamp_suspects",
]

PLACES = 8192
"""Of the table in which weights are summed."""
_MARK_WORDS = np.uint32((PLACES >> 6) - 1)


class Sifting(NamedTuple):
    """Scratch: what is written to while the hits of documents are sifted."""

    places: npt.NDArray[np.int32]
    """Shape (room,): of tokens."""
    sums: npt.NDArray[np.uint8]
    """Shape (8192,): what all hits of the items that share a place weigh, 255 for all above."""
    blocks: npt.NDArray[np.uint32]
    """Shape (8192,): the blocks of a document that have one of the codes that share a place."""
    stamps: npt.NDArray[np.int32]
    """Shape (items,): the last document that an item may be in."""
    marks: npt.NDArray[np.uint64]
    """Shape (128,): the places that items with the stamp of this document share, in bits."""
    there: npt.NDArray[np.uint32]
    """Shape (longest question,), at least 16: the blocks that each of its tokens stands in."""
    ranks: npt.NDArray[np.uint32]
    """Shape (items,): where in `suspects` an item stands, if it stands there."""
    suspects: npt.NDArray[np.uint32]
    """Shape (items,): items whose hits in a document may weigh enough."""
    shares: npt.NDArray[np.uint32]
    """Shape (items,): what the hits of each suspect weigh."""
    hit_blocks: npt.NDArray[np.uint32]
    """Shape (items,): the blocks that the hits of each suspect stand in."""


@allocating
def new_sifting(items: int, longest: int, room: int) -> Sifting:
    """Allocate scratch for items, the longest question, and room for tokens of documents."""
    return Sifting(
        np.empty(room, np.int32),
        np.zeros(PLACES, np.uint8),
        np.zeros(CODE_PLACES, np.uint32),
        np.zeros(items, np.int32),
        np.zeros(PLACES >> 6, np.uint64),
        np.empty(max(longest, RAREST), np.uint32),
        np.zeros(items, np.uint32),
        np.empty(items, np.uint32),
        np.empty(items, np.uint32),
        np.empty(items, np.uint32),
    )


@kernel
def sift(
    hashes: npt.NDArray[np.uint32],
    first_token: int,
    after_token: int,
    triples: Hits,
    triple: int,
    after_triple: int,
    pairs: Hits,
    pair: int,
    after_pair: int,
    screen: Screen,
    reach: npt.NDArray[np.int32],
    sifting: Sifting,
    stamp: np.int32,
) -> int:
    """Stamp the items that a document may hold; return their number.

    Args:
        hashes: of the tokens of some documents.
        first_token: of the document.
        after_token: the token after its last.
        triples: of the documents.
        triple: the first of this document.
        after_triple: the one after its last.
        pairs: of the documents.
        pair: the first of this document.
        after_pair: the one after its last.
        screen: of the items.
        reach: of the items.
        sifting: is written to.
        stamp: of the document, positive and like no other.
    """
    sifting.sums[:] = np.uint8(0)
    most = max(
        add_shares(triples, triple, after_triple, first_token, screen.postings, sifting.sums),
        add_shares(pairs, pair, after_pair, first_token, screen.postings, sifting.sums),
    )
    if most < np.uint32(WHOLE):
        return int64(0)
    shift = block_shift(after_token - first_token)
    count = gather_suspects(
        triples, triple, after_triple, first_token, shift, screen.postings, sifting, int64(0)
    )
    count = gather_suspects(
        pairs, pair, after_pair, first_token, shift, screen.postings, sifting, count
    )
    note_blocks(hashes, first_token, after_token, shift, sifting.blocks)
    stamped = stamp_suspects(count, shift, screen, reach, sifting, stamp)
    forget_blocks(hashes, first_token, after_token, sifting.blocks)
    return stamped


@inlined
def add_shares(
    hits: Hits,
    first: int,
    after: int,
    first_token: int,
    screened: npt.NDArray[np.uint32],
    sums: npt.NDArray[np.uint8],
) -> np.uint32:
    """Sum up what the hits from `first` up to `after` weigh; return the greatest sum.

    Those whose first token stands before `first_token`, in another document, are left out.
    """
    others, postings = hits.others, hits.postings
    most = np.uint32(0)
    for hit in range(first, after):
        if others[hit] >= first_token:
            start, end = posting_range(postings[hit])
            for place in range(start, end):
                posting = screened[place]
                slot = (posting >> SHARE_BITS) & np.uint32(PLACES - 1)
                share = posting & np.uint32(MOST_SHARE)
                summed = min(np.uint32(np.uint32(sums[slot]) + share), np.uint32(MOST_SHARE))
                sums[slot] = np.uint8(summed)
                most = max(most, summed)
    return most


@inlined
def gather_suspects(
    hits: Hits,
    first: int,
    after: int,
    first_token: int,
    shift: np.uint32,
    screened: npt.NDArray[np.uint32],
    sifting: Sifting,
    count: int,
) -> int:
    """Add the items of some hits that may weigh enough to the suspects; return their new number.

    Args:
        hits: of some documents.
        first: the first hit of the document.
        after: the hit after its last.
        first_token: of the document.
        shift: of the document, as `block_shift` has it.
        screened: postings of the screen.
        sifting: has the sums of what all hits in the document weigh; is written to.
        count: how many suspects there are.
    """
    tokens, others, postings = hits.tokens, hits.others, hits.postings
    sums, ranks, suspects = sifting.sums, sifting.ranks, sifting.suspects
    shares, hit_blocks = sifting.shares, sifting.hit_blocks
    for hit in range(first, after):
        if others[hit] >= first_token:
            first_block = block_of(others[hit] - first_token, shift)
            touched = np.uint32(first_block | block_of(tokens[hit] - first_token, shift))
            start, end = posting_range(postings[hit])
            for place in range(start, end):
                posting = screened[place]
                item, share = posting >> SHARE_BITS, posting & np.uint32(MOST_SHARE)
                if sums[item & np.uint32(PLACES - 1)] < np.uint8(WHOLE):
                    continue
                rank = ranks[item]
                if rank < count and suspects[rank] == item:
                    shares[rank] += share
                    hit_blocks[rank] |= touched
                else:
                    ranks[item] = np.uint32(count)
                    suspects[count], shares[count], hit_blocks[count] = item, share, touched
                    count += 1
    return count


@inlined
def stamp_suspects(
    count: int,
    shift: np.uint32,
    screen: Screen,
    reach: npt.NDArray[np.int32],
    sifting: Sifting,
    stamp: np.int32,
) -> int:
    """Stamp the suspects that a document may hold by its tokens; return their number.

    First by the rarest tokens, which stand together in memory and are enough for most.

    Args:
        count: how many suspects there are.
        shift: of the document, as `block_shift` has it.
        screen: of the items.
        reach: of the items.
        sifting: has the suspects, and the blocks of the document; is written to.
        stamp: of the document, positive and like no other.
    """
    suspects, shares, hit_blocks = sifting.suspects, sifting.shares, sifting.hit_blocks
    blocks, there, marks, stamps = sifting.blocks, sifting.there, sifting.marks, sifting.stamps
    rarest, bag_starts, bags = screen.rarest, screen.bag_starts, screen.bags
    heavy = int64(0)
    for place in range(count):
        item = suspects[place]
        suspects[heavy], hit_blocks[heavy] = item, hit_blocks[place]
        if shares[place] >= np.uint32(WHOLE):
            heavy += 1
            prefetch(rarest, np.uint64(item) * np.uint64(RAREST))
            prefetch(reach, np.uint64(item))
            prefetch(bag_starts, np.uint64(item))
    left = int64(0)
    for place in range(heavy):
        item = suspects[place]
        window = near(hit_blocks[place], reach[item], shift)
        suspects[left], hit_blocks[left] = item, window
        entry = np.uint64(item) * np.uint64(RAREST)
        after_entry = entry + np.uint64(RAREST)
        if lost_in(rarest, entry, after_entry, blocks, window) > np.uint32(LOST):
            continue
        together = blocks_together(bag_starts[item + np.uint32(1)] - bag_starts[item], shift)
        if is_together(rarest, entry, after_entry, blocks, window, together, there):
            left += 1
            prefetch(bags, bag_starts[item])
    stamped = int64(0)
    marks[:] = np.uint64(0)
    for place in range(left):
        item = suspects[place]
        bag, after_bag = bag_starts[item], bag_starts[item + np.uint32(1)]
        window = hit_blocks[place]
        if lost_in(bags, bag, after_bag, blocks, window) > np.uint32(LOST):
            continue
        together = blocks_together(after_bag - bag, shift)
        if is_together(bags, bag, after_bag, blocks, window, together, there):
            stamps[item] = stamp
            marks[(item >> np.uint32(6)) & _MARK_WORDS] |= _mark(item)
            stamped += 1
    return stamped


@inlined
def is_stamped(item: np.uint32, sifting: Sifting, stamp: np.int32) -> bool:
    """Tell if an item has the stamp of a document; the marks, in the nearest cache, deny most."""
    marked = sifting.marks[(item >> np.uint32(6)) & _MARK_WORDS] & _mark(item)
    return bool(marked and sifting.stamps[item] == stamp)


@inlined
def _mark(item: np.uint32) -> np.uint64:
    return np.uint64(1) << np.uint64(item & np.uint32(63))
