"""Scores from fingerprints: how much of an item a document has whose text is gone.

What is known of the document's tokens is scored by the scan's own code, against what an index can
show of the item. To that comes what the rest of the question is expected to gain.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.benchmark.card import FIELDS
from leakcheck.compiled import allocating, int64, kernel, read_only
from leakcheck.corpus_index.searching.gains import WindowGains, window_gains
from leakcheck.corpus_index.searching.hits import Hits
from leakcheck.corpus_index.searching.replay import Candidates
from leakcheck.corpus_index.searching.sketch import KnownTokens
from leakcheck.corpus_index.searching.visible import Visible
from leakcheck.detection.candidates import Scratch, new_scratch, score_candidate
from leakcheck.detection.lookups import Lookups
from leakcheck.detection.matches import RawMatches, new_matches
from leakcheck.index.item_table import ItemTable, damp_repeats
from leakcheck.index.sieve import find_shingle, posting_range
from leakcheck.text.background import background_bits, load_background
from leakcheck.text.tokens import UNSPACED_BIT

__all__ = ["Scored", "Scorer"]


class Scored(NamedTuple):
    """Candidates of a document, scored; one row each."""

    matches: RawMatches
    """What is known against what can be shown; offsets are numbers of tokens."""
    gains: npt.NDArray[np.float32]
    """Shape (candidates, 7): `WindowGains` of the question, in the window of the match."""


class Scorer:
    """Scores documents one after the other."""

    def __init__(self, lookups: Lookups, visible: Visible) -> None:
        self._lookups = lookups
        self._visible = visible
        self.shown = _shown(lookups, visible)
        """Lookups in which the tokens of items that an index cannot show weigh nothing."""
        self._scratch = new_scratch(len(lookups.reach), 1)
        self._last_seen = np.full(1 << 16, -1, np.int64)
        self._triple_seen = np.full(len(lookups.sieve.items), -1, np.int64)
        self._scored = 0

    def score(self, tokens: KnownTokens, hits: Hits, candidates: Candidates) -> Scored:
        """Score the candidates of a document.

        Args:
            tokens: of the document, as far as they are known.
            hits: of the document.
            candidates: in the document; something of their questions can be shown.
        """
        self._fill_scratch(tokens, candidates)
        rows = len(candidates.items)
        scored = Scored(
            new_matches(rows, len(FIELDS)), np.zeros((rows, len(WindowGains._fields)), np.float32)
        )
        _score(candidates, len(tokens.codes), self.shown, self._scratch, scored.matches)
        _gain(
            scored, tokens, hits, self._lookups, self._visible,
            self._last_seen, self._triple_seen, self._scored,
        )  # fmt: skip
        self._scored += rows
        return scored

    def _fill_scratch(self, tokens: KnownTokens, candidates: Candidates) -> None:
        count = len(tokens.codes)
        if count >= len(self._scratch.document.hashes):
            self._scratch = new_scratch(len(self._lookups.reach), 2 * count + 2)
            room = len(self._scratch.document.hashes)
            self._scratch.document.starts[:] = np.arange(room)
            self._scratch.document.ends[:] = np.arange(room) + 1
        filler = _filler(self._lookups.items, candidates.items)
        hashes = tokens.codes | tokens.numbers.astype(np.uint32) << 31
        self._scratch.document.hashes[:count] = np.where(tokens.known, hashes, filler)
        self._scratch.document.breaks[:count] = False


def _shown(lookups: Lookups, visible: Visible) -> Lookups:
    items = lookups.items
    table = items._replace(
        bits=np.where(visible.rare | visible.in_triple, items.bits, np.float32(0)),
        damped_bits=np.zeros_like(items.damped_bits),
        word_bits=np.zeros_like(items.word_bits),
        number_bits=np.zeros_like(items.number_bits),
    )
    damp_repeats(table)
    # Of a candidate all is told, and not only what a scan could make a match of.
    least_bits = np.zeros_like(lookups.least_bits)
    return read_only(lookups._replace(items=table, least_bits=least_bits))


def _filler(items: ItemTable, among: npt.NDArray[np.int32]) -> np.uint32:
    """Return the commonest token whose code none of some items has, for those not known."""
    used = np.zeros(1 << 16, np.bool_)
    for item in np.unique(among).tolist():
        for start, end in zip(items.starts[item], items.ends[item], strict=True):
            used[items.codes[start:end]] = True
    common = _by_share()
    return np.uint32(common[np.argmin(used[common & np.uint32(0xFFFF)])])


@cache
def _by_share() -> npt.NDArray[np.uint32]:
    """Return the words of the background, the commonest first."""
    table = load_background()
    words = table.hashes[(table.hashes > 0) & (table.hashes < UNSPACED_BIT)]
    return words[np.argsort(background_bits(table, words), kind="stable")]


@kernel
def _score(
    candidates: Candidates, tokens: int, shown: Lookups, scratch: Scratch, matches: RawMatches
) -> None:
    """Fill `matches`, one row a candidate."""
    hits = scratch.hits
    for row in range(len(candidates.items)):
        item = candidates.items[row]
        hits.first[item], hits.last[item] = candidates.firsts[row], candidates.lasts[row]
        score_candidate(item, int64(0), tokens, shown, scratch, matches, row)


@allocating
def _gain(
    scored: Scored,
    tokens: KnownTokens,
    hits: Hits,
    lookups: Lookups,
    visible: Visible,
    last_seen: npt.NDArray[np.int64],
    triple_seen: npt.NDArray[np.int64],
    stamp: int,
) -> None:
    """Fill in what is gained in the window of each candidate; they are told apart by stamps."""
    matches, sieve = scored.matches, lookups.sieve
    for row in range(len(matches.items)):
        start, end = matches.starts[row], matches.ends[row]
        for token in range(start, end):
            if tokens.known[token]:
                last_seen[tokens.codes[token]] = stamp + row
        first = int64(np.searchsorted(hits.positions, start + 2))
        for hit in range(first, len(hits.positions)):
            if hits.positions[hit] >= end:
                break
            slot = find_shingle(sieve.shingles, hits.triples[hit])
            from_posting, to_posting = posting_range(sieve.postings[slot])
            triple_seen[from_posting:to_posting] = stamp + row
        gains = window_gains(
            matches.items[row],
            stamp + row,
            lookups.items,
            lookups.gains,
            visible,
            last_seen,
            triple_seen,
        )
        column = scored.gains[row]
        column[0], column[1], column[2] = gains.rare_seen, gains.rare_missing, gains.common_seen
        column[3], column[4] = gains.broken, gains.unknown
        column[5], column[6] = gains.triples, gains.triples_seen
