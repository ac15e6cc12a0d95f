"""What an index can show of the items of benchmarks, at its scale.

Of a document an index has the rare tokens, all of them, and those triples whose fingerprint is
below the limit of its scale. So of an item some tokens are known to be in a document or not, some
are known to be there if one of their triples is, and of the others nothing is known.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import allocating, kernel
from leakcheck.corpus_index.sketching.fingerprints import (
    FINGERPRINT_BITS,
    fingerprint,
    fingerprint_limit,
)
from leakcheck.detection.lookups import Lookups
from leakcheck.index.item_table import QUESTION, ItemTable
from leakcheck.index.shingles import triple
from leakcheck.index.sieve import Sieve, find_shingle, posting_range
from leakcheck.text.background import is_common

__all__ = ["SAMPLED_SHARE", "Visible", "visible_of"]

SAMPLED_SHARE = np.float32(0.7)
"""Of the weight that the scan asks of a candidate, where not all triples are kept."""

KEPT_BITS = np.float32(12.0)
"""A token of an item that weighs so much is a word or a number: those are kept if they are rare,
characters of scripts without spaces, which weigh less, are not."""


class Visible(NamedTuple):
    """What can be seen of items, for the replay of the scan's rule."""

    rare: npt.NDArray[np.bool_]
    """Shape (tokens,): whether an index keeps the token of an item wherever it stands."""
    in_triple: npt.NDArray[np.bool_]
    """Shape (tokens,): whether the token is in a triple that the index keeps and the sieve has."""
    postings: npt.NDArray[np.int64]
    """Shape (tokens,): where in the sieve the triple of a question that ends at the token has the
    item; -1 if there is no such triple, or the index does not keep it."""
    needed: npt.NDArray[np.float32]
    """Shape (items,): what the hits of a candidate weigh at least."""
    paired: npt.NDArray[np.bool_]
    """Shape (65536,): the codes that some item has in a pair."""
    wanted: npt.NDArray[np.bool_]
    """Shape (65536,): those that some item has in a pair, or as a rare token of its question."""


def visible_of(lookups: Lookups, scale: int) -> Visible:
    """Tell what an index of a scale can show of the items of a scan.

    Args:
        lookups: of the benchmarks.
        scale: one in so many fingerprints is kept.
    """
    items, sieve = lookups.items, lookups.sieve
    tokens = len(items.codes)
    visible = Visible(
        rare=_kept_tokens(items, lookups.common),
        in_triple=np.zeros(tokens, np.bool_),
        postings=np.full(tokens, -1, np.int64),
        needed=lookups.candidate_bits.copy(),
        paired=_paired_codes(sieve),
        wanted=np.zeros(1 << 16, np.bool_),
    )
    weights = np.zeros(len(items.starts), np.float32)
    limit = np.uint64(fingerprint_limit(scale))
    _mark_triples(items, sieve, limit, visible.in_triple, visible.postings)
    _mark_questions(items, visible.rare, visible.wanted)
    visible.wanted[visible.paired] = True
    if scale > 1:
        # No more than a copy of the item gives: of a short one little may be kept.
        _weigh(sieve, limit, weights)
        visible.needed[:] = SAMPLED_SHARE * np.minimum(lookups.candidate_bits, weights)
    return visible


@allocating
def _kept_tokens(items: ItemTable, common: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    kept = np.zeros(len(items.codes), np.bool_)
    for place in range(len(kept)):
        rare = not is_common(common, np.uint32(items.codes[place]))
        kept[place] = rare and items.bits[place] >= KEPT_BITS
    return kept


def _paired_codes(sieve: Sieve) -> npt.NDArray[np.bool_]:
    shingles = sieve.shingles[sieve.shingles > 0] - np.uint64(1)
    pairs = shingles[shingles >= np.uint64(1 << FINGERPRINT_BITS)]
    paired = np.zeros(1 << 16, np.bool_)
    paired[pairs & np.uint64(0xFFFF)] = True
    paired[pairs >> np.uint64(16) & np.uint64(0xFFFF)] = True
    return paired


@kernel
def _mark_questions(
    items: ItemTable, rare: npt.NDArray[np.bool_], wanted: npt.NDArray[np.bool_]
) -> None:
    for item in range(items.starts.shape[0]):
        for place in range(items.starts[item, QUESTION], items.ends[item, QUESTION]):
            if rare[place]:
                wanted[items.codes[place]] = True


@kernel
def _mark_triples(
    items: ItemTable,
    sieve: Sieve,
    limit: np.uint64,
    in_triple: npt.NDArray[np.bool_],
    postings: npt.NDArray[np.int64],
) -> None:
    """Fill in what tells of the triples of all fields, and of those of questions."""
    codes = items.codes
    for item in range(items.starts.shape[0]):
        for field in range(items.starts.shape[1]):
            for place in range(items.starts[item, field] + 2, items.ends[item, field]):
                value = triple(codes[place - 2], codes[place - 1], codes[place])
                if fingerprint(value) >= limit:
                    continue
                slot = find_shingle(sieve.shingles, value)
                if slot < 0:
                    continue
                in_triple[place - 2 : place + 1] = True
                if field == QUESTION:
                    start, end = posting_range(sieve.postings[slot])
                    for posting in range(start, end):
                        if sieve.items[posting] == item:
                            postings[place] = posting


@kernel
def _weigh(sieve: Sieve, limit: np.uint64, weights: npt.NDArray[np.float32]) -> None:
    """Add up, for each item, the weights of the shingles that can be seen."""
    for slot in range(len(sieve.shingles)):
        if sieve.shingles[slot] == 0:
            continue
        value = sieve.shingles[slot] - np.uint64(1)
        if value < np.uint64(1 << FINGERPRINT_BITS) and fingerprint(value) >= limit:
            continue
        start, end = posting_range(sieve.postings[slot])
        for posting in range(start, end):
            weights[sieve.items[posting]] += sieve.bits[posting]
