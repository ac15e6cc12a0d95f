"""Criteria on the paragraphs of documents: what the items of a split have of one together."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.presets.reading import DocumentTokens, Place
from leakcheck.presets.record import ParagraphRule, Preset
from leakcheck.presets.runs import Runs, cut_runs
from leakcheck.presets.scored import Scored, undecided_by
from leakcheck.presets.sequences import ItemSequences, stretches_of

__all__ = ["ParagraphEvidence"]


class _Paragraphs(NamedTuple):
    """The paragraphs of some documents."""

    of_tokens: npt.NDArray[np.int64]
    """Shape (tokens,): the paragraph of each, counted from 0 without a gap."""
    starts: npt.NDArray[np.int64]
    """Shape (paragraphs + 1,): the first token of each."""
    documents: npt.NDArray[np.int64]
    """Shape (paragraphs,)."""
    counted: npt.NDArray[np.bool_]
    """Shape (tokens,): whether the n-gram that starts there counts: it has a word, and ends in the
    same paragraph."""
    worded: npt.NDArray[np.bool_]
    """Shape (paragraphs,): whether there is a word in it."""


class ParagraphEvidence:
    """What the best document has of each item, by one preset on paragraphs."""

    def __init__(self, items: ItemSequences, preset: Preset, splits: npt.NDArray[np.int64]) -> None:
        """Make room for the items; `splits` numbers the split of each."""
        assert isinstance(preset.rule, ParagraphRule)
        self._items, self._preset, self._rule, self._splits = items, preset, preset.rule, splits
        starts, ends = stretches_of(items, preset.parts[0])
        self._lengths = ends - starts
        self._best = np.zeros(len(items.bounds))
        self._places: dict[int, Place] = {}

    def add(self, tokens: DocumentTokens, runs: Runs) -> None:
        """Take in the runs of some documents."""
        cut, starts, ends = cut_runs(runs, self._items, self._preset.parts[0])
        lengths, whole = ends - starts, self._lengths[cut.items]
        least = whole if self._preset.whole_from is None else self._preset.whole_from
        gram = self._preset.gram
        kept = (lengths >= gram) | ((lengths == whole) & (whole >= least) & (whole < gram))
        if not kept.any():
            return
        cut, lengths = Runs(*(column[kept] for column in cut)), lengths[kept]
        paragraphs = self._paragraphs(tokens)
        splits = self._splits[cut.items]
        for split in np.unique(splits).tolist():
            own = Runs(*(column[splits == split] for column in cut))
            self._add_split(tokens, paragraphs, own, lengths[splits == split])

    def _paragraphs(self, tokens: DocumentTokens) -> _Paragraphs:
        numbers = tokens.paragraphs(self._rule.separator)
        firsts = np.flatnonzero(np.diff(numbers, prepend=-1))
        starts = np.append(firsts, len(numbers))
        of_tokens = np.repeat(np.arange(len(firsts)), np.diff(starts))
        words = np.concatenate(([0], np.cumsum(~tokens.numbers)))
        gram, counted = self._preset.gram, np.zeros(len(numbers), np.bool_)
        room = max(0, len(numbers) - gram + 1)
        same = of_tokens[:room] == of_tokens[gram - 1 : gram - 1 + room]
        counted[:room] = same & (words[gram : gram + room] > words[:room])
        documents = np.searchsorted(tokens.documents, firsts, side="right") - 1
        return _Paragraphs(
            of_tokens, starts, documents, counted, words[starts[1:]] > words[starts[:-1]]
        )

    def _add_split(
        self,
        tokens: DocumentTokens,
        paragraphs: _Paragraphs,
        runs: Runs,
        lengths: npt.NDArray[np.int64],
    ) -> None:
        """Take in the runs of the items of one split."""
        grams = np.maximum(0, lengths - self._preset.gram + 1)
        before = np.concatenate(([0], np.cumsum(paragraphs.counted)))
        matched = before[runs.places + grams] > before[runs.places]
        of_runs = paragraphs.of_tokens[runs.places]
        alone = paragraphs.worded[of_runs] & (grams == 0)
        alone &= paragraphs.starts[of_runs] == runs.places
        alone &= paragraphs.starts[of_runs + 1] == runs.places + lengths
        shares = self._shares(paragraphs, runs, grams)
        shares[of_runs[alone]] = 1.0
        of_documents = np.zeros(len(tokens.documents))
        np.maximum.at(of_documents, paragraphs.documents, shares)
        scores = np.where(matched | alone, of_documents[runs.documents], 0.0)
        for number in np.flatnonzero(scores > self._best[runs.items]).tolist():
            item, place = int(runs.items[number]), int(runs.places[number])
            if scores[number] > self._best[item]:
                self._best[item] = scores[number]
                self._places[item] = tokens.place(place, place + int(lengths[number]) - 1)

    @staticmethod
    def _shares(
        paragraphs: _Paragraphs, runs: Runs, grams: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.float64]:
        """Return the share of each paragraph's n-grams that stand in an item."""
        change = np.zeros(len(paragraphs.of_tokens) + 1, np.int64)
        np.add.at(change, runs.places, grams > 0)
        np.add.at(change, runs.places + grams, -(grams > 0).astype(np.int64))
        held = paragraphs.counted & (np.cumsum(change)[:-1] > 0)
        count = len(paragraphs.documents)
        totals = np.bincount(paragraphs.of_tokens[paragraphs.counted], minlength=count)
        found = np.bincount(paragraphs.of_tokens[held], minlength=count)
        return found / np.maximum(1, totals)

    @property
    def touched(self) -> int:
        """How many items have anything so far."""
        return len(self._places)

    def scored(self) -> Scored:
        """Return the score of every item."""
        return Scored(self._best, undecided_by(self._preset, self._items), self._places)
