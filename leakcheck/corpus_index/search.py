"""Answering from an index: candidates from its fingerprints, findings from the text itself.

Where the corpus can still be reached, the candidate documents are read again and decided by the
scan's own code; the others are decided from what the index keeps of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leakcheck.corpus_index.candidates import (
    Candidates,
    RareTokens,
    find_candidates,
    rare_tokens,
)
from leakcheck.corpus_index.decide import Decider, Sketch
from leakcheck.corpus_index.hits import Hits, find_hits
from leakcheck.corpus_index.reread import Lost, Reread, reread
from leakcheck.corpus_index.store import CorpusIndex
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
    found = _joined(list(find_candidates(index, hits, catalogue.lookups)))
    documents = np.unique(found.documents)
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
        placed += _in_fingerprints(index, found, lost, catalogue, threads)
    placed.sort(key=lambda pair: pair[0])
    return Answer([finding for _, finding in placed], len(documents), lost)


def _joined(pieces: Sequence[Candidates]) -> Candidates:
    return Candidates(*map(np.concatenate, zip(*pieces, strict=True)))


def _in_text(read: Reread | Lost, catalogue: Catalogue) -> list[tuple[int, Finding]]:
    """Return the findings in documents that were read again, with their documents' numbers."""
    if isinstance(read, Lost):
        return []
    rows = np.unique(read.batch.rows).tolist()
    number_of = dict(zip(rows, read.documents.tolist(), strict=True))
    return [(number_of[each.row], each) for each in find_in_batch(read.batch, catalogue)]


def _in_fingerprints(
    index: CorpusIndex,
    candidates: Candidates,
    lost: Sequence[Lost],
    catalogue: Catalogue,
    threads: int,
) -> Iterator[tuple[int, Finding]]:
    """Yield the findings in documents whose text is gone, with their documents' numbers."""
    documents = np.sort(np.concatenate([each.documents for each in lost]))
    decider = Decider(catalogue, index.settings.scale)
    hits = _all_hits(find_hits(index, catalogue.lookups.sieve, threads, among=documents))
    rare = _among(index, documents)
    places = _places(index, documents)
    for document, *columns in zip(
        documents.tolist(),
        _by_document(hits, documents),
        _by_document(rare, documents),
        _by_document(candidates, documents),
        strict=True,
    ):
        of_hits, of_rare, of_candidates = columns
        sketch = Sketch(Hits(*of_hits), RareTokens(*of_rare), Candidates(*of_candidates))
        path, row = places[document]
        for finding in decider.decide(sketch):
            yield document, msgspec.structs.replace(finding, path=path, row=row)


def _all_hits(pieces: Iterator[Hits]) -> Hits:
    empty = Hits(np.empty(0, np.uint32), np.empty(0, np.uint32), np.empty(0, np.uint64))
    return Hits(*map(np.concatenate, zip(empty, *pieces, strict=True)))


def _among(index: CorpusIndex, documents: npt.NDArray[np.uint32]) -> RareTokens:
    empty = RareTokens(np.empty(0, np.uint32), np.empty(0, np.uint32), np.empty(0, np.uint16))
    kept = [
        RareTokens(*(column[np.isin(piece.documents, documents)] for column in piece))
        for piece in rare_tokens(index)
    ]
    return RareTokens(*map(np.concatenate, zip(empty, *kept, strict=True)))


def _by_document(
    columns: Hits | RareTokens | Candidates, documents: npt.NDArray[np.uint32]
) -> Iterator[list[npt.NDArray[np.generic]]]:
    """Yield the rows of each document; the first column has their numbers, ascending."""
    firsts = np.searchsorted(columns[0], documents, side="left").tolist()
    lasts = np.searchsorted(columns[0], documents, side="right").tolist()
    for first, last in zip(firsts, lasts, strict=True):
        yield [column[first:last] for column in columns]


def _places(
    index: CorpusIndex, documents: npt.NDArray[np.uint32]
) -> dict[int, tuple[str, int]]:
    """Return the path and row of documents."""
    return {
        row["document"]: (row["path"], row["row"])
        for batch in index.batches("documents", ["document", "path", "row"])
        for row in batch.filter(pa.array(np.isin(batch["document"].to_numpy(), documents))).to_pylist()
    }
