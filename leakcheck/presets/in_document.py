"""Criteria on one document at a time: the best document of each item so far."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.presets.grams import gram_weights
from leakcheck.presets.reading import DocumentTokens, Place
from leakcheck.presets.record import DocumentRule, Preset
from leakcheck.presets.runs import Runs, cut_runs
from leakcheck.presets.scored import Scored, undecided_by
from leakcheck.presets.seen import Sight, Sights
from leakcheck.presets.sequences import ItemSequences, stretches_of

__all__ = ["DocumentEvidence"]


class DocumentEvidence:
    """What the best document has of each item, by one preset."""

    def __init__(self, items: ItemSequences, preset: Preset) -> None:
        """Make room for the items, and weigh their n-grams if the preset asks for it."""
        assert isinstance(preset.rule, DocumentRule)
        self._items, self._preset, self._rule = items, preset, preset.rule
        self._starts, self._ends = stretches_of(items, preset.parts[0])
        self._weights = {n: gram_weights(items, n, part) for n, part in preset.rule.weighs}
        own = self._weights.get(preset.gram)
        self._sums = None if own is None else np.concatenate(([0.0], np.cumsum(own)))
        self._best = np.zeros(len(items.bounds))
        self._places: dict[int, Place] = {}

    def add(self, tokens: DocumentTokens, runs: Runs) -> None:
        """Take in the runs of some documents: measure the pairs that may better what is known."""
        cut, starts, ends = cut_runs(runs, self._items, self._preset.parts[0], self._preset.gram)
        if not len(starts):
            return
        order = np.lexsort((starts, cut.items, cut.documents))
        cut, starts, ends = Runs(*(column[order] for column in cut)), starts[order], ends[order]
        changes = [np.diff(column, prepend=-1) != 0 for column in (cut.documents, cut.items)]
        firsts = np.flatnonzero(changes[0] | changes[1])
        lasts = np.append(firsts[1:], len(starts))
        pairs = cut.items[firsts]
        ceilings = self._rule.ceiling(self._sights(firsts, pairs, starts, ends))
        worth = self._preset.flags(ceilings) & (ceilings > self._best[pairs])
        for number in np.flatnonzero(worth).tolist():
            if ceilings[number] > self._best[pairs[number]]:
                chosen = slice(int(firsts[number]), int(lasts[number]))
                of_pair = Runs(*(column[chosen] for column in cut))
                self._measure(tokens, of_pair, starts[chosen], ends[chosen])

    def _measure(
        self,
        tokens: DocumentTokens,
        runs: Runs,
        starts: npt.NDArray[np.int64],
        ends: npt.NDArray[np.int64],
    ) -> None:
        """Measure a pair of a document and an item, of which these are the runs."""
        item, document = int(runs.items[0]), int(runs.documents[0])
        bounds = self._items.bounds[item]
        base, end = int(bounds[0]), int(bounds[-1])
        begin, stop = tokens.documents[document], tokens.documents[document + 1]
        sight = Sight(
            item=self._items.codes[base:end],
            bounds=bounds - base,
            document=tokens.codes[begin:stop],
            starts=starts - base,
            ends=ends - base,
            places=runs.places - begin,
            weights={n: weights[base:end] for n, weights in self._weights.items()},
        )
        score = self._rule.measure(sight)
        if score > self._best[item]:
            self._best[item] = score
            last = int((runs.places + ends - starts).max()) - 1
            self._places[item] = tokens.place(int(runs.places.min()), last)

    def _sights(
        self,
        firsts: npt.NDArray[np.int64],
        pairs: npt.NDArray[np.int64],
        starts: npt.NDArray[np.int64],
        ends: npt.NDArray[np.int64],
    ) -> Sights:
        weighed, weights = np.zeros(len(starts)), np.zeros(len(pairs))
        part_starts, part_ends = self._starts[pairs], self._ends[pairs]
        if self._sums is not None:
            weighed = self._sums[ends - self._preset.gram + 1] - self._sums[starts]
            weights = self._sums[part_ends] - self._sums[part_starts]
        return Sights(firsts, starts, ends, part_ends - part_starts, weighed, weights)

    @property
    def touched(self) -> int:
        """How many items were measured to have anything so far."""
        return len(self._places)

    def scored(self) -> Scored:
        """Return the score of every item."""
        return Scored(self._best, undecided_by(self._preset, self._items), self._places)
