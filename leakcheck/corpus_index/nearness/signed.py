"""Signatures as they lie in an index, read piece by piece, and what they were made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leakcheck.corpus_index.sketching.minhash import NUM_PERM
from leakcheck.corpus_index.stored.store import CorpusIndex

__all__ = ["Place", "SignedTexts", "places_of", "signed_texts"]

_PIECE = 1 << 16


class Place(NamedTuple):
    """Where a document stands in its corpus."""

    path: str
    row: int
    """The 0-based record."""


class SignedTexts(NamedTuple):
    """Some signatures of an index, each of a document or of a passage of a long one."""

    documents: npt.NDArray[np.uint32]
    """Shape (texts,)."""
    passages: npt.NDArray[np.uint32]
    """Shape (texts,): 0 for the whole document."""
    starts: npt.NDArray[np.uint32]
    """Shape (texts,): the first token."""
    tokens: npt.NDArray[np.uint32]
    """Shape (texts,): how many tokens."""
    signatures: npt.NDArray[np.uint32]
    """Shape (texts, NUM_PERM)."""


def signed_texts(index: CorpusIndex) -> Iterator[SignedTexts]:
    """Yield the signatures of an index, in its order and a few at once: 32 MiB at most.

    Raises:
        CorpusIndexError: a file of the index is damaged or gone.
    """
    for batch in index.batches("signatures"):
        for start in range(0, len(batch), _PIECE):
            piece = batch.slice(start, _PIECE)
            yield SignedTexts(
                documents=piece.column("document").to_numpy(),
                passages=piece.column("passage").to_numpy(),
                starts=piece.column("start").to_numpy(),
                tokens=piece.column("tokens").to_numpy(),
                signatures=_matrix(piece.column("signature")),
            )


def _matrix(signatures: pa.FixedSizeBinaryArray) -> npt.NDArray[np.uint32]:
    """Return the bytes of signatures as numbers, shape (signatures, NUM_PERM)."""
    values = np.frombuffer(signatures.buffers()[1], "<u4").reshape(-1, NUM_PERM)
    # A copy: the kernels would be compiled once more for what cannot be written to.
    return values[signatures.offset : signatures.offset + len(signatures)].copy()


def places_of(index: CorpusIndex, documents: npt.NDArray[np.uint32]) -> dict[int, Place]:
    """Find where documents stand, by their numbers.

    Raises:
        CorpusIndexError: a file of the index is damaged or gone.
    """
    wanted = np.unique(documents)
    places: dict[int, Place] = {}
    for batch in index.batches("documents", ["document", "path", "row"]):
        found = np.isin(batch.column("document").to_numpy(), wanted)
        if found.any():
            rows = batch.filter(pa.array(found))
            standing = map(Place, *(rows.column(name).to_pylist() for name in ("path", "row")))
            places |= zip(rows.column("document").to_pylist(), standing, strict=True)
    return places
