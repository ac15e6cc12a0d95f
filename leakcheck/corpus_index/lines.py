"""Where the lines of plain JSON lines stand, so that one can be read without the others."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leakcheck.corpus.records import CorpusFile

__all__ = ["LinePlaces", "line_places"]

_SUFFIXES = (".jsonl", ".ndjson")
_PIECE_BYTES = 1 << 24
_LINE_FEED = 10


class LinePlaces(NamedTuple):
    """The lines of a file that hold a record; none of a file of another format."""

    offsets: npt.NDArray[np.int64]
    """Shape (records,): the first byte of each."""
    lengths: npt.NDArray[np.int64]
    """Shape (records,): bytes up to the line feed."""

    def of(self, rows: npt.NDArray[np.int64]) -> dict[str, pa.Array]:
        """Return the columns `offset` and `length` for some records, null where not known."""
        if not len(self.offsets) or rows[-1:].max(initial=0) >= len(self.offsets):
            nothing = pa.nulls(len(rows), pa.int64())
            return {"offset": nothing, "length": nothing}
        return {
            "offset": pa.array(self.offsets[rows]),
            "length": pa.array(self.lengths[rows]),
        }


def line_places(file: CorpusFile) -> LinePlaces:
    """Find the lines of a plain file of JSON lines that are not blank.

    What is compressed or of another format has no places: it is read from its start.
    """
    nowhere = LinePlaces(np.empty(0, np.int64), np.empty(0, np.int64))
    if file.path is None or not file.path.name.lower().endswith(_SUFFIXES):
        return nowhere
    try:
        data = np.memmap(file.path, np.uint8, "r") if file.size_bytes else np.empty(0, np.uint8)
    except (OSError, ValueError):
        return nowhere
    ends = _line_feeds(data)
    if not len(ends) or ends[-1] != len(data) - 1:
        ends = np.append(ends, len(data))
    starts = np.concatenate((np.zeros(1, np.int64), ends[:-1] + 1))
    lengths = ends - starts
    blank = [
        line
        for line in np.flatnonzero(lengths <= _LONGEST_BLANK).tolist()
        if not data[starts[line] : ends[line]].tobytes().strip()
    ]
    return LinePlaces(np.delete(starts, blank), np.delete(lengths, blank))


_LONGEST_BLANK = 64
"""A line of more spaces is taken for a record; its document then proves to be another one."""


def _line_feeds(data: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    pieces = [
        np.flatnonzero(data[start : start + _PIECE_BYTES] == _LINE_FEED) + start
        for start in range(0, len(data), _PIECE_BYTES)
    ]
    return np.concatenate([np.empty(0, np.int64), *pieces]).astype(np.int64)
