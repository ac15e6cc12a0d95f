"""Where the lines of plain JSON lines stand, so that one can be read without the others."""

from __future__ import annotations

from typing import BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leakcheck.corpus.records import CorpusFile

__all__ = ["LinePlaces", "line_places"]

_SUFFIXES = (".jsonl", ".ndjson")
_PIECE_BYTES = 1 << 24
_LINE_FEED, _SPACE = 10, 32
_LONGEST_BLANK = 64
"""A line of more spaces is taken for a record; its document then proves to be another one."""


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
        # Not mapped to memory: a file that is cut short meanwhile would end the process.
        with file.path.open("rb") as lines:
            starts, ends, doubtful = _bounds(lines)
            blank = [
                line for line in doubtful if _is_blank(lines, int(starts[line]), int(ends[line]))
            ]
    except OSError:
        return nowhere
    return LinePlaces(np.delete(starts, blank), np.delete(ends - starts, blank))


def _bounds(
    lines: BinaryIO,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], list[int]]:
    """Return where lines begin and end, and which of them begin like a blank one."""
    starts, doubtful = [np.empty(0, np.int64)], [np.empty(0, np.bool_)]
    size, last = 0, b"\n"
    while piece := lines.read(_PIECE_BYTES):
        data = np.frombuffer(last + piece, np.uint8)
        feeds = np.flatnonzero(data[:-1] == _LINE_FEED)  # a line begins behind each
        starts.append(feeds + size)
        doubtful.append(data[feeds + 1] <= _SPACE)
        size, last = size + len(piece), piece[-1:]
    begun = np.concatenate(starts)
    ended = np.append(begun[1:] - 1, size - int(last == b"\n"))[: len(begun)]
    return begun, ended, np.flatnonzero(np.concatenate(doubtful)).tolist()


def _is_blank(lines: BinaryIO, start: int, end: int) -> bool:
    if end - start > _LONGEST_BLANK:
        return False
    lines.seek(start)
    return not lines.read(end - start).strip()
