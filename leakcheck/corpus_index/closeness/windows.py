"""Windows: the stretch of a text that holds most of an item's evidence.

Of most texts and items it is enough to know what the whole text holds: it is less than the best
window so far, or the text is no longer than a window. Only in the others a window is moved.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import int64, kernel
from leakcheck.corpus_index.closeness.evidence import Evidence

__all__ = ["FoundTriples", "best_bits", "find_triples", "raise_best"]

LEAST_STRETCH = 512
"""Tokens: long texts are looked at in stretches of twice as many, of which each shares half with
the next, so that every window stands in one of them."""


class FoundTriples(NamedTuple):
    """Triples of items in texts, by text and position."""

    texts: npt.NDArray[np.int64]
    """Shape (found,): ascending."""
    positions: npt.NDArray[np.int64]
    """Shape (found,): the last token of each, ascending within a text."""
    triples: npt.NDArray[np.int64]
    """Shape (found,): which triple of the evidence."""


class _Scratch(NamedTuple):
    held: npt.NDArray[np.float32]
    """Shape (items,): bits that the stretch holds."""
    touched: npt.NDArray[np.int64]
    """Shape (items,): the items that it holds anything of."""
    seen: npt.NDArray[np.int64]
    """Shape (triples,): the last stretch that had each."""
    times: npt.NDArray[np.int64]
    """Shape (triples,): how often the window has each."""


def find_triples(
    evidence: Evidence,
    hashes: npt.NDArray[np.uint64],
    texts: npt.NDArray[np.integer],
    positions: npt.NDArray[np.integer],
) -> FoundTriples:
    """Keep those of some texts' fingerprints, in their order, that items have, too."""
    places = np.searchsorted(evidence.hashes, hashes)
    found = places < len(evidence.hashes)
    found[found] = evidence.hashes[places[found]] == hashes[found]
    return FoundTriples(
        texts[found].astype(np.int64), positions[found].astype(np.int64), places[found]
    )


def best_bits(evidence: Evidence) -> npt.NDArray[np.float32]:
    """Return what the best window has of each item before any text was seen: nothing."""
    return np.zeros(len(evidence.whole), np.float32)


def raise_best(evidence: Evidence, found: FoundTriples, best: npt.NDArray[np.float32]) -> None:
    """Raise, in place, what the best window holds of each item.

    Args:
        evidence: of the items.
        found: in whole texts.
        best: shape (items,): bits.
    """
    scratch = _Scratch(
        np.zeros(len(best), np.float32),
        np.zeros(len(best), np.int64),
        np.full(len(evidence.hashes), -1, np.int64),
        np.zeros(len(evidence.hashes), np.int64),
    )
    stretch = max(LEAST_STRETCH, int(evidence.reach.max(initial=0)))
    _raise_best(evidence, found, stretch, scratch, best)


@kernel
def _raise_best(
    evidence: Evidence,
    found: FoundTriples,
    stretch: int,
    scratch: _Scratch,
    best: npt.NDArray[np.float32],
) -> None:
    texts, positions = found.texts, found.positions
    first = number = int64(0)
    while first < len(texts):
        following = last = first
        while last < len(texts) and texts[last] == texts[first]:
            if positions[last] < positions[first] + stretch:
                following = last + 1
            elif positions[last] >= positions[first] + 2 * stretch:
                break
            last += 1
        _raise_in_stretch(evidence, found, first, last, number, scratch, best)
        number += 1
        # Where the text ends with the stretch, so do all its windows.
        whole = last == len(texts) or texts[last] != texts[first]
        first = last if whole else following


@kernel
def _raise_in_stretch(
    evidence: Evidence,
    found: FoundTriples,
    first: int,
    last: int,
    number: int,
    scratch: _Scratch,
    best: npt.NDArray[np.float32],
) -> None:
    """Raise the best of all items to what a stretch of found triples holds, the number-th one."""
    held, touched, seen = scratch.held, scratch.touched, scratch.seen
    count = int64(0)
    for place in range(first, last):
        triple = found.triples[place]
        if seen[triple] == number:
            continue
        seen[triple] = number
        for posting in range(evidence.starts[triple], evidence.starts[triple + 1]):
            item = evidence.owners[posting]
            if held[item] == 0:
                touched[count] = item
                count += 1
            held[item] += evidence.bits[posting]
    span = found.positions[last - 1] - found.positions[first]
    for item in touched[:count]:
        if held[item] > best[item]:
            if span < evidence.reach[item]:
                best[item] = held[item]
            else:
                bits = _best_window(evidence, found, first, last, item, scratch.times)
                best[item] = max(best[item], bits)
        held[item] = 0


@kernel
def _best_window(
    evidence: Evidence,
    found: FoundTriples,
    first: int,
    last: int,
    item: int,
    times: npt.NDArray[np.int64],
) -> float:
    """Move a window of an item's reach over a stretch; return the most bits it held."""
    positions, triples = found.positions, found.triples
    bits = best = 0.0
    start = first
    for place in range(first, last):
        triple = triples[place]
        if times[triple] == 0:
            bits += _bits_in(evidence, triple, item)
        times[triple] += 1
        while positions[place] - positions[start] >= evidence.reach[item]:
            times[triples[start]] -= 1
            if times[triples[start]] == 0:
                bits -= _bits_in(evidence, triples[start], item)
            start += 1
        best = max(best, bits)
    for place in range(start, last):
        times[triples[place]] = 0
    return float(best)


@kernel
def _bits_in(evidence: Evidence, triple: int, item: int) -> float:
    """Return what a triple weighs in an item; 0 if the item has it not."""
    low, high = evidence.starts[triple], evidence.starts[triple + 1]
    while low < high:
        middle = (low + high) // 2
        if evidence.owners[middle] < item:
            low = middle + 1
        else:
            high = middle
    if low < evidence.starts[triple + 1] and evidence.owners[low] == item:
        return float(evidence.bits[low])
    return 0.0
