"""The screen: which items a document cannot hold, told at little cost.

Ordinary text has many shingles that items have too, and each of them leads to up to 16 items of a
benchmark. Nearly all of these have one hit in a document and nothing else of theirs. Bounds that
every match keeps tell them apart before a cluster of hits is followed:

- all hits of an item in the document together weigh what a candidate must weigh;
- the tokens of its question stand near its hits, as far as they cannot be missed;
- so they do together, in as many neighbouring blocks as the widest window for it takes.

What is left is followed exactly, so the screen changes no match. Here is what is looked up, and
`sifting` goes by it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, int64, kernel
from leakcheck.detection.blocks import CODE_BITS, LOST
from leakcheck.index.item_table import QUESTION, ItemTable
from leakcheck.index.sieve import Sieve

__all__ = [
    "MOST_SHARE",
    "RAREST",
    "SHARE_BITS",
    "WHOLE",
    "Screen",
    "build_screen",
    "posting_item",
]

RAREST = 16
"""How many tokens of a question are looked for first."""
WHOLE = 63
"""Shares that sum up to less are not enough. One of 64 parts makes up for rounded sums."""
MOST_SHARE = 255
"""The highest share that a posting has."""
SHARE_BITS = np.uint32(8)
"""Of a posting: its lower bits are a share, the others an item."""
_PARTS = 64
_MOST_LOST = 0xFFFF
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
        item, share = items[place], int64(MOST_SHARE)
        if bits[place] < needed[item] * np.float32(3.9):
            share = int64(np.ceil(np.float32(_PARTS) * bits[place] / needed[item]))
        postings[place] = np.uint32(item) << SHARE_BITS | np.uint32(share)


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
            lost = np.uint32(min(np.float32(LOST) * gains[place] / spare, np.float32(_MOST_LOST)))
            entry = lost << CODE_BITS | np.uint32(codes[place])
            bags[bag] = entry
            bag += 1
            at = RAREST  # the entries are in falling order of what is lost
            while at > 0 and rarest[RAREST * item + at - 1] < entry:
                at -= 1
                if at + 1 < RAREST:
                    rarest[RAREST * item + at + 1] = rarest[RAREST * item + at]
            if at < RAREST:
                rarest[RAREST * item + at] = entry


@inlined
def posting_item(posting: np.uint32) -> np.uint32:
    """Return the item of a posting of the screen."""
    return posting >> SHARE_BITS
