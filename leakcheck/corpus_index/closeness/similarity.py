"""Similarity: what the best window of some text holds of each item's evidence.

The text is that of an index, of items, or of anything that was fingerprinted; all of it or a
sample. Of an index, DuckDB joins the fingerprints out of core, and documents pass by in pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leakcheck.benchmark.card import FIELDS, Card, Role
from leakcheck.benchmark.closeness import Closeness, closeness_of
from leakcheck.benchmark.pack import Pack
from leakcheck.corpus_index.closeness.evidence import Evidence, triples_of
from leakcheck.corpus_index.closeness.pieces import Pieces, TextSizes
from leakcheck.corpus_index.closeness.windows import (
    FoundTriples,
    best_bits,
    find_triples,
    raise_best,
)
from leakcheck.corpus_index.searching.hits import Hits, join_fingerprints
from leakcheck.corpus_index.sketching.fingerprints import fingerprint_limit
from leakcheck.corpus_index.stored.store import CorpusIndex
from leakcheck.index.item_table import CONTEXT, ItemTable

__all__ = [
    "ItemTexts",
    "document_sizes",
    "index_closeness",
    "index_sample_closeness",
    "items_of_role",
    "sample_closeness",
]

_SEED = 1


def items_of_role(card: Card, pack: Pack, role: Role) -> npt.NDArray[np.int64]:
    """Return the items of all splits that play a role."""
    splits = np.array(pack.splits, np.object_)
    wanted = [split.name for split in card.splits if split.role == role]
    return np.flatnonzero(np.isin(splits, wanted))


def sample_closeness(evidence: Evidence, found: FoundTriples, pieces: Pieces) -> Closeness:
    """Return how close a sample of texts comes to items.

    Args:
        evidence: of the items.
        found: in all of the texts.
        pieces: the sample.
    """
    best = best_bits(evidence)
    raise_best(evidence, _in_pieces(found, pieces), best)
    return _closeness(evidence, best, pieces.all_tokens)


def _in_pieces(found: FoundTriples, pieces: Pieces) -> FoundTriples:
    """Keep what stands in a piece; a piece is a text of its own."""
    inside, numbers = pieces.holding(found.texts, found.positions)
    return FoundTriples(numbers, found.positions[inside], found.triples[inside])


def _closeness(evidence: Evidence, best: npt.NDArray[np.float32], tokens: int) -> Closeness:
    return closeness_of(best[evidence.enough] / evidence.whole[evidence.enough], tokens)


class ItemTexts:
    """Items as the texts they would be in a corpus, their context left out."""

    def __init__(self, table: ItemTable, items: npt.NDArray[np.int64]) -> None:
        fields = [number for number in range(len(FIELDS)) if number != CONTEXT]
        texts = [
            table.codes[table.starts[item, field] : table.ends[item, field]]
            for item in items
            for field in fields
        ]
        lengths = np.array([len(text) for text in texts], np.int64).reshape(len(items), len(fields))
        self._codes = np.concatenate([np.empty(0, np.uint16), *texts])
        self._offsets = np.concatenate([[0], np.cumsum(lengths.sum(1))]).astype(np.int64)
        keys = np.random.default_rng(_SEED).integers(1 << 63, size=len(items))
        self.sizes: Final = TextSizes(np.arange(len(items)), lengths.sum(1), keys.astype(np.uint64))

    def found(self, evidence: Evidence, scale: int) -> FoundTriples:
        """Find the triples that items have, too, at the scale of their evidence."""
        limit = np.uint64(fingerprint_limit(scale))
        return find_triples(evidence, *triples_of(self._codes, self._offsets, limit))


def document_sizes(index: CorpusIndex) -> Iterator[TextSizes]:
    """Yield the sizes of the documents of an index, in pieces."""
    columns = ["document", "tokens", "content"]
    for batch in index.batches("documents", columns):
        yield TextSizes(*(batch.column(name).to_numpy() for name in columns))


def index_closeness(index: CorpusIndex, evidence: Evidence, threads: int) -> Closeness:
    """Return how close all documents of an index come to items.

    Raises:
        CorpusIndexError: a file of the index is damaged or gone.
    """
    best = best_bits(evidence)
    for found in _found_in(index, evidence, threads):
        raise_best(evidence, found, best)
    tokens = sum(int(sizes.tokens.sum()) for sizes in document_sizes(index))
    return _closeness(evidence, best, tokens)


def index_sample_closeness(
    index: CorpusIndex, evidence: Evidence, pieces: Pieces, threads: int
) -> Closeness:
    """Return how close a sample of the documents of an index comes to items.

    Raises:
        CorpusIndexError: a file of the index is damaged or gone.
    """
    best = best_bits(evidence)
    for found in _found_in(index, evidence, threads, np.unique(pieces.texts)):
        raise_best(evidence, _in_pieces(found, pieces), best)
    return _closeness(evidence, best, pieces.all_tokens)


def _found_in(
    index: CorpusIndex,
    evidence: Evidence,
    threads: int,
    among: npt.NDArray[np.int64] | None = None,
) -> Iterator[FoundTriples]:
    wanted = pa.table({"hash": evidence.hashes, "triple": np.arange(len(evidence.hashes))})
    documents = None if among is None else among.astype(np.uint32)
    for hits in _whole_documents(join_fingerprints(index, wanted, threads, documents)):
        yield FoundTriples(*(column.astype(np.int64) for column in hits))


def _whole_documents(pieces: Iterable[Hits]) -> Iterator[Hits]:
    """Yield hits in pieces that never divide a document."""
    begun: list[Hits] = []
    for hits in pieces:
        # Where the last document starts: it may go on in the next piece.
        last = int(np.searchsorted(hits.documents, hits.documents[-1]))
        if last or (begun and hits.documents[0] != begun[0].documents[0]):
            yield Hits.joined([*begun, hits.at(slice(last))])
            begun = []
        begun.append(hits.at(slice(last, None)))
    if begun:
        yield Hits.joined(begun)
