"""Parquet: a row an item, as most of the model hub has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from leakcheck.benchmark.formats.row import Row

__all__ = ["read"]


def read(file: BinaryIO, rows: str) -> Iterator[Row]:
    """Yield the rows of a file; a file that is no Parquet is a ValueError, as elsewhere."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        for batch in pq.ParquetFile(file).iter_batches(batch_size=1024):
            yield from (Row(record) for record in batch.to_pylist())
    except pa.ArrowException as error:
        raise ValueError(str(error)) from error
