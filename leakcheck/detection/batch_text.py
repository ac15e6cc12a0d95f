"""The text of a batch as one row of bytes, and the way back to records and characters."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from leakcheck.corpus.records import PassageBatch

__all__ = ["BatchText", "document_passages_of"]


def document_passages_of(rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the first passage of each document, and the number of passages."""
    return np.concatenate((np.flatnonzero(np.diff(rows, prepend=-1)), [len(rows)]))


class BatchText:
    """The text of a batch as one row of bytes, and the way back to records and characters."""

    def __init__(
        self,
        batch: PassageBatch,
        offsets: npt.NDArray[np.int64],
        document_passages: npt.NDArray[np.int64],
        data: memoryview,
    ) -> None:
        self.batch = batch
        self.offsets = offsets
        self.document_passages = document_passages
        self.data = data

    def decode(self, start: int, end: int) -> str:
        """Decode bytes; offsets never cut a character."""
        return bytes(self.data[start:end]).decode("utf-8", "replace")

    def borders(self, document: int) -> npt.NDArray[np.int64]:
        """Return where each passage of a document starts, and the last one ends, in bytes."""
        first, last = self.document_passages[document : document + 2]
        return self.offsets[first : last + 1]

    def after(self, end: int, most: int) -> str:
        """Return the text after a byte, up to `most` bytes of its document, a line a passage."""
        borders = self.borders(self.document_at(max(0, end - 1)))
        high = min(int(borders[-1]), end + most)
        inner = borders[np.searchsorted(borders, end) :]
        cuts = [end, *(int(border) for border in inner if border < high), high]
        return "\n".join(self.decode(start, stop) for start, stop in pairwise(cuts))

    def document_at(self, byte: int) -> int:
        """Return the number of the document that has a byte."""
        passage = int(np.searchsorted(self.offsets, byte, side="right")) - 1
        return int(np.searchsorted(self.document_passages, passage, side="right")) - 1

    def place(self, start: int, end: int) -> tuple[int, int, int]:
        """Find the passage that has most of a range of bytes, and what of the range is in it."""
        first = int(np.searchsorted(self.offsets, start, side="right")) - 1
        last = max(first, int(np.searchsorted(self.offsets, end, side="left")) - 1)
        parts = [
            (max(start, int(self.offsets[n])), min(end, int(self.offsets[n + 1])), n)
            for n in range(first, last + 1)
        ]
        part_start, part_end, passage = max(parts, key=lambda part: part[1] - part[0])
        return passage, part_start, part_end
