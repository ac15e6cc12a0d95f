"""Candidates: the documents of an index in which an item may stand.

The rule of the scan's kernel, played again on what the index keeps: hits of one item close to each
other make a cluster, a cluster of enough weight is a candidate if the tokens around it could reach
the threshold at all. Of the tokens only the rare ones are known, the common ones are taken to be
there; so at scale 1 every document that a scan finds something in is a candidate. At a larger
scale most triples are missing, and less weight is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import int64, kernel
from leakcheck.corpus_index.fingerprints import FINGERPRINT_BITS
from leakcheck.corpus_index.hits import Hits
from leakcheck.corpus_index.store import CorpusIndex
from leakcheck.detection.kernel import (
    SWEEP_TOKENS,
    Clusters,
    Lookups,
    add_pairs,
    add_triple,
    new_clusters,
)
from leakcheck.index.item_table import QUESTION
from leakcheck.index.shingles import RARE_ITEM_BITS
from leakcheck.index.sieve import Sieve

__all__ = ["Candidates", "RareTokens", "find_candidates", "rare_tokens"]

SAMPLED_SHARE = 0.7
"""Of the weight that is asked for at scale 1."""

COMMON_SHARE = 0.55
"""Of the common tokens of an item, the part that is taken to be there."""

_NEVER = int64(1 << 30)
_RARE = np.float32(RARE_ITEM_BITS)


class Candidates(NamedTuple):
    """Clusters of hits that an item may stand behind."""

    documents: npt.NDArray[np.uint32]
    """Shape (candidates,): ascending."""
    items: npt.NDArray[np.int32]
    firsts: npt.NDArray[np.int32]
    """Shape (candidates,): the first token of the cluster."""
    lasts: npt.NDArray[np.int32]


class RareTokens(NamedTuple):
    """The rare tokens of some documents, in the order of the text."""

    documents: npt.NDArray[np.uint32]
    positions: npt.NDArray[np.uint32]
    codes: npt.NDArray[np.uint16]


class _Scratch(NamedTuple):
    paired: npt.NDArray[np.bool_]
    """Shape (65536,): the codes that some item has in a pair."""
    clusters: Clusters
    last_seen: npt.NDArray[np.int64]
    """Shape (65536,): the last place of each rare code, counted over all documents."""
    codes: npt.NDArray[np.uint32]
    """Shape (tokens of the longest document,): the codes of its rare tokens, at their places."""
    rare: npt.NDArray[np.int32]
    """Of the same shape: the places of its rare tokens so far."""


def find_candidates(
    index: CorpusIndex, hits: Iterator[Hits], lookups: Lookups
) -> Iterator[Candidates]:
    """Yield the candidates among all documents of an index.

    Args:
        index: whose rare tokens are read along.
        hits: of its triples, by document and position.
        lookups: of the benchmarks.

    Raises:
        CorpusIndexError: a file of the index is damaged or gone.
    """
    share = np.float32(1.0 if index.settings.scale == 1 else SAMPLED_SHARE)
    needed = lookups.candidate_bits * share
    common_share = np.float32(1.0 if index.settings.scale == 1 else COMMON_SHARE)
    longest = _longest_document(index)
    scratch = _Scratch(
        _paired_codes(lookups.sieve),
        new_clusters(len(lookups.reach)),
        np.full(1 << 16, -1, np.int64),
        np.zeros(longest, np.uint32),
        np.zeros(longest, np.int32),
    )
    cursor = _HitCursor(hits)
    passed = 0
    for rare in rare_tokens(index):
        found = cursor.up_to(int(rare.documents[-1]))
        candidates, passed = _replayed(found, rare, lookups, needed, common_share, scratch, passed)
        yield candidates
    yield _replayed(cursor.up_to(_NEVER), _NO_RARE, lookups, needed, common_share, scratch, passed)[0]


def _paired_codes(sieve: Sieve) -> npt.NDArray[np.bool_]:
    shingles = sieve.shingles[sieve.shingles > 0] - np.uint64(1)
    pairs = shingles[shingles >= np.uint64(1 << FINGERPRINT_BITS)]
    paired = np.zeros(1 << 16, np.bool_)
    paired[pairs & np.uint64(0xFFFF)] = True
    paired[pairs >> np.uint64(16) & np.uint64(0xFFFF)] = True
    return paired


def _longest_document(index: CorpusIndex) -> int:
    tokens = index.read("documents", ["tokens"]).column("tokens").to_numpy()
    return int(tokens.max(initial=0)) + 1


def rare_tokens(index: CorpusIndex) -> Iterator[RareTokens]:
    """Yield the rare tokens in pieces that never divide a document."""
    waiting = _NO_RARE
    for batch in index.batches("rare_tokens"):
        columns = [column.to_numpy() for column in batch.columns]
        together = RareTokens(*map(np.concatenate, zip(waiting, columns, strict=True)))
        end = int(np.searchsorted(together.documents, together.documents[-1]))
        waiting = RareTokens(*(column[end:] for column in together))
        if end:
            yield RareTokens(*(column[:end] for column in together))
    if len(waiting.documents):
        yield waiting


_NO_RARE = RareTokens(np.empty(0, np.uint32), np.empty(0, np.uint32), np.empty(0, np.uint16))
_NO_HITS = Hits(np.empty(0, np.uint32), np.empty(0, np.uint32), np.empty(0, np.uint64))


class _HitCursor:
    """Hands out hits document by document, however they come."""

    def __init__(self, hits: Iterator[Hits]) -> None:
        self._hits = hits
        self._waiting = _NO_HITS

    def up_to(self, document: int) -> Hits:
        """Return all hits that were not handed out yet, up to those of a document."""
        pieces = []
        while True:
            end = int(np.searchsorted(self._waiting.documents, document, side="right"))
            pieces.append(Hits(*(column[:end] for column in self._waiting)))
            if end < len(self._waiting.documents):
                self._waiting = Hits(*(column[end:] for column in self._waiting))
                break
            self._waiting = next(self._hits, _NO_HITS)
            if not len(self._waiting.documents):
                break
        return Hits(*map(np.concatenate, zip(*pieces, strict=True)))


def _replayed(
    hits: Hits,
    rare: RareTokens,
    lookups: Lookups,
    needed: npt.NDArray[np.float32],
    common_share: np.float32,
    scratch: _Scratch,
    passed: int,
) -> tuple[Candidates, int]:
    """Return the candidates of whole documents, and the new number of tokens passed."""
    room = 4096
    while True:
        found = Candidates(
            np.empty(room, np.uint32),
            np.empty(room, np.int32),
            np.empty(room, np.int32),
            np.empty(room, np.int32),
        )
        count, passed = _replay(hits, rare, lookups, needed, common_share, scratch, found, passed)
        if count <= room:
            return Candidates(*(column[:count] for column in found)), passed
        room = count


@kernel
def _replay(
    hits: Hits,
    rare: RareTokens,
    lookups: Lookups,
    needed: npt.NDArray[np.float32],
    common_share: np.float32,
    scratch: _Scratch,
    found: Candidates,
    passed: int,
) -> tuple[int, int]:
    """Write the candidates of all documents, in order.

    Return their number, which may be more than there was room for, and the tokens passed.
    """
    sieve, clusters = lookups.sieve, scratch.clusters
    codes, places, last_seen = scratch.codes, scratch.rare, scratch.last_seen
    paired = scratch.paired
    hit, seen, count = int64(0), int64(0), int64(0)
    while hit < len(hits.documents) or seen < len(rare.documents):
        document = _NEVER
        if hit < len(hits.documents):
            document = int64(hits.documents[hit])
        if seen < len(rare.documents):
            document = min(document, int64(rare.documents[seen]))
        opened = rares = token = swept = int64(0)
        while True:
            next_hit = next_rare = _NEVER
            if hit < len(hits.documents) and hits.documents[hit] == document:
                next_hit = int64(hits.positions[hit])
            if seen < len(rare.documents) and rare.documents[seen] == document:
                next_rare = int64(rare.positions[seen])
            if next_hit == _NEVER and next_rare == _NEVER:
                break
            token = min(next_hit, next_rare)
            if opened and token - swept >= SWEEP_TOKENS:
                swept = token - token % SWEEP_TOKENS
                opened, count = _close_clusters(
                    opened, swept, document, passed, lookups, needed, common_share, scratch, found, count
                )
            if next_hit <= next_rare:  # a scan adds the triple of a token before its pairs
                opened = add_triple(hits.triples[hit], token, sieve, clusters, opened)
                hit += 1
                continue
            code = rare.codes[seen]
            last_seen[code] = passed + token
            codes[token] = code
            seen += 1
            if paired[code]:
                opened = add_pairs(code, token, codes, places, rares, sieve, clusters, opened)
                places[rares] = token
                rares += 1
        opened, count = _close_clusters(
            opened, _NEVER, document, passed, lookups, needed, common_share, scratch, found, count
        )
        passed += token + 1
    return count, passed


@kernel
def _close_clusters(
    opened: int,
    token: int,
    document: int,
    passed: int,
    lookups: Lookups,
    needed: npt.NDArray[np.float32],
    common_share: np.float32,
    scratch: _Scratch,
    found: Candidates,
    count: int,
) -> tuple[int, int]:
    """Close the clusters that no hit at or after `token` can join, and write down candidates.

    Return how many stay open, and the new number of candidates.
    """
    clusters, reach = scratch.clusters, lookups.reach
    still_open = int64(0)
    for place in range(opened):
        item = clusters.items[place]
        if token - clusters.last[item] <= reach[item]:
            clusters.items[still_open] = item
            still_open += 1
            continue
        low = passed + max(0, clusters.first[item] - reach[item])
        if clusters.bits[item] >= needed[item] and _may_gain_enough(
            item, low, lookups, scratch.last_seen, common_share
        ):
            if count < len(found.items):
                found.documents[count] = document
                found.items[count] = item
                found.firsts[count] = clusters.first[item]
                found.lasts[count] = clusters.last[item]
            count += 1
        clusters.bits[item] = 0.0
    return still_open, count


@kernel
def _may_gain_enough(
    item: int,
    low: int,
    lookups: Lookups,
    last_seen: npt.NDArray[np.int64],
    common_share: np.float32,
) -> bool:
    """Tell whether the question could reach its threshold if all its common tokens are there."""
    items = lookups.items
    gained = np.float32(0.0)
    for place in range(items.starts[item, QUESTION], items.ends[item, QUESTION]):
        if last_seen[items.codes[place]] >= low:
            gained += lookups.gains[place]
        elif items.bits[place] < _RARE:
            gained += common_share * lookups.gains[place]
    return bool(gained >= lookups.needed_gains[item])
