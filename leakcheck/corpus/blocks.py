"""What formats hand over: blocks of records, in the order of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

__all__ = ["RecordBlock", "UnreadRecord", "UnreadRows"]


@dataclass(frozen=True, slots=True)
class RecordBlock:
    """Consecutive records of a file."""

    records: Sequence[object] | pa.RecordBatch
    """As JSON would give them (dict, list, str) or as columns; UnreadRecord where one is lost."""
    consumed_bytes: int
    """Bytes of the file on disk consumed up to the end of this block."""


@dataclass(frozen=True, slots=True)
class UnreadRecord:
    """Stands in a block in the place of a record that could not be read."""

    reason: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class UnreadRows:
    """Consecutive records that were lost together, as with a damaged row group."""

    rows: int
    reason: str
    size_bytes: int
