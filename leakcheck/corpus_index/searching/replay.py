"""The rule of the scan's kernel, played again on what an index keeps of documents.

Hits of one item close to each other make a cluster; a cluster of enough weight is a candidate if
the tokens around it could reach the threshold. Clusters are opened, joined and closed as in
`leakcheck.detection.kernel`, by its own functions. Of tokens that are not known to be there:

- at scale 1 all common ones are taken to be there, so that no document is missed that a scan finds
  something in (only a character of a script without spaces may have the code of a rare word and
  pass for it in a scan, but not here: one chance in 65,536 for each, at the very threshold);
- at other scales so many as those that can be seen tell, see `searching.gains`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import allocating, inlined, int64, kernel
from leakcheck.corpus_index.searching.gains import likely_gain, window_gains
from leakcheck.corpus_index.searching.hits import Hits
from leakcheck.corpus_index.searching.rare_tokens import RareTokens
from leakcheck.corpus_index.searching.visible import Visible
from leakcheck.detection.clusters import (
    SWEEP_TOKENS,
    Clusters,
    join_pair,
    join_triple,
    new_clusters,
)
from leakcheck.detection.lookups import Lookups
from leakcheck.detection.score import code_of
from leakcheck.index.item_table import QUESTION
from leakcheck.index.shingles import PAIR_DISTANCE, pair
from leakcheck.index.sieve import Sieve, find_shingle, may_hold, posting_range

__all__ = ["Candidates", "Replay", "new_replay", "replay"]

_NEVER = int64(1 << 40)


class Candidates(NamedTuple):
    """Clusters of hits that an item may stand behind."""

    documents: npt.NDArray[np.uint32]
    """Shape (candidates,): ascending."""
    items: npt.NDArray[np.int32]
    firsts: npt.NDArray[np.int32]
    """Shape (candidates,): the first token of the cluster."""
    lasts: npt.NDArray[np.int32]

    def at(self, rows: slice | npt.NDArray[np.bool_]) -> Candidates:
        """Return some of them."""
        return Candidates(
            self.documents[rows], self.items[rows], self.firsts[rows], self.lasts[rows]
        )


class Replay(NamedTuple):
    """What is written to while documents are gone through."""

    clusters: Clusters
    last_seen: npt.NDArray[np.int64]
    """Shape (65536,): the last place of each rare code, counted over all documents."""
    triple_seen: npt.NDArray[np.int64]
    """Shape (postings of the sieve,): the last place of each triple, counted alike."""
    codes: npt.NDArray[np.uint32]
    """Shape (tokens of the longest document,): the codes of its rare tokens, at their places."""
    rare: npt.NDArray[np.int32]
    """Of the same shape: the places of its rare tokens so far."""


def new_replay(lookups: Lookups, longest: int) -> Replay:
    """Allocate what is written to, for documents of up to `longest` tokens."""
    return Replay(
        new_clusters(len(lookups.reach)),
        np.full(1 << 16, -1, np.int64),
        np.full(len(lookups.sieve.items), -1, np.int64),
        np.zeros(longest, np.uint32),
        np.zeros(longest, np.int32),
    )


@allocating
def replay(
    hits: Hits,
    rare: RareTokens,
    lookups: Lookups,
    visible: Visible,
    exact: bool,
    state: Replay,
    found: Candidates,
    passed: int,
) -> tuple[int, int]:
    """Write the candidates of whole documents to `found`, in order.

    Args:
        hits: of these documents, by document and position.
        rare: tokens of these documents.
        lookups: of the benchmarks.
        visible: what the index can show of their items.
        exact: whether the index keeps all triples.
        state: is written to.
        found: is written to.
        passed: tokens before these documents.

    Returns:
        The number of candidates, which may be more than there was room for, and of tokens passed.
    """
    # Whenever an array is taken out of a tuple, references are counted: so before the loops.
    sieve, clusters = lookups.sieve, state.clusters
    shingles, postings = sieve.shingles, sieve.postings
    hit_documents, hit_positions, hit_triples = hits.documents, hits.positions, hits.triples
    rare_documents, rare_positions, rare_codes = rare.documents, rare.positions, rare.codes
    codes, places, last_seen = state.codes, state.rare, state.last_seen
    triple_seen, paired, wanted = state.triple_seen, visible.paired, visible.wanted
    hit, seen, count = int64(0), int64(0), int64(0)
    while hit < len(hit_documents) or seen < len(rare_documents):
        document = min(_document_at(hit_documents, hit), _document_at(rare_documents, seen))
        opened = rares = token = swept = int64(0)
        while True:
            seen = _next_wanted(rare_documents, rare_codes, wanted, document, seen)
            next_hit = _place_in(document, hit_documents, hit_positions, hit)
            next_rare = _place_in(document, rare_documents, rare_positions, seen)
            if next_hit == _NEVER and next_rare == _NEVER:
                break
            token = min(next_hit, next_rare)
            if opened and token - swept >= SWEEP_TOKENS:
                swept = token - token % SWEEP_TOKENS  # as the scan does, not at this token
                opened, count = _close_clusters(
                    opened, swept, document, passed, lookups, visible, exact, state, found, count
                )
            if next_hit <= next_rare:  # a scan adds the triple of a token before its pairs
                slot = find_shingle(shingles, hit_triples[hit])
                start, end = posting_range(postings[slot])
                triple_seen[start:end] = passed + token
                opened = _add_triple(start, end, token, sieve, clusters, opened)
                hit += 1
                continue
            code = rare_codes[seen]
            last_seen[code] = passed + token
            codes[token] = code
            seen += 1
            if paired[code]:
                opened = _add_pairs(code, token, codes, places, rares, sieve, clusters, opened)
                places[rares] = token
                rares += 1
        if opened:
            opened, count = _close_clusters(
                opened, _NEVER, document, passed, lookups, visible, exact, state, found, count
            )
        passed += token + 1
    return count, passed


@inlined
def _add_triple(
    start: int, end: int, token: int, sieve: Sieve, clusters: Clusters, opened: int
) -> int:
    """Add the triple of some postings to the clusters of their items."""
    for posting in range(start, end):
        opened = join_triple(
            sieve.items[posting], sieve.bits[posting], token,
            clusters.first, clusters.last, clusters.bits, clusters.items, opened,
        )  # fmt: skip
    return opened


@inlined
def _add_pairs(
    code: np.uint16,
    token: int,
    codes: npt.NDArray[np.uint32],
    rare: npt.NDArray[np.int32],
    rares: int,
    sieve: Sieve,
    clusters: Clusters,
    opened: int,
) -> int:
    """Add a rare token, with each one shortly before it, to the clusters of their items."""
    place = rares - 1
    while place >= 0 and token - rare[place] <= PAIR_DISTANCE:
        value = pair(code_of(codes[rare[place]]), code)
        if may_hold(sieve.bitmap, value):
            slot = find_shingle(sieve.shingles, value)
            if slot >= 0:
                start, end = posting_range(sieve.postings[slot])
                for posting in range(start, end):
                    opened = join_pair(
                        sieve.items[posting], sieve.bits[posting], rare[place], token,
                        clusters.first, clusters.last, clusters.bits, clusters.items, opened,
                    )  # fmt: skip
        place -= 1
    return opened


@inlined
def _document_at(documents: npt.NDArray[np.uint32], row: int) -> int:
    return int64(documents[row]) if row < len(documents) else _NEVER


@inlined
def _place_in(
    document: int,
    documents: npt.NDArray[np.uint32],
    positions: npt.NDArray[np.uint32],
    row: int,
) -> int:
    """Return the position of a row, or a number above all if it is of another document."""
    inside = row < len(documents) and documents[row] == document
    return int64(positions[row]) if inside else _NEVER


@inlined
def _next_wanted(
    documents: npt.NDArray[np.uint32],
    codes: npt.NDArray[np.uint16],
    wanted: npt.NDArray[np.bool_],
    document: int,
    row: int,
) -> int:
    """Return the next row of a document, from one on, that has a wanted code; or the one after."""
    while row < len(documents) and documents[row] == document and not wanted[codes[row]]:
        row += 1
    return row


@kernel
def _close_clusters(
    opened: int,
    token: int,
    document: int,
    passed: int,
    lookups: Lookups,
    visible: Visible,
    exact: bool,
    state: Replay,
    found: Candidates,
    count: int,
) -> tuple[int, int]:
    """Close the clusters that no hit at or after `token` can join, and write down candidates.

    Return how many stay open, and the new number of candidates.
    """
    reach, needed = lookups.reach, visible.needed
    open_items, bits = state.clusters.items, state.clusters.bits
    firsts, lasts = state.clusters.first, state.clusters.last
    still_open = int64(0)
    for place in range(opened):
        item = open_items[place]
        if token - lasts[item] <= reach[item]:
            open_items[still_open] = item
            still_open += 1
            continue
        low = passed + max(0, firsts[item] - reach[item])
        if bits[item] >= needed[item] and _may_reach(item, low, lookups, visible, exact, state):
            if count < len(found.items):
                found.documents[count] = document
                found.items[count] = item
                found.firsts[count] = firsts[item]
                found.lasts[count] = lasts[item]
            count += 1
        bits[item] = 0.0
    return still_open, count


@inlined
def _may_reach(
    item: int, low: int, lookups: Lookups, visible: Visible, exact: bool, state: Replay
) -> bool:
    """Tell whether a window from token `low` on could reach the threshold of an item.

    If `exact`, whether it could if all is there that is not known to be missing.
    """
    items, gains, needed = lookups.items, lookups.gains, lookups.needed_gains[item]
    codes, rare, last_seen = items.codes, visible.rare, state.last_seen
    most = np.float32(0.0)
    for place in range(items.starts[item, QUESTION], items.ends[item, QUESTION]):
        if not rare[place] or last_seen[codes[place]] >= low:
            most += gains[place]  # in the scan's order, or it would round otherwise
    may_reach = most >= needed
    if may_reach and not exact:
        around = window_gains(item, low, items, gains, visible, last_seen, state.triple_seen)
        may_reach = likely_gain(around) >= needed
    return bool(may_reach)
