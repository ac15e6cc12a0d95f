"""Answering from an index: candidates from its fingerprints, findings from the text itself.

Where the corpus can still be reached, the candidate documents are read again and decided by the
scan's own code; the others are decided from what the index keeps of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from leakcheck.corpus_index.searching.candidates import find_candidates
from leakcheck.corpus_index.searching.hits import find_hits
from leakcheck.corpus_index.searching.reread import Lost, Reread, reread
from leakcheck.corpus_index.searching.without_text import find_without_text
from leakcheck.corpus_index.stored.store import CorpusIndex
from leakcheck.detection.catalogue import Catalogue
from leakcheck.detection.finding import Finding
from leakcheck.detection.resolve import find_in_batch
from leakcheck.threads import map_in_order

__all__ = ["Answer", "find_in_index"]


class Answer(NamedTuple):
    """What an index says of some benchmarks."""

    findings: list[Finding]
    """In the order of the index."""
    candidates: int
    """Documents that were looked at again."""
    lost: list[Lost]
    """Those of them that were decided from fingerprints."""


def find_in_index(
    index: CorpusIndex,
    catalogue: Catalogue,
    threads: int,
    on_progress: Callable[[int, int, int], None] = lambda *_: None,
) -> Answer:
    """Find the items of benchmarks in an index.

    Args:
        index: of the corpus.
        catalogue: the benchmarks.
        threads: how many documents are matched at once.
        on_progress: called with the candidates done, the candidates, and the findings so far.

    Raises:
        CorpusIndexError: a file of the index is damaged or gone.
    """
    hits = find_hits(index, catalogue.lookups.sieve, threads)
    candidates = find_candidates(index, hits, catalogue.lookups, threads)
    documents = np.unique(candidates.documents)
    placed: list[tuple[int, Finding]] = []
    lost: list[Lost] = []
    done = 0
    find = partial(_in_text, catalogue=catalogue)
    for read, findings in map_in_order(find, reread(index, documents), threads):
        if isinstance(read, Lost):
            lost.append(read)
        placed += findings
        done += len(read.documents)
        on_progress(done, len(documents), len(placed))
    if lost:
        placed += find_without_text(index, candidates, lost, catalogue, threads)
    placed.sort(key=lambda pair: pair[0])
    return Answer([finding for _, finding in placed], len(documents), lost)


def _in_text(read: Reread | Lost, catalogue: Catalogue) -> list[tuple[int, Finding]]:
    """Return the findings in documents that were read again, with their documents' numbers."""
    if isinstance(read, Lost):
        return []
    rows = np.unique(read.batch.rows).tolist()
    number_of = dict(zip(rows, read.documents.tolist(), strict=True))
    return [(number_of[each.row], each) for each in find_in_batch(read.batch, catalogue)]
