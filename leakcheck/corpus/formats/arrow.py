"""Arrow IPC, file and stream format; Feather (version 2) is the file format."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa

from leakcheck.corpus.batches import batches
from leakcheck.corpus.blocks import RecordBlock
from leakcheck.corpus.columns import text_columns
from leakcheck.corpus.formats.columnar import no_text, rows_per_batch, seekable
from leakcheck.corpus.opened import OpenFile
from leakcheck.corpus.records import PassageBatch, Skipped

__all__ = ["read_arrow"]

_FILE_MAGIC = b"ARROW1"

_Read = tuple[pa.RecordBatch, int]
"""A batch, and the bytes of the file on disk that were consumed up to its end."""


def read_arrow(opened: OpenFile) -> Iterator[PassageBatch | Skipped]:
    """Read an Arrow file batch by batch."""
    with seekable(opened) as source:
        is_file = source.read(len(_FILE_MAGIC)) == _FILE_MAGIC
        source.seek(0)
        reader = pa.ipc.open_file(source) if is_file else pa.ipc.open_stream(source)
        columns = text_columns(reader.schema, opened.text_field)
        if not columns:
            yield no_text(opened, reader.schema)
            return
        size_bytes = opened.file.size_bytes
        read = (
            _file_batches(reader, size_bytes)
            if is_file
            else _stream_batches(reader, source, size_bytes)
        )
        yield from batches(opened, _blocks(opened, read, columns))


def _blocks(opened: OpenFile, read: Iterator[_Read], columns: list[str]) -> Iterator[RecordBlock]:
    """Cut batches to size; their writer may have put the whole data set into one."""
    consumed_before = 0
    for whole, consumed in read:
        batch = whole.select(columns)
        batch_rows = rows_per_batch(opened, len(batch), batch.nbytes)
        for first in range(0, len(batch), batch_rows):
            part = batch.slice(first, batch_rows)
            done = (first + len(part)) / len(batch)
            yield RecordBlock(part, consumed_before + int((consumed - consumed_before) * done))
        consumed_before = consumed
    yield RecordBlock([], opened.file.size_bytes)


def _file_batches(reader: pa.ipc.RecordBatchFileReader, size_bytes: int) -> Iterator[_Read]:
    for number in range(reader.num_record_batches):
        yield reader.get_batch(number), size_bytes * (number + 1) // reader.num_record_batches


def _stream_batches(
    reader: pa.ipc.RecordBatchStreamReader, source: BinaryIO, size_bytes: int
) -> Iterator[_Read]:
    start = source.tell()
    end_byte = source.seek(0, io.SEEK_END)
    source.seek(start)
    for batch in reader:
        yield batch, size_bytes * source.tell() // end_byte
