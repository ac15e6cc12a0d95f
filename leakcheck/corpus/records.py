"""What reading a corpus yields: batches of passages, and what could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

__all__ = ["LFS_POINTER", "NOT_A_FORMAT", "CorpusFile", "Part", "PassageBatch", "Skipped"]

LFS_POINTER = "a Git LFS pointer, not the data; run `git lfs pull` to get it"
"""The reason for which such a file is skipped."""

NOT_A_FORMAT = "not a format leakcheck reads"
"""The reason for which a file is skipped that is no data."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some records of a file."""

    rows: frozenset[int]
    """The 0-based records."""
    size_bytes: int
    """Of these records, as they stand in the file."""


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """One file of a corpus: what to open, how the report names it, and how large it is.

    It is on disk (`path`), in an object store (`uri`), or standard input (neither).
    """

    path: Path | None
    """The file on disk, if it is one."""
    name: str
    """The name in reports: the path as the user gave it, joined with what was found below it."""
    size_bytes: int
    """Size where it is stored, compressed; 0 for standard input."""
    modified_ns: int | None = None
    """When it was last written to, in nanoseconds since 1970; None where that is not known."""
    part: Part | None = None
    """The records to read, if not all."""
    uri: str | None = None
    """The object, if it is one: what it is opened by, from any process or machine."""

    @property
    def is_standard_input(self) -> bool:
        """Whether it can be read once only, and by this process."""
        return self.path is None and self.uri is None

    @property
    def base_name(self) -> str:
        """Return the name without folders, which tells the format; empty for standard input."""
        if self.uri is not None:
            return self.uri.rpartition("/")[2]
        return "" if self.path is None else self.path.name

    @property
    def wanted_bytes(self) -> int:
        """Return the size of what is to be read of it."""
        return self.size_bytes if self.part is None else self.part.size_bytes


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
    end_row: int = 0
    """The number of the record behind the last one of this batch, lost ones counted."""


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
    other_fields: tuple[str, ...] = ()
    """What fields there are, if no record of the file had the one that was asked for."""
