"""Criteria on the whole corpus: evidence as it comes in, never more than the items are long."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from leakcheck.presets.parts import TARGET, Part
from leakcheck.presets.reading import DocumentTokens, Place
from leakcheck.presets.record import CorpusRule, Preset, SkipRule
from leakcheck.presets.runs import Runs, cut_runs, note_reach
from leakcheck.presets.scored import Scored, undecided_by
from leakcheck.presets.seen import SeenPart
from leakcheck.presets.sequences import ItemSequences, stretches_of, usual_lengths

__all__ = ["CorpusEvidence"]


class CorpusEvidence:
    """What all documents together have of the items so far."""

    def __init__(
        self, items: ItemSequences, presets: Sequence[Preset], tests: npt.NDArray[np.bool_]
    ) -> None:
        """Make room for what these presets ask for; `tests` tells which items are test items."""
        self.marks: dict[SkipRule, npt.NDArray[np.bool_]] = {
            each.skips: np.zeros(len(items.codes), np.bool_) for each in presets if each.skips
        }
        """For each rule of skipping, the tokens that are in such a run; set from outside."""
        self._items, self._presets, self._tests = items, presets, tests
        self._reach = np.zeros(len(items.codes), np.int64)
        self._longest: dict[Part, _Longest] = {}
        for part in dict.fromkeys(part for each in presets for part in each.parts):
            gram = min(each.gram for each in presets if part in each.parts)
            self._longest[part] = _Longest(items, part, gram)

    def add(self, tokens: DocumentTokens, runs: Runs) -> None:
        """Take in the runs of some documents."""
        note_reach(runs, self._reach)
        for longest in self._longest.values():
            longest.add(tokens, runs)

    @property
    def touched(self) -> int:
        """How many items have a place in the corpus so far."""
        return max((len(each.places) for each in self._longest.values()), default=0)

    def scored(self) -> dict[str, Scored]:
        """Score all items by all presets, by their names."""
        return {preset.name: self._scored_by(preset) for preset in self._presets}

    def _scored_by(self, preset: Preset) -> Scored:
        assert isinstance(preset.rule, CorpusRule)
        scores = np.zeros(len(self._items.bounds))
        places: dict[int, Place] = {}
        for part in preset.parts:
            usual = self._usual(part)
            for item, place in self._longest[part].places.items():
                score = preset.rule.measure(self._seen(preset, part, item, usual[item]))
                if score > scores[item]:
                    scores[item], places[item] = score, place
        return Scored(scores, undecided_by(preset, self._items), places)

    def _seen(self, preset: Preset, part: Part, item: int, usual_length: int) -> SeenPart:
        start, end = (int(bound[item]) for bound in stretches_of(self._items, part))
        base, target = int(self._items.bounds[item, 0]), stretches_of(self._items, TARGET)[0][item]
        furthest = np.maximum.accumulate(np.arange(base, end) + self._reach[base:end])
        return SeenPart(
            ends=np.clip(furthest[start - base :], np.arange(start, end), end) - start,
            skipping=self.marks[preset.skips][start:end] if preset.skips else np.zeros(0, np.bool_),
            usual_length=usual_length,
            target=min(max(int(target), start), end) - start,
        )

    def _usual(self, part: Part) -> list[int]:
        """Return the usual length of a part in the benchmark of each item."""
        starts, ends = stretches_of(self._items, part)
        bench_starts = self._items.bench_starts
        of_benchmarks = usual_lengths(ends - starts, self._tests, bench_starts.tolist())
        return np.repeat(of_benchmarks, np.diff(bench_starts)).tolist()


class _Longest:
    """The longest run in one part of each item, and where it stands.

    Only runs of `gram` tokens or of the whole part are noted: no criterion takes notice of others.
    """

    def __init__(self, items: ItemSequences, part: Part, gram: int) -> None:
        self._items, self._part = items, part
        starts, ends = stretches_of(items, part)
        # To be noted, a run must be longer than what is here.
        self._lengths = np.minimum(gram, np.maximum(1, ends - starts)) - 1
        self.places: dict[int, Place] = {}

    def add(self, tokens: DocumentTokens, runs: Runs) -> None:
        cut, starts, ends = cut_runs(runs, self._items, self._part)
        better = ends - starts > self._lengths[cut.items]
        cut, lengths = Runs(*(column[better] for column in cut)), (ends - starts)[better]
        order = np.lexsort((lengths, cut.items))
        last = np.flatnonzero(np.diff(cut.items[order], append=-1))
        for number in order[last].tolist():
            item, length = int(cut.items[number]), int(lengths[number])
            self._lengths[item] = length
            first = int(cut.places[number])
            self.places[item] = tokens.place(first, first + length - 1)
