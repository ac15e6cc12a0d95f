"""What parquet and arrow share: a file to seek in, and batches of a bounded size."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pyarrow as pa

from leakcheck.corpus.columns import holds_text
from leakcheck.corpus.opened import OpenFile
from leakcheck.corpus.records import Skipped
from leakcheck.corpus.storage import open_columns

__all__ = ["no_text", "rows_per_batch", "seekable"]

_COPIED_BYTES = 4 * 1024 * 1024


@contextmanager
def seekable(opened: OpenFile) -> Iterator[BinaryIO]:
    """Give the file itself, or a temporary copy of it without the compression around it."""
    if not opened.file.is_standard_input and not opened.stream.compression:
        with open_columns(opened.file) as plain:
            yield plain
        return
    with tempfile.TemporaryFile() as copy:
        while block := opened.stream.read(_COPIED_BYTES):
            copy.write(block)
        copy.seek(0)
        yield copy


def rows_per_batch(opened: OpenFile, rows: int, size_bytes: int) -> int:
    """Tell how many of so many rows of that size together make a batch."""
    return max(1, opened.batch_bytes * rows // max(size_bytes, 1))


def no_text(opened: OpenFile, schema: pa.Schema) -> Skipped:
    """Say that no column was found to read, and which there are."""
    columns = ", ".join(f"{field.name} ({field.type})" for field in schema)
    has_text = any(holds_text(field.type) for field in schema)
    wanted = f"no text column {opened.text_field!r}" if has_text else "no column that holds text"
    reason = f"{wanted}; its columns: {columns or 'none'}"
    return Skipped(opened.file.name, None, reason, opened.stretch.size_bytes)
