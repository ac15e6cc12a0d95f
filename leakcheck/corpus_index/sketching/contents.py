"""Hashes of the text of documents: whether two are the same, and one is what it was."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import allocating
from leakcheck.corpus.records import PassageBatch

__all__ = ["batch_columns", "content_hashes"]

_SEED, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
_PASSAGE_END = np.uint64(0x1FF)


def batch_columns(
    batch: PassageBatch,
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the text of a batch, where each passage starts in it, and with which each document.

    Their shapes are (bytes,), (passages + 1,) and (documents + 1,).
    """
    _, offsets_buffer, data_buffer = batch.texts.buffers()
    first = batch.texts.offset
    offsets = np.frombuffer(offsets_buffer, np.int64)[first : first + len(batch.texts) + 1]
    data = np.frombuffer(data_buffer or b"", np.uint8)
    starts = np.flatnonzero(np.diff(batch.rows, prepend=-1))
    return data, offsets, np.append(starts, len(batch.rows)).astype(np.int64)


@allocating
def content_hashes(
    data: npt.NDArray[np.uint8],
    passage_offsets: npt.NDArray[np.int64],
    document_passages: npt.NDArray[np.int64],
) -> npt.NDArray[np.uint64]:
    """Hash the text of documents with the borders of their passages (FNV-1a, 64 bits).

    Args:
        data: UTF-8 text of all passages, shape (bytes,).
        passage_offsets: where each passage starts in `data`, shape (passages + 1,).
        document_passages: the first passage of each document, shape (documents + 1,).
    """
    hashes = np.empty(len(document_passages) - 1, np.uint64)
    for document in range(len(hashes)):
        state = _SEED
        for passage in range(document_passages[document], document_passages[document + 1]):
            for at in range(passage_offsets[passage], passage_offsets[passage + 1]):
                state = (state ^ np.uint64(data[at])) * _PRIME
            state = (state ^ _PASSAGE_END) * _PRIME
        hashes[document] = state
    return hashes
