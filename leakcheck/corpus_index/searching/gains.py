"""What a stretch of text gains by the tokens of a question, as far as an index can tell."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, int64, kernel
from leakcheck.corpus_index.searching.visible import Visible
from leakcheck.index.item_table import QUESTION, ItemTable

__all__ = ["WindowGains", "likely_gain", "window_gains"]

BROKEN_SHARE = np.float32(0.75)
"""How often a common token is there if no triple of it that would be seen is, for once that it is
there if it has no such triple."""

_THIRD = np.float32(1 / 3)


class WindowGains(NamedTuple):
    """What a window gains by the tokens of a question, in bits: by those known to be there or not,
    and what it would gain by those of which less is known."""

    rare_seen: np.float32
    rare_missing: np.float32
    common_seen: np.float32
    """In a triple that was seen."""
    broken: np.float32
    """In a triple that would have been seen."""
    unknown: np.float32
    """In no triple that the index keeps."""
    triples: int
    """Of the question, that the index keeps."""
    triples_seen: int


@kernel
def window_gains(
    item: int,
    low: int,
    items: ItemTable,
    gains: npt.NDArray[np.float32],
    visible: Visible,
    last_seen: npt.NDArray[np.int64],
    triple_seen: npt.NDArray[np.int64],
) -> WindowGains:
    """Return what a window from token `low` on would gain by the tokens of a question."""
    start, end = items.starts[item, QUESTION], items.ends[item, QUESTION]
    codes, rare, postings = items.codes, visible.rare, visible.postings
    rare_seen = rare_missing = common_seen = broken = unknown = np.float32(0.0)
    triples = triples_seen = int64(0)
    for place in range(start, end):
        gain = gains[place]
        if postings[place] >= 0:
            triples += 1
            triples_seen += triple_seen[postings[place]] >= low
        if rare[place]:
            if last_seen[codes[place]] >= low:
                rare_seen += gain
            else:
                rare_missing += gain
            continue
        kept = found = False  # of the triples that the token is in
        for last in range(place, min(end, place + 3)):
            posting = postings[last]
            kept |= posting >= 0
            found |= posting >= 0 and triple_seen[posting] >= low
        if found:
            common_seen += gain
        elif kept:
            broken += gain
        else:
            unknown += gain
    return WindowGains(rare_seen, rare_missing, common_seen, broken, unknown, triples, triples_seen)


@inlined
def likely_gain(gains: WindowGains) -> np.float32:
    """Return what a window is expected to gain, if the item stands there.

    Tokens of which nothing is known are taken to be there as often as the rare ones are, and as
    three in a row are if each is there by itself: the mean of the two.
    """
    there = np.float32((gains.triples_seen + 1) / (gains.triples + 1)) ** _THIRD
    if gains.rare_seen + gains.rare_missing > 0:
        share = gains.rare_seen / (gains.rare_seen + gains.rare_missing)
        there = np.float32(0.5) * (there + share)
    unseen = there * (gains.unknown + BROKEN_SHARE * gains.broken)
    return gains.rare_seen + gains.common_seen + unseen
