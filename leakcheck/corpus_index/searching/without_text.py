"""Findings in documents whose text is gone, from what an index keeps of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from leakcheck.corpus_index.searching.decide import Decider
from leakcheck.corpus_index.searching.hits import Hits, find_hits
from leakcheck.corpus_index.searching.rare_tokens import RareTokens, read_rare_tokens
from leakcheck.corpus_index.searching.replay import Candidates
from leakcheck.corpus_index.searching.reread import Lost
from leakcheck.corpus_index.searching.sketch import Sketch
from leakcheck.corpus_index.stored.store import CorpusIndex
from leakcheck.detection.catalogue import Catalogue
from leakcheck.detection.differences import fingerprint_of
from leakcheck.detection.finding import Finding

__all__ = ["find_without_text"]


def find_without_text(
    index: CorpusIndex,
    candidates: Candidates,
    lost: Sequence[Lost],
    catalogue: Catalogue,
    threads: int,
) -> Iterator[tuple[int, Finding]]:
    """Yield the findings in lost documents, with the documents' numbers.

    Args:
        index: of the corpus.
        candidates: in all documents of the index.
        lost: the documents.
        catalogue: the benchmarks.
        threads: that DuckDB may use.

    Raises:
        CorpusIndexError: a file of the index is damaged or gone.
    """
    documents = np.sort(np.concatenate([each.documents for each in lost]))
    decider = Decider(catalogue, index.settings.scale)
    places = _places(index, documents)
    for document, sketch in _sketches(index, candidates, documents, catalogue, threads):
        path, row, content = places[document]
        for finding in decider.decide(sketch):
            named = fingerprint_of(finding.bench, finding.item, content.to_bytes(8, "little"))
            yield (
                document,
                msgspec.structs.replace(finding, path=path, row=row, fingerprint=named),
            )


def _sketches(
    index: CorpusIndex,
    candidates: Candidates,
    documents: npt.NDArray[np.uint32],
    catalogue: Catalogue,
    threads: int,
) -> Iterator[tuple[int, Sketch]]:
    """Yield what is known of each document, with its number."""
    hits = Hits.joined(list(find_hits(index, catalogue.lookups.sieve, threads, among=documents)))
    rare = RareTokens.none()
    for piece in read_rare_tokens(index):
        rare = rare.followed_by(piece.at(np.isin(piece.documents, documents)))
    for document, of_hits, of_rare, of_candidates in zip(
        documents.tolist(),
        _ranges(hits.documents, documents),
        _ranges(rare.documents, documents),
        _ranges(candidates.documents, documents),
        strict=True,
    ):
        yield document, Sketch(hits.at(of_hits), rare.at(of_rare), candidates.at(of_candidates))


def _ranges(column: npt.NDArray[np.uint32], documents: npt.NDArray[np.uint32]) -> Iterator[slice]:
    """Yield where each document stands in an ascending column."""
    firsts = np.searchsorted(column, documents, side="left").tolist()
    lasts = np.searchsorted(column, documents, side="right").tolist()
    yield from map(slice, firsts, lasts)


def _places(
    index: CorpusIndex, documents: npt.NDArray[np.uint32]
) -> dict[int, tuple[str, int, int]]:
    """Return path, row and content hash of documents."""
    wanted = pa.array(documents)
    return {
        row["document"]: (row["path"], row["row"], row["content"])
        for batch in index.batches("documents", ["document", "path", "row", "content"])
        for row in batch.filter(pc.is_in(batch["document"], wanted)).to_pylist()
    }
