"""Hits: the triples of benchmarks that stand in an index, found by a join.

DuckDB reads the fingerprints from their files and keeps within a limit of memory, whatever the
size of the index; what it has to put aside goes to a temporary folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leakcheck.corpus_index.scratch import scratch_database
from leakcheck.corpus_index.sketching.fingerprints import (
    FINGERPRINT_BITS,
    fingerprint_limit,
    fingerprints_of,
)
from leakcheck.corpus_index.stored.store import CorpusIndex
from leakcheck.errors import CorpusIndexError
from leakcheck.index.sieve import Sieve

__all__ = ["Hits", "find_hits", "join_fingerprints"]

CHUNK_ROWS = 1 << 20

_QUERY = """
SELECT ngrams.document, ngrams.position, wanted.triple
FROM read_parquet($files) AS ngrams JOIN wanted ON ngrams.hash = wanted.hash
{where}
ORDER BY ngrams.document, ngrams.position
"""


class Hits(NamedTuple):
    """Triples that a sieve and an index share, by document and position."""

    documents: npt.NDArray[np.uint32]
    """Shape (hits,): ascending."""
    positions: npt.NDArray[np.uint32]
    """Shape (hits,): the last token of the triple."""
    triples: npt.NDArray[np.uint64]
    """Shape (hits,)."""

    def at(self, rows: slice) -> Hits:
        """Return some of them."""
        return Hits(self.documents[rows], self.positions[rows], self.triples[rows])

    @staticmethod
    def joined(pieces: Sequence[Hits]) -> Hits:
        """Return several in a row."""
        return Hits(
            np.concatenate([Hits.none().documents, *(each.documents for each in pieces)]),
            np.concatenate([Hits.none().positions, *(each.positions for each in pieces)]),
            np.concatenate([Hits.none().triples, *(each.triples for each in pieces)]),
        )

    @staticmethod
    def none() -> Hits:
        """Return those of no document."""
        return Hits(np.empty(0, np.uint32), np.empty(0, np.uint32), np.empty(0, np.uint64))


def find_hits(
    index: CorpusIndex, sieve: Sieve, threads: int, among: npt.NDArray[np.uint32] | None = None
) -> Iterator[Hits]:
    """Yield all hits, in pieces.

    Args:
        index: to look in.
        sieve: of the benchmarks to look for.
        threads: that DuckDB may use.
        among: look at these documents only.

    Raises:
        CorpusIndexError: a file of the index is damaged or gone.
    """
    yield from join_fingerprints(index, _wanted(sieve, index.settings.scale), threads, among)


def join_fingerprints(
    index: CorpusIndex,
    wanted: pa.Table,
    threads: int,
    among: npt.NDArray[np.uint32] | None = None,
) -> Iterator[Hits]:
    """Yield where wanted fingerprints stand, in pieces, by document and position.

    Args:
        index: to look in.
        wanted: `hash`, a fingerprint, and `triple`, a number that stands for it in the hits.
        threads: that DuckDB may use.
        among: look at these documents only.

    Raises:
        CorpusIndexError: a file of the index is damaged or gone.
    """
    import duckdb

    files = [str(path) for path in index.data_paths("ngrams")]
    if not files:
        return
    with scratch_database() as (database, _):
        database.execute(f"SET threads = {threads}")
        database.register("wanted", wanted)
        where = ""
        if among is not None:
            database.register("among", pa.table({"document": among}))
            where = "WHERE ngrams.document IN (SELECT document FROM among)"
        try:
            found = database.sql(_QUERY.format(where=where), params={"files": files})
            for batch in found.to_arrow_reader(CHUNK_ROWS):
                yield Hits(*(column.to_numpy() for column in batch.columns))
        except duckdb.Error as error:
            raise CorpusIndexError(
                f"{index.path}: its fingerprints cannot be read "
                f"({str(error).splitlines()[0]}); `leakcheck index verify` names the file"
            ) from error


def _wanted(sieve: Sieve, scale: int) -> pa.Table:
    """Return the triples of a sieve that an index of this scale may hold."""
    shingles = sieve.shingles[sieve.shingles > 0] - np.uint64(1)
    triples = shingles[shingles < np.uint64(1 << FINGERPRINT_BITS)]
    hashes = fingerprints_of(triples)
    kept = hashes < np.uint64(fingerprint_limit(scale))
    return pa.table({"hash": hashes[kept], "triple": triples[kept]})
