"""The rare tokens of documents as an index keeps them, read document by document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.corpus_index.stored.store import CorpusIndex

__all__ = ["RareTokens", "read_rare_tokens"]


class RareTokens(NamedTuple):
    """The rare tokens of some documents, in the order of the text."""

    documents: npt.NDArray[np.uint32]
    """Shape (rare tokens,): ascending."""
    positions: npt.NDArray[np.uint32]
    """Shape (rare tokens,): the token, counted from 0 in its document."""
    codes: npt.NDArray[np.uint16]
    """Shape (rare tokens,)."""

    def at(self, rows: slice | npt.NDArray[np.bool_]) -> RareTokens:
        """Return some of them."""
        return RareTokens(self.documents[rows], self.positions[rows], self.codes[rows])

    def followed_by(self, others: RareTokens) -> RareTokens:
        """Return these and others in a row."""
        return RareTokens(
            np.concatenate((self.documents, others.documents)),
            np.concatenate((self.positions, others.positions)),
            np.concatenate((self.codes, others.codes)),
        )

    @staticmethod
    def none() -> RareTokens:
        """Return those of no document."""
        return RareTokens(np.empty(0, np.uint32), np.empty(0, np.uint32), np.empty(0, np.uint16))


def read_rare_tokens(index: CorpusIndex) -> Iterator[RareTokens]:
    """Yield all rare tokens of an index, in pieces that never divide a document.

    Raises:
        CorpusIndexError: a file of the index is damaged or gone.
    """
    begun = RareTokens.none()
    for batch in index.batches("rare_tokens"):
        read = begun.followed_by(RareTokens(*(column.to_numpy() for column in batch.columns)))
        end = slice(int(np.searchsorted(read.documents, read.documents[-1:].max(initial=0))))
        begun = read.at(slice(end.stop, None))
        if end.stop:
            yield read.at(end)
    if len(begun.documents):
        yield begun
