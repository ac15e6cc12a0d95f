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
from leakcheck.corpus.stretch import Stretch

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
    groups = _row_groups(parquet, opened.stretch)
    rows = sum(parquet.metadata.row_group(number).num_rows for number in groups)
    rows_before = 0
    for number in groups:
        yield from _row_group(opened, parquet, columns, number, rows_before, rows)
        rows_before += parquet.metadata.row_group(number).num_rows
    yield RecordBlock([], opened.stretch.size_bytes)


def _row_groups(parquet: ParquetFile, stretch: Stretch) -> list[int]:
    """Return the row groups that start in a stretch."""
    groups = range(parquet.num_row_groups)
    if stretch.is_whole:
        return list(groups)
    last_byte = stretch.file.size_bytes - 1
    # Each one must be in some stretch, also if its offset is beyond the file.
    starts = [min(max(_start_byte(parquet, number), 0), last_byte) for number in groups]
    return [number for number in groups if stretch.start_byte <= starts[number] < stretch.end_byte]


def _start_byte(parquet: ParquetFile, number: int) -> int:
    """Return where the first page of a row group stands; 0 if it has no column."""
    group = parquet.metadata.row_group(number)
    if not group.num_columns:
        return 0
    column = group.column(0)
    # Some writers leave the offset of a dictionary 0 where there is none.
    return int(column.dictionary_page_offset or column.data_page_offset)


def _row_group(
    opened: OpenFile,
    parquet: ParquetFile,
    columns: list[str],
    number: int,
    rows_before: int,
    all_rows: int,
) -> Iterator[RecordBlock | UnreadRows]:
    """Read a row group that has `rows_before` of the stretch's rows in front of it."""
    group = parquet.metadata.row_group(number)
    size_bytes = opened.stretch.size_bytes
    batch_rows = rows_per_batch(opened, group.num_rows, group.total_byte_size)
    rows = 0
    try:
        for batch in parquet.iter_batches(batch_rows, row_groups=[number], columns=columns):
            rows += len(batch)
            yield RecordBlock(batch, size_bytes * (rows_before + rows) // all_rows)
    except (pa.ArrowException, OSError) as error:
        lost_rows = group.num_rows - rows
        lost_bytes = max(1, size_bytes * lost_rows // all_rows)
        what = "is damaged" if opened.file.uri is None else "could not be read"
        yield UnreadRows(lost_rows, f"row group {number} {what}: {error}", lost_bytes)
