"""How close background text comes to the test items of a benchmark, for `leakcheck proximity`.

Measured once, when the benchmark is built, with samples of the sizes and at the scales that corpora
are compared with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b

import numpy as np
import pyarrow as pa

from leakcheck.benchmark.card import Card
from leakcheck.benchmark.closeness import BackgroundCloseness
from leakcheck.benchmark.pack import Pack
from leakcheck.corpus import CorpusFile, PassageBatch
from leakcheck.corpus_index.closeness.evidence import item_evidence
from leakcheck.corpus_index.closeness.pieces import TextSizes, draw_pieces
from leakcheck.corpus_index.closeness.proximity import COMPARED_SCALES, SAMPLE_TOKENS
from leakcheck.corpus_index.closeness.similarity import items_of_role, sample_closeness
from leakcheck.corpus_index.closeness.windows import find_triples
from leakcheck.corpus_index.sketching.fingerprints import Fingerprints, fingerprint_batch
from leakcheck.index.item_table import item_table

__all__ = ["DocumentSample", "background_closeness"]

BYTES_PER_TOKEN = 12
"""More than text has, so that the documents that are kept are enough."""


class DocumentSample:
    """Keeps a fair sample of the documents that pass by: those of the lowest hashes.

    On the way it keeps up to twice as many bytes as in the end.
    """

    def __init__(self, size: int = BYTES_PER_TOKEN * SAMPLE_TOKENS[-1]) -> None:
        self._size = size
        self._kept: list[tuple[bytes, str]] = []
        self._bytes = 0

    def passing(self, documents: Iterable[str]) -> Iterator[str]:
        """Yield the documents as they come."""
        for document in documents:
            data = document.encode("utf-8", "replace")
            self._kept.append((blake2b(data, digest_size=8).digest(), document))
            self._bytes += len(data)
            if self._bytes > 2 * self._size:
                self._drop()
            yield document

    def _drop(self) -> None:
        """Drop the documents of the highest hashes, down to the size."""
        kept = []
        self._bytes = 0
        for hashed, document in sorted(self._kept):
            if self._bytes >= self._size:
                break
            kept.append((hashed, document))
            self._bytes += len(document.encode("utf-8", "replace"))
        self._kept = kept

    def documents(self) -> list[str]:
        """Return the sample, in the order of the hashes."""
        self._drop()
        return [document for _, document in self._kept]


def background_closeness(
    card: Card, pack: Pack, documents: list[str]
) -> tuple[BackgroundCloseness, ...]:
    """Measure how close background text comes to the test items of a benchmark.

    Args:
        card: of the benchmark.
        pack: of the benchmark, not sealed.
        documents: a sample of the background.

    Returns:
        For each scale the closeness of samples of all sizes that the documents are enough for.
    """
    items, table = items_of_role(card, pack, "test"), item_table([pack])
    fingerprints = _fingerprints(documents)
    numbers = np.arange(len(documents), dtype=np.int64)
    sizes = TextSizes(numbers, fingerprints.tokens, fingerprints.contents)
    pieces = draw_pieces([sizes], SAMPLE_TOKENS[-1])
    samples = [pieces.cut(tokens) for tokens in SAMPLE_TOKENS if pieces.all_tokens >= tokens]
    measured = []
    for scale in COMPARED_SCALES:
        evidence = item_evidence(table, items, scale)
        found = find_triples(
            evidence, fingerprints.hashes, fingerprints.documents, fingerprints.positions
        )
        closeness = [sample_closeness(evidence, found, sample) for sample in samples]
        measured.append(BackgroundCloseness(scale, closeness))
    return tuple(measured)


def _fingerprints(documents: list[str]) -> Fingerprints:
    """Fingerprint documents at the finest scale: evidence of a coarser one looks for fewer."""
    texts = pa.array(documents, pa.large_string())
    rows = np.arange(len(documents), dtype=np.int64)
    batch = PassageBatch(
        CorpusFile(None, "-", 0), texts, rows, ["text"] * len(texts), len(texts), 0
    )
    return fingerprint_batch(batch, COMPARED_SCALES[0])
