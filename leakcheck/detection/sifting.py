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
    screened, sums, blocks = screen.postings, sifting.sums, sifting.blocks
    sums[:] = np.uint8(0)
    most = max(
        add_shares(
            triples.others, triples.postings, triple, after_triple, first_token, screened, sums
        ),
        add_shares(pairs.others, pairs.postings, pair, after_pair, first_token, screened, sums),
    )
    if most < np.uint32(WHOLE):
        return int64(0)
    shift = block_shift(after_token - first_token)
    ranks, suspects = sifting.ranks, sifting.suspects
    shares, hit_blocks = sifting.shares, sifting.hit_blocks
    gathered = gather_suspects(
        triples.tokens, triples.others, triples.postings, triple, after_triple,
        first_token, shift, screened, sums, ranks, suspects, shares, hit_blocks, int64(0),
    )  # fmt: skip
    gathered = gather_suspects(
        pairs.tokens, pairs.others, pairs.postings, pair, after_pair,
        first_token, shift, screened, sums, ranks, suspects, shares, hit_blocks, gathered,
    )  # fmt: skip
    note_blocks(hashes, first_token, after_token, shift, blocks)
    stamped = stamp_suspects(
        suspects, shares, hit_blocks, gathered, shift, blocks, reach,
        screen.rarest, screen.bag_starts, screen.bags,
        sifting.there, sifting.marks, sifting.stamps, stamp,
    )  # fmt: skip
    forget_blocks(hashes, first_token, after_token, blocks)
    return stamped


@inlined
def add_shares(
    others: npt.NDArray[np.int32],
    postings: npt.NDArray[np.int64],
    first: int,
    after: int,
    first_token: int,
    screened: npt.NDArray[np.uint32],
    sums: npt.NDArray[np.uint8],
) -> np.uint32:
    """Sum up what the hits from `first` up to `after` weigh; return the greatest sum.

    Those whose first token stands before `first_token`, in another document, are left out.
    """
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
    tokens: npt.NDArray[np.int32],
    others: npt.NDArray[np.int32],
    postings: npt.NDArray[np.int64],
    first: int,
    after: int,
    first_token: int,
    shift: np.uint32,
    screened: npt.NDArray[np.uint32],
    sums: npt.NDArray[np.uint8],
    ranks: npt.NDArray[np.uint32],
    suspects: npt.NDArray[np.uint32],
    shares: npt.NDArray[np.uint32],
    hit_blocks: npt.NDArray[np.uint32],
    count: int,
) -> int:
    """Add the items of some hits that may weigh enough to `suspects`; return their new number.

    Args:
        tokens: of the hits.
        others: of the hits.
        postings: of the hits.
        first: the first hit of the document.
        after: the hit after its last.
        first_token: of the document.
        shift: of the document, as `block_shift` has it.
        screened: postings of the screen.
        sums: of what all hits in the document weigh.
        ranks: is written to.
        suspects: is written to.
        shares: is written to.
        hit_blocks: is written to.
        count: how many suspects there are.
    """
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
    suspects: npt.NDArray[np.uint32],
    shares: npt.NDArray[np.uint32],
    hit_blocks: npt.NDArray[np.uint32],
    count: int,
    shift: np.uint32,
    blocks: npt.NDArray[np.uint32],
    reach: npt.NDArray[np.int32],
    rarest: npt.NDArray[np.uint32],
    bag_starts: npt.NDArray[np.int64],
    bags: npt.NDArray[np.uint32],
    there: npt.NDArray[np.uint32],
    marks: npt.NDArray[np.uint64],
    stamps: npt.NDArray[np.int32],
    stamp: np.int32,
) -> int:
    """Stamp the suspects that a document may hold by its tokens; return their number.

    First by the rarest tokens, which stand together in memory and are enough for most.

    Args:
        suspects: what `gather_suspects` found; is written to.
        shares: what it found.
        hit_blocks: what it found; is written to.
        count: how many.
        shift: of the document, as `block_shift` has it.
        blocks: what `note_blocks` noted of the document.
        reach: of the items.
        rarest: of the screen.
        bag_starts: of the screen.
        bags: of the screen.
        there: is written to.
        marks: of other documents; is written to.
        stamps: is written to.
        stamp: of the document, positive and like no other.
    """
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
def is_stamped(
    item: np.uint32,
    marks: npt.NDArray[np.uint64],
    stamps: npt.NDArray[np.int32],
    stamp: np.int32,
) -> bool:
    """Tell if an item has the stamp of a document; the marks, in the nearest cache, deny most."""
    marked = marks[(item >> np.uint32(6)) & _MARK_WORDS] & _mark(item)
    return bool(marked and stamps[item] == stamp)


@inlined
def _mark(item: np.uint32) -> np.uint64:
    return np.uint64(1) << np.uint64(item & np.uint32(63))
