"""Parquet: row group by row group, and of the columns only those that can hold text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

from leakcheck.corpus.batches import batches
from leakcheck.corpus.blocks import RecordBlock, UnreadRows
from leakcheck.corpus.columns import text_columns
from leakcheck.corpus.formats.columnar import no_text, rows_per_batch, seekable
from leakcheck.corpus.opened import OpenFile
from leakcheck.corpus.records import PassageBatch, Skipped

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

__all__ = ["read_parquet"]


def read_parquet(opened: OpenFile) -> Iterator[PassageBatch | Skipped]:
    """Read a parquet file; a damaged row group is skipped."""
    from pyarrow.parquet import ParquetFile

    with seekable(opened) as source:
        # Of a store all columns of a row group are asked for at once, in few large ranges.
        is_remote = opened.file.uri is not None
        parquet = ParquetFile(source, page_checksum_verification=True, pre_buffer=is_remote)
        columns = text_columns(parquet.schema_arrow, opened.text_field)
        if columns or not parquet.metadata.num_rows:
            yield from batches(opened, _blocks(opened, parquet, columns))
        else:
            yield no_text(opened, parquet.schema_arrow)


def _blocks(
    opened: OpenFile, parquet: ParquetFile, columns: list[str]
) -> Iterator[RecordBlock | UnreadRows]:
    rows_before = 0
    for number in range(parquet.num_row_groups):
        yield from _row_group(opened, parquet, columns, number, rows_before)
        rows_before += parquet.metadata.row_group(number).num_rows
    yield RecordBlock([], opened.file.size_bytes)


def _row_group(
    opened: OpenFile, parquet: ParquetFile, columns: list[str], number: int, rows_before: int
) -> Iterator[RecordBlock | UnreadRows]:
    group, file_rows = parquet.metadata.row_group(number), parquet.metadata.num_rows
    size_bytes = opened.file.size_bytes
    batch_rows = rows_per_batch(opened, group.num_rows, group.total_byte_size)
    rows = 0
    try:
        for batch in parquet.iter_batches(batch_rows, row_groups=[number], columns=columns):
            rows += len(batch)
            yield RecordBlock(batch, size_bytes * (rows_before + rows) // file_rows)
    except (pa.ArrowException, OSError) as error:
        lost_rows = group.num_rows - rows
        lost_bytes = max(1, size_bytes * lost_rows // file_rows)
        what = "is damaged" if opened.file.uri is None else "could not be read"
        yield UnreadRows(lost_rows, f"row group {number} {what}: {error}", lost_bytes)
