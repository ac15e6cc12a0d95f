"""Searching by tokens: from a batch of documents to evidence, for all presets of n-grams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.corpus import PassageBatch
from leakcheck.detection.catalogue import Benchmark
from leakcheck.presets.grams import GramTable, gram_table
from leakcheck.presets.in_document import DocumentEvidence
from leakcheck.presets.in_paragraph import ParagraphEvidence
from leakcheck.presets.over_corpus import CorpusEvidence
from leakcheck.presets.reading import DocumentTokens, read_tokens
from leakcheck.presets.record import CorpusRule, ParagraphRule, Preset
from leakcheck.presets.runs import Runs, find_runs, joined, mark_skipping
from leakcheck.presets.scored import Scored
from leakcheck.presets.sequences import (
    ANY_NUMBER,
    ItemSequences,
    alike_sequences_of,
    is_test,
    sequences_of,
    splits_of,
    stretches_of,
    without,
)
from leakcheck.text.tokens import tokenise

__all__ = ["FoundRuns", "TokenSearch"]


class FoundRuns(NamedTuple):
    """The runs of a batch."""

    tokens: DocumentTokens
    runs: Runs


class TokenSearch:
    """All presets that look at tokens, over one table of the items' n-grams."""

    def __init__(self, benchmarks: Sequence[Benchmark], presets: Sequence[Preset]) -> None:
        """Lay out the items of benchmarks for presets that all read tokens in one way."""
        self._alike = presets[0].numbers_alike
        self._left_out = _codes_of(presets[0].left_out)
        items = alike_sequences_of(benchmarks) if self._alike else sequences_of(benchmarks)
        self._items = items if self._left_out is None else without(items, self._left_out)
        tests = np.concatenate([is_test(benchmark) for benchmark in benchmarks])
        over_corpus = [each for each in presets if isinstance(each.rule, CorpusRule)]
        self._corpus = CorpusEvidence(self._items, over_corpus, tests)
        self._documents: dict[str, DocumentEvidence | ParagraphEvidence] = {}
        for each in presets:
            if isinstance(each.rule, ParagraphRule):
                splits = splits_of(benchmarks)
                self._documents[each.name] = ParagraphEvidence(self._items, each, splits)
            elif not isinstance(each.rule, CorpusRule):
                self._documents[each.name] = DocumentEvidence(self._items, each)
        table = _table(self._items, presets)
        self._tables = [(self._items, table), *_short_tables(self._items, presets)]

    def find(self, batch: PassageBatch) -> FoundRuns:
        """Find the runs of a batch; several threads may do so at once."""
        tokens = read_tokens(batch)
        if self._alike:
            tokens = replace(tokens, codes=np.where(tokens.numbers, ANY_NUMBER, tokens.codes))
        if self._left_out is not None:
            tokens = tokens.without(self._left_out)
        codes, documents = tokens.codes, tokens.documents
        runs = joined([find_runs(codes, documents, *table) for table in self._tables])
        for rule, marks in self._corpus.marks.items():
            mark_skipping(runs, codes, documents, self._items, rule, marks)
        return FoundRuns(tokens, runs)

    def add(self, found: FoundRuns) -> None:
        """Take in what was found in a batch."""
        self._corpus.add(found.tokens, found.runs)
        for evidence in self._documents.values():
            evidence.add(found.tokens, found.runs)

    @property
    def touched(self) -> int:
        """How many items have anything in the corpus so far."""
        return max(self._corpus.touched, *(each.touched for each in self._documents.values()), 0)

    def scored(self) -> dict[str, Scored]:
        """Return what each preset makes of all items, by its name."""
        of_documents = {name: each.scored() for name, each in self._documents.items()}
        return self._corpus.scored() | of_documents


def _codes_of(words: Sequence[str]) -> npt.NDArray[np.bool_] | None:
    """Tell which codes are those of some words, shape (65536,), if there are any."""
    if not words:
        return None
    codes = np.zeros(1 << 16, np.bool_)
    codes[tokenise(" ".join(words)).hashes.astype(np.uint16)] = True
    return codes


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
