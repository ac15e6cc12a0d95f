"""The screen: which items a document cannot hold, told at little cost.

Ordinary text has many shingles that items have too, and each of them leads to up to 16 items of a
benchmark. Nearly all of these have one hit in a document and nothing else of theirs. Two bounds
that every match keeps tell them apart before a cluster of hits is followed:

- all hits of an item in the document together weigh what a candidate must weigh. They are summed
  in a table that stays in the nearest cache, many items at one place of it, and of the items whose
  place has enough once more, each alone;
- the tokens of its question stand near its hits, as far as they cannot be missed: the rarest ones
  first, then all. Where tokens stand is known by the block, one of 32 of a document.

What is left is followed exactly, so the screen changes no match.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import allocating, inlined, int64, kernel
from leakcheck.detection.clusters import SWEEP_TOKENS
from leakcheck.detection.score import WINDOW_RATIO, WINDOW_SLACK
from leakcheck.index.item_table import QUESTION, ItemTable
from leakcheck.index.sieve import Sieve, posting_range
from leakcheck.vectors import prefetch

__all__ = [
    "WHOLE",
    "Screen",
    "Sifting",
    "add_shares",
    "block_shift",
    "build_screen",
    "forget_blocks",
    "gather_suspects",
    "is_stamped",
    "near",
    "new_sifting",
    "note_blocks",
    "posting_item",
    "stamp_suspects",
]

PLACES = 8192
"""Of the table in which weights are summed."""
BLOCKS = 32
"""Into how many blocks the tokens of a document are parted: the bits of a number."""
CODE_PLACES = 8192
"""Of the table of blocks; codes that share a place are taken for each other."""
RAREST = 16
"""How many tokens of a question are looked for."""

WHOLE = 63
"""Shares that sum up to less are not enough. One of 64 parts makes up for rounded sums."""
_PARTS = 64
_MOST_SHARE = 255
_SHARE_BITS = np.uint32(8)
_LOST = 8000
_MOST_LOST = 0xFFFF
_MARK_WORDS = np.uint32((PLACES >> 6) - 1)
_CODE_BITS = np.uint32(16)
_ALL_BLOCKS = np.uint32(0xFFFFFFFF)
_SLACK_BITS = np.float32(0.05)
"""Far more than sums of weights in another order may differ by."""


class Screen(NamedTuple):
    """What the screen looks up, close together."""

    postings: npt.NDArray[np.uint32]
    """Shape (postings of the sieve,): the item, and the share of what a candidate needs that the
    shingle weighs, rounded up, in the lower 8 bits."""
    rarest: npt.NDArray[np.uint32]
    """Shape (16 * items,): a code of the question, and in the upper 16 bits what is lost without
    it, in parts of 8,000 of what may be lost, rounded down; 0 where there are fewer tokens."""
    bag_starts: npt.NDArray[np.int64]
    """Shape (items + 1,): where the tokens of each question start in `bags`."""
    bags: npt.NDArray[np.uint32]
    """Shape (tokens of questions,): all codes of a question, as in `rarest`."""


def build_screen(
    items: ItemTable,
    sieve: Sieve,
    candidate_bits: npt.NDArray[np.float32],
    gains: npt.NDArray[np.float32],
    least_gains: npt.NDArray[np.float32],
) -> Screen:
    """Build the screen for the bounds that `Lookups` describes.

    `least_gains`, shape (items,), is what any window gains that a match is made of.
    """
    starts, ends = items.starts[:, QUESTION], items.ends[:, QUESTION]
    bag_starts = np.concatenate(([0], np.cumsum(ends - starts)))
    screen = Screen(
        np.empty(len(sieve.items), np.uint32),
        np.zeros(len(least_gains) * RAREST, np.uint32),
        bag_starts,
        np.empty(bag_starts[-1], np.uint32),
    )
    _fill_postings(sieve.items, sieve.bits, candidate_bits, screen.postings)
    _fill_rarest(starts, items.codes, gains, least_gains, screen)
    return screen


@kernel
def _fill_postings(
    items: npt.NDArray[np.int32],
    bits: npt.NDArray[np.float32],
    needed: npt.NDArray[np.float32],
    postings: npt.NDArray[np.uint32],
) -> None:
    for place in range(len(items)):
        item, share = items[place], int64(_MOST_SHARE)
        if bits[place] < needed[item] * np.float32(3.9):
            share = int64(np.ceil(np.float32(_PARTS) * bits[place] / needed[item]))
        postings[place] = np.uint32(item) << _SHARE_BITS | np.uint32(share)


@kernel
def _fill_rarest(
    starts: npt.NDArray[np.int64],
    codes: npt.NDArray[np.uint16],
    gains: npt.NDArray[np.float32],
    needed: npt.NDArray[np.float32],
    screen: Screen,
) -> None:
    rarest, bags, bag_starts = screen.rarest, screen.bags, screen.bag_starts
    for item in range(len(needed)):
        bag, length = bag_starts[item], bag_starts[item + 1] - bag_starts[item]
        total = np.float32(0.0)
        for place in range(starts[item], starts[item] + length):
            total += gains[place]
        spare = max(total - needed[item], np.float32(0.0)) + _SLACK_BITS
        for place in range(starts[item], starts[item] + length):
            lost = np.uint32(min(np.float32(_LOST) * gains[place] / spare, np.float32(_MOST_LOST)))
            entry = lost << _CODE_BITS | np.uint32(codes[place])
            bags[bag] = entry
            bag += 1
            at = RAREST  # the entries are in falling order of what is lost
            while at > 0 and rarest[RAREST * item + at - 1] < entry:
                at -= 1
                if at + 1 < RAREST:
                    rarest[RAREST * item + at + 1] = rarest[RAREST * item + at]
            if at < RAREST:
                rarest[RAREST * item + at] = entry


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


# These take columns and no tuples: references to arrays are counted whenever a tuple goes from one
# variable to another, and they stand in loops over short documents.


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
                slot = (posting >> _SHARE_BITS) & np.uint32(PLACES - 1)
                share = posting & np.uint32(_MOST_SHARE)
                summed = min(np.uint32(np.uint32(sums[slot]) + share), np.uint32(_MOST_SHARE))
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
            touched = np.uint32(
                _block(tokens[hit] - first_token, shift) | _block(others[hit] - first_token, shift)
            )
            start, end = posting_range(postings[hit])
            for place in range(start, end):
                posting = screened[place]
                item, share = posting >> _SHARE_BITS, posting & np.uint32(_MOST_SHARE)
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
        if _lost(rarest, entry, after_entry, blocks, window) > np.uint32(_LOST):
            continue
        together = _blocks_together(bag_starts[item + np.uint32(1)] - bag_starts[item], shift)
        if _is_together(rarest, entry, after_entry, blocks, window, together, there):
            left += 1
            prefetch(bags, bag_starts[item])
    stamped = int64(0)
    marks[:] = np.uint64(0)
    for place in range(left):
        item = suspects[place]
        bag, after_bag = bag_starts[item], bag_starts[item + np.uint32(1)]
        window = hit_blocks[place]
        if _lost(bags, bag, after_bag, blocks, window) > np.uint32(_LOST):
            continue
        together = _blocks_together(after_bag - bag, shift)
        if _is_together(bags, bag, after_bag, blocks, window, together, there):
            stamps[item] = stamp
            marks[(item >> np.uint32(6)) & _MARK_WORDS] |= _mark(item)
            stamped += 1
    return stamped


@inlined
def _blocks_together(tokens: int, shift: np.uint32) -> int:
    """Return in how many blocks the widest window for a question of some tokens may stand."""
    width = int64(WINDOW_RATIO * tokens) + WINDOW_SLACK
    return ((width - 2 + (1 << int64(shift))) >> int64(shift)) + 1


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


@inlined
def block_shift(tokens: int) -> np.uint32:
    """Return by how many bits the place of a token in a document is shifted to get its block."""
    shift = np.uint32(0)
    while tokens > BLOCKS << np.int64(shift):
        shift += np.uint32(1)
    return shift


@inlined
def _block(place: int, shift: np.uint32) -> np.uint32:
    """Return the block of the token at a place of its document, as the one bit of a number."""
    return np.uint32(np.uint32(1) << (np.uint32(place) >> shift))


@inlined
def note_blocks(
    hashes: npt.NDArray[np.uint32],
    first_token: int,
    after_token: int,
    shift: np.uint32,
    blocks: npt.NDArray[np.uint32],
) -> None:
    """Note in `blocks` where the codes of a document stand."""
    for token in range(first_token, after_token):
        blocks[hashes[token] & np.uint32(CODE_PLACES - 1)] |= _block(token - first_token, shift)


@inlined
def forget_blocks(
    hashes: npt.NDArray[np.uint32],
    first_token: int,
    after_token: int,
    blocks: npt.NDArray[np.uint32],
) -> None:
    """Forget what was noted of a document, which may be far shorter than the table."""
    for token in range(first_token, after_token):
        blocks[hashes[token] & np.uint32(CODE_PLACES - 1)] = np.uint32(0)


@kernel
def near(hit_blocks: np.uint32, reach: int, shift: np.uint32) -> np.uint32:
    """Return the blocks that a window around a cluster of some hits may have tokens in.

    Clusters are closed at every sweep, so hits may join that are farther apart than the reach.
    """
    blocks = hit_blocks
    if blocks & (blocks - np.uint32(1)):
        # Hits that may join have all between them: widened by half of that, then narrowed again.
        half = (((reach + SWEEP_TOKENS) >> int64(shift)) >> 1) + 1
        blocks = np.uint32(~_widened(np.uint32(~_widened(blocks, half)), half))
    return _widened(blocks, (reach >> int64(shift)) + 1)


@inlined
def _widened(blocks: np.uint32, by: int) -> np.uint32:
    """Return some blocks and those up to `by` before and after them."""
    done = int64(0)
    while done < min(by, BLOCKS):
        step = np.uint32(min(done + 1, by - done))  # at the ends only half of them stay
        blocks = np.uint32(blocks | blocks << step | blocks >> step)
        done += int64(step)
    return blocks


@inlined
def posting_item(posting: np.uint32) -> np.uint32:
    """Return the item of a posting of the screen."""
    return posting >> _SHARE_BITS


@kernel
def _is_together(
    entries: npt.NDArray[np.uint32],
    first: int | np.uint64,
    after: int | np.uint64,
    blocks: npt.NDArray[np.uint32],
    window: np.uint32,
    together: int,
    there: npt.NDArray[np.uint32],
) -> bool:
    """Tell if little enough is lost of a question in some blocks beside each other.

    `together` is how many blocks; `there` is written to.
    """
    tokens = np.uint64(after) - np.uint64(first)
    for token in range(tokens):
        entry = entries[np.uint64(first) + token]
        there[token] = blocks[entry & np.uint32(CODE_PLACES - 1)] & window
    ahead = _ALL_BLOCKS >> np.uint32(max(0, BLOCKS - together))
    for block in range(max(1, BLOCKS - together + 1)):
        some = np.uint32(ahead << np.uint32(block))
        if not some & window:
            continue
        lost = np.uint32(0)
        for token in range(tokens):
            weight = entries[np.uint64(first) + token] >> _CODE_BITS
            lost += weight * np.uint32(there[token] & some == 0)
        if lost <= np.uint32(_LOST):
            return True
    return False


@inlined
def _lost(
    entries: npt.NDArray[np.uint32],
    first: int | np.uint64,
    after: int | np.uint64,
    blocks: npt.NDArray[np.uint32],
    window: np.uint32,
) -> np.uint32:
    """Return how much is lost of a question in a window, by the entries from `first` on.

    Without branches: which tokens are missing nobody can guess, the processor neither.
    """
    lost = np.uint32(0)
    for place in range(np.uint64(first), np.uint64(after)):
        entry = entries[place]
        there = blocks[entry & np.uint32(CODE_PLACES - 1)] & window
        lost += (entry >> _CODE_BITS) * np.uint32(there == 0)
    return lost
