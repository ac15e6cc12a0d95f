"""Hits: where the shingles of some item stand among the tokens of documents.

Shingles of many documents are looked up in one loop each, first in a bitmap and then, those that
pass, in the table: loops without branches that the processor has to guess, in which it fetches what
the next steps need while it waits for what this one does.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import allocating, inlined, int64, kernel
from leakcheck.detection.score import code_of
from leakcheck.index.shingles import PAIR_DISTANCE, pair, triple
from leakcheck.index.sieve import (
    Sieve,
    find_shingle,
    may_hold,
    posting_range,
    prefetch_shingle,
)
from leakcheck.text.tokens import is_unspaced
from leakcheck.vectors import prefetch

__all__ = ["Hits", "find_pairs", "find_triples", "new_hits"]


class Hits(NamedTuple):
    """Shingles of items, in the order of their last tokens, of these in falling order of others."""

    tokens: npt.NDArray[np.int32]
    """Shape (room,): the last token of each."""
    others: npt.NDArray[np.int32]
    """Shape (room,): the first token of each."""
    postings: npt.NDArray[np.int64]
    """Shape (room,): of the sieve."""


@allocating
def new_hits(room: int) -> Hits:
    """Allocate columns for `room` hits."""
    return Hits(np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int64))


@kernel
def find_triples(
    hashes: npt.NDArray[np.uint32],
    tokens: int,
    sieve: Sieve,
    screened: npt.NDArray[np.uint32],
    hits: Hits,
) -> int:
    """Find the triples that items have; return their number.

    Those across the border of two documents are among them.

    Args:
        hashes: of all tokens, shape (room,).
        tokens: how many they are.
        sieve: of the items.
        screened: postings of the screen, which are wanted next.
        hits: is written to; has room for as many as there are tokens.
    """
    bitmap, shingles, postings = sieve.bitmap, sieve.shingles, sieve.postings
    places = hits.tokens
    count = int64(0)
    for token in range(2, tokens):
        places[count] = token
        count += may_hold(bitmap, _triple_at(hashes, token))
    for place in range(count):
        prefetch_shingle(shingles, postings, _triple_at(hashes, np.uint64(places[place])))
    found = int64(0)
    for place in range(count):
        token = places[place]
        slot = find_shingle(shingles, _triple_at(hashes, np.uint64(token)))
        if slot >= 0:
            found = _write(token, token - 2, slot, postings, screened, hits, found)
    return found


@inlined
def _triple_at(hashes: npt.NDArray[np.uint32], token: int | np.uint64) -> np.uint64:
    first, second = np.uint64(token) - np.uint64(2), np.uint64(token) - np.uint64(1)
    return triple(code_of(hashes[first]), code_of(hashes[second]), code_of(hashes[token]))


@inlined
def _write(
    token: int,
    other: int,
    slot: int,
    postings: npt.NDArray[np.int64],
    screened: npt.NDArray[np.uint32],
    hits: Hits,
    found: int,
) -> int:
    """Write a hit, and have its items fetched; return the new number of hits."""
    start, _ = posting_range(postings[slot])
    prefetch(screened, start)
    hits.tokens[found] = token
    hits.others[found] = other
    hits.postings[found] = postings[slot]
    return found + 1


@kernel
def find_pairs(
    hashes: npt.NDArray[np.uint32],
    tokens: int,
    pairable: npt.NDArray[np.uint64],
    sieve: Sieve,
    screened: npt.NDArray[np.uint32],
    rare: npt.NDArray[np.int32],
    hits: Hits,
) -> int:
    """Find the pairs that items have; as `find_triples`, but -1 if `hits` has too little room.

    Args:
        hashes: of all tokens, shape (room,).
        tokens: how many they are.
        pairable: the set of codes that may be in a pair, in bits: most have no partner at all.
        sieve: of the items.
        screened: postings of the screen, which are wanted next.
        rare: scratch, shape (room,).
        hits: is written to.
    """
    rares = _gather_rare(hashes, tokens, pairable, rare)
    bitmap, shingles, postings = sieve.bitmap, sieve.shingles, sieve.postings
    lasts, others = hits.tokens, hits.others
    count = int64(0)
    for place in range(rares):
        token = rare[place]
        code = code_of(hashes[token])
        if count + PAIR_DISTANCE >= len(lasts):
            return int64(-1)
        before = place - 1
        while before >= 0 and token - rare[before] <= PAIR_DISTANCE:
            lasts[count], others[count] = token, rare[before]
            count += may_hold(bitmap, pair(code_of(hashes[rare[before]]), code))
            before -= 1
    for place in range(count):
        prefetch_shingle(shingles, postings, _pair_at(hashes, lasts[place], others[place]))
    found = int64(0)
    for place in range(count):
        slot = find_shingle(shingles, _pair_at(hashes, lasts[place], others[place]))
        if slot >= 0:
            found = _write(lasts[place], others[place], slot, postings, screened, hits, found)
    return found


@inlined
def _gather_rare(
    hashes: npt.NDArray[np.uint32],
    tokens: int,
    pairable: npt.NDArray[np.uint64],
    rare: npt.NDArray[np.int32],
) -> int:
    """Write the places of the tokens that may be in a pair to `rare`; return their number."""
    rares = int64(0)
    for token in range(tokens):
        token_hash = hashes[token]
        code = token_hash & np.uint32(0xFFFF)
        bit = (pairable[code >> np.uint32(6)] >> np.uint64(code & np.uint32(63))) & np.uint64(1)
        rare[rares] = token
        # A character alone is never rare.
        rares += int64(bit) & int64(not is_unspaced(token_hash))
    return rares


@inlined
def _pair_at(hashes: npt.NDArray[np.uint32], token: int, other: int) -> np.uint64:
    return pair(code_of(hashes[other]), code_of(hashes[token]))
