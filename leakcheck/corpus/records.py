"""What reading a corpus yields: batches of passages, and what could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

__all__ = ["CorpusFile", "PassageBatch", "Skipped"]


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """One file of a corpus: what to open, how the report names it, and how large it is."""

    path: Path | None
    """The file, or None for standard input."""
    name: str
    """The name in reports: the path as the user gave it, joined with what was found below it."""
    size_bytes: int
    """Size on disk, compressed; 0 for standard input."""
    modified_ns: int | None = None
    """When it was last written to, in nanoseconds since 1970; None for standard input."""


@dataclass(frozen=True, slots=True)
class PassageBatch:
    """The passages of consecutive documents of one file, in reading order.

    A document is a record of a file, or a whole file of txt and md. A passage is one text inside
    it: a field, or a turn of a conversation. The passages of one document stand together, and a
    document is never divided between two batches.
    """

    file: CorpusFile
    texts: pa.LargeStringArray
    """Shape (passages,), UTF-8, no nulls."""
    rows: npt.NDArray[np.int64]
    """Shape (passages,): the 0-based record each passage stands in; ascending."""
    sources: Sequence[str]
    """Shape (passages,): the place of each passage in its record, as `messages[1].content`."""
    documents: int
    """Documents in this batch, those without any text included."""
    bytes_read: int
    """Bytes of the file on disk consumed since the batch before."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that could not be read, or could be read in part only."""

    name: str
    """The file's name in reports."""
    row: int | None
    """The 0-based record, or None when the file itself is meant."""
    reason: str
    """What was wrong, for a person."""
    unread_bytes: int
    """Bytes of the file that were not read because of it; 0 if all text was read after all."""
