"""Documents by their text: which items of the benchmarks they are, by leakcheck's own matching."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from leakcheck.corpus.records import CorpusFile, PassageBatch
from leakcheck.detection.catalogue import Benchmark, load_catalogue
from leakcheck.detection.finding import Finding
from leakcheck.detection.resolve import find_in_batch
from leakcheck.impact.results import Document

__all__ = ["Found", "Look", "look_with"]

Found = list[dict[str, list[str]]]
"""For each document the items that it is, by benchmark; an item's twins are with it."""


class Look(NamedTuple):
    """What knows documents by their text."""

    benches: frozenset[str]
    """The benchmarks whose items it knows; of others nothing can be said."""
    find: Callable[[Sequence[Document]], Found]


_KINDS = ("verbatim", "near")
_BATCH_DOCUMENTS = 4096


def look_with(benchmarks: Sequence[Benchmark], items: Mapping[str, Collection[str]]) -> Look:
    """Return what finds the test items that documents are.

    Args:
        benchmarks: of the run.
        items: the names of the test items of each.
    """
    catalogue = load_catalogue(benchmarks)

    def find(documents: Sequence[Document]) -> Found:
        found: Found = [{} for _ in documents]
        for start in range(0, len(documents), _BATCH_DOCUMENTS):
            batch = _batch(documents[start : start + _BATCH_DOCUMENTS])
            findings = find_in_batch(batch, catalogue) if len(batch.texts) else []
            for finding in sorted(findings, key=_how_good):
                for bench, item in _named(finding, items):
                    own = found[start + finding.row].setdefault(bench, [])
                    if item not in own:
                        own.append(item)
        return found

    return Look(frozenset(each.card.name for each in benchmarks), find)


def _batch(documents: Sequence[Document]) -> PassageBatch:
    rows = [row for row, each in enumerate(documents) for _ in each.passages]
    return PassageBatch(
        file=CorpusFile(None, "", 0),
        texts=pa.array(
            [text for each in documents for _, text in each.passages], pa.large_string()
        ),
        rows=np.array(rows, np.int64),
        sources=[source for each in documents for source, _ in each.passages],
        documents=len(documents),
        bytes_read=0,
    )


def _how_good(finding: Finding) -> tuple[int, float]:
    return _KINDS.index(finding.kind) if finding.kind in _KINDS else len(_KINDS), -finding.bits


def _named(finding: Finding, items: Mapping[str, Collection[str]]) -> list[tuple[str, str]]:
    """Return the test items that a finding is of; a rewritten question is no copy of an item."""
    if finding.kind not in _KINDS:
        return []
    named = [(finding.bench, finding.item)]
    for twin in finding.also:
        bench, colon, item = twin.partition(":")
        named.append((bench, item) if colon else (finding.bench, twin))
    return [(bench, item) for bench, item in named if item in items.get(bench, ())]
