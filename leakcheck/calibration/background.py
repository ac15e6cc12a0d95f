"""How close background text comes to the test items of a benchmark, for `leakcheck proximity`.

Measured once, when the benchmark is built, with samples of the sizes and at the scale that corpora
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
from leakcheck.corpus_index.evidence import item_evidence
from leakcheck.corpus_index.fingerprints import fingerprint_batch
from leakcheck.corpus_index.pieces import TextSizes, draw_pieces
from leakcheck.corpus_index.proximity import COMPARED_SCALE, SAMPLE_TOKENS
from leakcheck.corpus_index.similarity import items_of_role, sample_closeness
from leakcheck.corpus_index.windows import find_triples
from leakcheck.index.item_table import item_table

__all__ = ["DocumentSample", "background_closeness"]

BYTES_PER_TOKEN = 12
"""More than text has, so that the documents that are kept are enough."""


class DocumentSample:
    """Keeps a fair sample of the documents that pass by: those of the lowest hashes."""

    def __init__(self, size: int = BYTES_PER_TOKEN * SAMPLE_TOKENS[-1]) -> None:
        self._size = size
        """Bytes, of which up to twice as many are kept on the way."""
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
        self._kept.sort(key=lambda pair: pair[0])
        self._bytes = kept = 0
        while self._bytes < self._size:
            self._bytes += len(self._kept[kept][1].encode("utf-8", "replace"))
            kept += 1
        del self._kept[kept:]

    def documents(self) -> list[str]:
        """Return the sample, in the order of the hashes."""
        return [document for _, document in sorted(self._kept)]


def background_closeness(card: Card, pack: Pack, documents: list[str]) -> BackgroundCloseness:
    """Measure how close background text comes to the test items of a benchmark.

    Args:
        card: of the benchmark.
        pack: of the benchmark, not sealed.
        documents: a sample of the background.

    Returns:
        The closeness of samples of all sizes that the documents are enough for.
    """
    table = item_table([pack])
    evidence = item_evidence(table, items_of_role(card, pack, "test"), COMPARED_SCALE)
    numbers = np.arange(len(documents), dtype=np.int64)
    texts = pa.array(documents, pa.large_string())
    fingerprints = fingerprint_batch(
        PassageBatch(
            CorpusFile(None, "-", 0), texts, numbers, ["text"] * len(texts), len(texts), 0
        ),
        COMPARED_SCALE,
    )
    found = find_triples(
        evidence, fingerprints.hashes, fingerprints.documents, fingerprints.positions
    )
    sizes = TextSizes(numbers, fingerprints.tokens, fingerprints.contents)
    pieces = draw_pieces([sizes], SAMPLE_TOKENS[-1])
    return BackgroundCloseness(
        COMPARED_SCALE,
        [
            sample_closeness(evidence, found, pieces.cut(tokens))
            for tokens in SAMPLE_TOKENS
            if pieces.all_tokens >= tokens
        ],
    )
