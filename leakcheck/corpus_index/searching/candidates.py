"""Candidates: the documents of an index in which an item may stand."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from leakcheck.corpus_index.searching.hits import Hits
from leakcheck.corpus_index.searching.rare_tokens import RareTokens, read_rare_tokens
from leakcheck.corpus_index.searching.replay import Candidates, Replay, new_replay, replay
from leakcheck.corpus_index.searching.visible import visible_of
from leakcheck.corpus_index.stored.store import CorpusIndex
from leakcheck.detection.lookups import Lookups
from leakcheck.threads import map_in_order

__all__ = ["find_candidates"]

_FEWEST = 4096
"""Candidates that there is room for at first."""


def find_candidates(
    index: CorpusIndex, hits: Iterator[Hits], lookups: Lookups, threads: int = 1
) -> Candidates:
    """Return the candidates among all documents of an index.

    At scale 1 every document that a scan finds something in is one of them.

    Args:
        index: whose rare tokens are read along.
        hits: of its triples, by document and position.
        lookups: of the benchmarks.
        threads: how many go through documents at once, while this one reads the next ones.

    Raises:
        CorpusIndexError: a file of the index is damaged or gone.
    """
    replayed = _Replayed(index, lookups)
    pieces = map_in_order(replayed.candidates, _side_by_side(index, hits), threads)
    found = [replayed.none(), *(candidates for _, candidates in pieces)]
    return Candidates(
        np.concatenate([each.documents for each in found]),
        np.concatenate([each.items for each in found]),
        np.concatenate([each.firsts for each in found]),
        np.concatenate([each.lasts for each in found]),
    )


def _side_by_side(index: CorpusIndex, hits: Iterator[Hits]) -> Iterator[tuple[Hits, RareTokens]]:
    """Yield the hits and the rare tokens of the same documents, until there is nothing left."""
    waiting = Hits.none()
    for rare in read_rare_tokens(index):
        last = int(rare.documents[-1])
        pieces = [waiting]
        while len(pieces[-1].documents) == 0 or pieces[-1].documents[-1] <= last:
            more = next(hits, None)
            if more is None:
                break
            pieces.append(more)
        found = Hits.joined(pieces)
        end = int(np.searchsorted(found.documents, last, side="right"))
        waiting = found.at(slice(end, None))
        yield found.at(slice(end)), rare
    yield Hits.joined([waiting, *hits]), RareTokens.none()


class _Replayed:
    """Goes through the documents of an index, piece by piece."""

    def __init__(self, index: CorpusIndex, lookups: Lookups) -> None:
        self._lookups = lookups
        self._exact = index.settings.scale == 1
        self._visible = visible_of(lookups, index.settings.scale)
        self._longest = _longest_document(index) + 1
        self._idle: list[tuple[Replay, int]] = []

    def candidates(self, piece: tuple[Hits, RareTokens]) -> Candidates:
        """Return the candidates among the next documents."""
        state, passed = self._state()
        room = _FEWEST
        while True:
            found = self.none(room)
            count, passed = replay(
                *piece, self._lookups, self._visible, self._exact, state, found, passed
            )
            if count <= room:
                self._idle.append((state, passed))
                return found.at(slice(count))
            room = count

    def _state(self) -> tuple[Replay, int]:
        """Return what no other thread writes to now, with the tokens that it has passed."""
        try:
            return self._idle.pop()
        except IndexError:
            return new_replay(self._lookups, self._longest), 0

    @staticmethod
    def none(room: int = 0) -> Candidates:
        """Return room for candidates."""
        return Candidates(
            np.empty(room, np.uint32),
            np.empty(room, np.int32),
            np.empty(room, np.int32),
            np.empty(room, np.int32),
        )


def _longest_document(index: CorpusIndex) -> int:
    """Return how many tokens the longest document has."""
    tokens = index.read("documents", ["tokens"]).column("tokens").to_numpy()
    return int(tokens.max(initial=0))
