"""Blocks: where in a document each code stands, to within a thirty-second of it.

Which tokens of a question stand near its hits, and which of them together, is told by the bits of a
number for each code: a bit is a block. Codes that share a place in the table are taken for each
other, so that what is told to be lost is never more than what is.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, int64, kernel
from leakcheck.detection.clusters import SWEEP_TOKENS
from leakcheck.detection.score import WINDOW_RATIO, WINDOW_SLACK

__all__ = [
    "BLOCKS",
    "CODE_BITS",
    "CODE_PLACES",
    "LOST",
    "block_of",
    "block_shift",
    "blocks_together",
    "forget_blocks",
    "is_together",
    "lost_in",
    "near",
    "note_blocks",
]

BLOCKS = 32
"""Into how many blocks the tokens of a document are parted: the bits of a number."""
CODE_PLACES = 8192
"""Of the table of blocks; codes that share a place are taken for each other."""
LOST = 8000
"""A question that loses more of these parts of what it may lose is not there."""
CODE_BITS = np.uint32(16)
"""Of an entry of a question: its lower bits are a code, the others how much is lost without it."""
_ALL_BLOCKS = np.uint32(0xFFFFFFFF)


@inlined
def block_shift(tokens: int) -> np.uint32:
    """Return by how many bits the place of a token in a document is shifted to get its block."""
    shift = np.uint32(0)
    while tokens > BLOCKS << np.int64(shift):
        shift += np.uint32(1)
    return shift


@inlined
def block_of(place: int, shift: np.uint32) -> np.uint32:
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
        blocks[hashes[token] & np.uint32(CODE_PLACES - 1)] |= block_of(token - first_token, shift)


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
def lost_in(
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
        lost += (entry >> CODE_BITS) * np.uint32(there == 0)
    return lost


@inlined
def blocks_together(tokens: int, shift: np.uint32) -> int:
    """Return in how many blocks the widest window for a question of some tokens may stand."""
    width = int64(WINDOW_RATIO * tokens) + WINDOW_SLACK
    return ((width - 2 + (1 << int64(shift))) >> int64(shift)) + 1


@kernel
def is_together(
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
            weight = entries[np.uint64(first) + token] >> CODE_BITS
            lost += weight * np.uint32(there[token] & some == 0)
        if lost <= np.uint32(LOST):
            return True
    return False
