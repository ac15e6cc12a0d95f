"""Searching by tokens: from a batch of documents to evidence, for all presets of n-grams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from leakcheck.corpus import PassageBatch
from leakcheck.detection.catalogue import Benchmark
from leakcheck.presets.evidence import Evidence, Scored
from leakcheck.presets.grams import GramTable, gram_table
from leakcheck.presets.reading import DocumentTokens, read_tokens
from leakcheck.presets.record import Preset
from leakcheck.presets.runs import Runs, find_runs, joined, mark_skipping
from leakcheck.presets.sequences import (
    ANY_NUMBER,
    ItemSequences,
    alike_sequences_of,
    is_test,
    sequences_of,
    stretches_of,
    usual_lengths,
)

__all__ = ["FoundRuns", "TokenSearch"]


class FoundRuns(NamedTuple):
    """The runs of a batch."""

    tokens: DocumentTokens
    runs: Runs


class TokenSearch:
    """All presets that look at tokens, over one table of the items' n-grams."""

    def __init__(self, benchmarks: Sequence[Benchmark], presets: Sequence[Preset]) -> None:
        """Lay out the items of benchmarks for presets that all read numbers in one way."""
        self._presets = presets
        self._alike = presets[0].numbers_alike
        self._items = alike_sequences_of(benchmarks) if self._alike else sequences_of(benchmarks)
        self._tests = np.concatenate([is_test(benchmark) for benchmark in benchmarks])
        self._evidence = Evidence(self._items, presets)
        table = _table(self._items, presets)
        self._tables = [(self._items, table), *_short_tables(self._items, presets)]

    def find(self, batch: PassageBatch) -> FoundRuns:
        """Find the runs of a batch; several threads may do so at once."""
        tokens = read_tokens(batch)
        if self._alike:
            tokens = replace(tokens, codes=np.where(tokens.numbers, ANY_NUMBER, tokens.codes))
        codes, documents = tokens.codes, tokens.documents
        runs = joined([find_runs(codes, documents, *table) for table in self._tables])
        for rule, marks in self._evidence.marks.items():
            mark_skipping(runs, codes, documents, self._items, rule, marks)
        return FoundRuns(tokens, runs)

    def add(self, found: FoundRuns) -> None:
        """Take in what was found in a batch."""
        self._evidence.add(found.tokens, found.runs)

    @property
    def touched(self) -> int:
        """How many items share a run with the corpus so far."""
        return self._evidence.touched

    def scored(self) -> dict[str, Scored]:
        """Return what each preset makes of all items, by its name."""
        return {
            preset.name: self._evidence.scored(preset, self._usual(preset))
            for preset in self._presets
        }

    def _usual(self, preset: Preset) -> list[list[int]]:
        """Return, for each part of a preset, its usual length in the benchmark of each item."""
        sizes = np.diff(self._items.bench_starts)
        of_parts = []
        for part in preset.parts:
            starts, ends = stretches_of(self._items, part)
            bench_starts = self._items.bench_starts.tolist()
            of_benchmarks = usual_lengths(ends - starts, self._tests, bench_starts)
            of_parts.append(np.repeat(of_benchmarks, sizes).tolist())
        return of_parts


def _table(items: ItemSequences, presets: Sequence[Preset]) -> GramTable:
    """Build the table of the n-grams in any part that a preset looks at."""
    stretches = [stretches_of(items, part) for preset in presets for part in preset.parts]
    starts = np.min([starts for starts, _ in stretches], axis=0)
    ends = np.max([ends for _, ends in stretches], axis=0)
    return gram_table(items, starts, ends, min(preset.gram for preset in presets))


def _short_tables(
    items: ItemSequences, presets: Sequence[Preset]
) -> list[tuple[ItemSequences, GramTable]]:
    """Build a table of the parts that are looked for as a whole, for each length that they have.

    The items of each table are these parts alone, so that a run begins where the part does.
    """
    shortest = min(preset.gram for preset in presets)
    tables = []
    for preset in presets:
        for part in preset.parts if preset.whole_from is not None else ():
            starts, ends = stretches_of(items, part)
            lengths = ends - starts
            parts = items._replace(bounds=np.stack([starts, ends], axis=1))
            for length in range(preset.whole_from or 0, shortest):
                if (lengths == length).any():
                    own_ends = np.where(lengths == length, ends, starts)
                    tables.append((parts, gram_table(items, starts, own_ends, length)))
    return tables
