"""Evidence as it comes in, batch by batch: never more than the items are long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.presets.grams import gram_weights
from leakcheck.presets.parts import TARGET, Part
from leakcheck.presets.reading import DocumentTokens, Place
from leakcheck.presets.record import CorpusRule, DocumentRule, Preset
from leakcheck.presets.runs import Runs, note_reach
from leakcheck.presets.seen import SeenPart, Sight, Sights
from leakcheck.presets.sequences import ItemSequences, stretches_of

__all__ = ["Evidence", "Scored"]


class Scored(NamedTuple):
    """What a preset makes of all items."""

    scores: npt.NDArray[np.float64]
    """Shape (items,)."""
    undecided: npt.NDArray[np.bool_]
    """Shape (items,): too short for the criterion."""
    places: dict[int, Place]
    """By item, the passage that has most of it."""


class Evidence:
    """What the corpus has of the items so far."""

    def __init__(self, items: ItemSequences, presets: Sequence[Preset]) -> None:
        """Make room for what these presets ask for."""
        self.items = items
        self.marks = {
            each.skips: np.zeros(len(items.codes), np.bool_) for each in presets if each.skips
        }
        """For each rule of skipping, the tokens that are in such a run; set from outside."""
        self._reach = np.zeros(len(items.codes), np.int64)
        self._documents = [each for each in presets if isinstance(each.rule, DocumentRule)]
        count = len(items.bounds)
        self._best = {each.name: np.zeros(count) for each in self._documents}
        self._weights = {each.name: _weights(items, each) for each in self._documents}
        self._sums = {
            name: np.concatenate(([0.0], np.cumsum(weights[gram])))
            for name, weights in self._weights.items()
            for gram in {each.gram for each in self._documents if each.name == name} & {*weights}
        }
        self._places: dict[str, dict[int, Place]] = {each.name: {} for each in self._documents}
        parts = {part for each in presets for part in each.parts}
        self._longest = {part: np.zeros(count, np.int64) for part in parts}
        self._longest_places: dict[Part, dict[int, Place]] = {part: {} for part in parts}

    def add(self, tokens: DocumentTokens, runs: Runs) -> None:
        """Take in the runs of some documents."""
        note_reach(runs, self._reach)
        for part in self._longest:
            self._note_longest(part, tokens, runs)
        for preset in self._documents:
            self._measure(preset, tokens, runs)

    @property
    def touched(self) -> int:
        """How many items share a run of any length with the corpus so far."""
        every = np.stack(list(self._longest.values())) if self._longest else np.zeros((1, 0))
        return int((every.max(axis=0) > 0).sum())

    def _note_longest(self, part: Part, tokens: DocumentTokens, runs: Runs) -> None:
        cut, starts, ends = _cut(runs, self.items, part)
        longest = self._longest[part]
        better = ends - starts > longest[cut.items]
        cut, lengths = Runs(*(column[better] for column in cut)), (ends - starts)[better]
        order = np.lexsort((lengths, cut.items))
        last = np.flatnonzero(np.diff(cut.items[order], append=-1))
        for number in order[last].tolist():
            item, length = int(cut.items[number]), int(lengths[number])
            longest[item] = length
            first = int(cut.places[number])
            self._longest_places[part][item] = tokens.place(first, first + length - 1)

    def _measure(self, preset: Preset, tokens: DocumentTokens, runs: Runs) -> None:
        rule = preset.rule
        assert isinstance(rule, DocumentRule)
        cut, starts, ends = _cut(runs, self.items, preset.parts[0], preset.gram)
        if not len(starts):
            return
        order = np.lexsort((starts, cut.items, cut.documents))
        cut, starts, ends = Runs(*(column[order] for column in cut)), starts[order], ends[order]
        fresh = (np.diff(cut.documents, prepend=-1) != 0) | (np.diff(cut.items, prepend=-1) != 0)
        firsts = np.flatnonzero(fresh)
        pairs = cut.items[firsts]
        ceilings = rule.ceiling(self._sights(preset, firsts, pairs, starts, ends))
        best, places = self._best[preset.name], self._places[preset.name]
        worth = preset.flags(ceilings) & (ceilings > best[pairs])
        lasts = np.append(firsts[1:], len(starts))
        for number in np.flatnonzero(worth).tolist():
            item = int(pairs[number])
            if ceilings[number] <= best[item]:
                continue
            chosen = slice(int(firsts[number]), int(lasts[number]))
            of_pair = Runs(*(column[chosen] for column in cut))
            weights = self._weights[preset.name]
            sight = self._sight(item, tokens, of_pair, starts[chosen], ends[chosen], weights)
            score = rule.measure(sight)
            if score > best[item]:
                best[item] = score
                spans = of_pair.places + ends[chosen] - starts[chosen]
                places[item] = tokens.place(int(of_pair.places.min()), int(spans.max()) - 1)

    def _sights(
        self,
        preset: Preset,
        firsts: npt.NDArray[np.int64],
        pairs: npt.NDArray[np.int64],
        starts: npt.NDArray[np.int64],
        ends: npt.NDArray[np.int64],
    ) -> Sights:
        part_starts, part_ends = stretches_of(self.items, preset.parts[0])
        weighed, weights = np.zeros(len(starts)), np.zeros(len(pairs))
        if preset.name in self._sums:
            sums = self._sums[preset.name]
            weighed = sums[ends - preset.gram + 1] - sums[starts]
            weights = sums[part_ends[pairs]] - sums[part_starts[pairs]]
        lengths = part_ends[pairs] - part_starts[pairs]
        return Sights(firsts, starts, ends, lengths, weighed, weights)

    def _sight(
        self,
        item: int,
        tokens: DocumentTokens,
        runs: Runs,
        starts: npt.NDArray[np.int64],
        ends: npt.NDArray[np.int64],
        weights: dict[int, npt.NDArray[np.float64]],
    ) -> Sight:
        bounds = self.items.bounds[item]
        base, end = int(bounds[0]), int(bounds[-1])
        document = int(runs.documents[0])
        begin, stop = tokens.documents[document], tokens.documents[document + 1]
        return Sight(
            item=self.items.codes[base:end],
            bounds=bounds - base,
            document=tokens.codes[begin:stop],
            starts=starts - base,
            ends=ends - base,
            places=runs.places - begin,
            weights={n: every[base:end] for n, every in weights.items()},
        )

    def scored(self, preset: Preset, usual: Iterable[Sequence[int]]) -> Scored:
        """Score all items by a preset.

        Args:
            preset: one of those that room was made for.
            usual: for each of its parts, the usual length of it in the benchmark of each item.
        """
        counted = preset.parts if preset.counted is None else (preset.counted,)
        stretches = [stretches_of(self.items, part) for part in counted]
        longest = np.max([ends - starts for starts, ends in stretches], axis=0)
        undecided = longest < preset.shortest_item
        if isinstance(preset.rule, DocumentRule):
            return Scored(self._best[preset.name], undecided, self._places[preset.name])
        assert isinstance(preset.rule, CorpusRule)
        scores = np.zeros(len(self.items.bounds))
        targets, _ = stretches_of(self.items, TARGET)
        places: dict[int, Place] = {}
        for part, lengths in zip(preset.parts, usual, strict=True):
            starts, ends = stretches_of(self.items, part)
            marks = self.marks[preset.skips] if preset.skips else None
            least = preset.gram if preset.whole_from is None else preset.whole_from
            for item in np.flatnonzero(self._longest[part] >= least).tolist():
                start, end = int(starts[item]), int(ends[item])
                seen = SeenPart(
                    self._furthest(item, start, end),
                    np.zeros(0, np.bool_) if marks is None else marks[start:end],
                    lengths[item],
                    int(np.clip(targets[item], start, end)) - start,
                )
                score = preset.rule.measure(seen)
                if score > scores[item]:
                    scores[item] = score
                    places[item] = self._longest_places[part][item]
        return Scored(scores, undecided, places)

    def _furthest(self, item: int, start: int, end: int) -> npt.NDArray[np.int64]:
        """Return `SeenPart.ends` of the tokens from `start` to `end`."""
        base = int(self.items.bounds[item, 0])
        furthest = np.maximum.accumulate(np.arange(base, end) + self._reach[base:end])
        own = np.clip(furthest[start - base :], np.arange(start, end), end) - start
        return np.asarray(own)


def _weights(items: ItemSequences, preset: Preset) -> dict[int, npt.NDArray[np.float64]]:
    weighs = preset.rule.weighs if isinstance(preset.rule, DocumentRule) else ()
    return {n: gram_weights(items, n, part) for n, part in weighs}


def _cut(
    runs: Runs, items: ItemSequences, part: Part, gram: int = 1
) -> tuple[Runs, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Cut runs to a part of their items; return those that are left, their starts and ends."""
    part_starts, part_ends = stretches_of(items, part)
    starts = np.maximum(runs.starts, part_starts[runs.items])
    ends = np.minimum(runs.starts + runs.lengths, part_ends[runs.items])
    kept = ends - starts >= gram
    places = runs.places + starts - runs.starts
    left = Runs(*(column[kept] for column in runs._replace(places=places)))
    return left, starts[kept], ends[kept]
