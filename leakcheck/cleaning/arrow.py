"""Writing an Arrow file or stream anew, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from leakcheck.cleaning.arrow_codec import codec_of
from leakcheck.cleaning.plan import FilePlan
from leakcheck.cleaning.tables import rewritten, without_planned
from leakcheck.errors import InputError

__all__ = ["write_arrow"]

_FILE_MAGIC = b"ARROW1"


def write_arrow(source: Path, target: Path, plan: FilePlan, text_field: str | None) -> None:
    """Write an Arrow or Feather file without what its plan takes out.

    Kept are the format (file or stream), the schema with its metadata, which rows make a batch, and
    the compression inside. One batch is held at once.

    Raises:
        InputError: the file is damaged.
        OSError: it cannot be read, or the target not be written.
    """

    def write(file: BinaryIO, plain: Path) -> None:
        is_file = file.read(len(_FILE_MAGIC)) == _FILE_MAGIC
        options = pa.ipc.IpcWriteOptions(compression=codec_of(file, is_file=is_file))
        file.seek(0)
        reader = pa.ipc.open_file(file) if is_file else pa.ipc.open_stream(file)
        new = pa.ipc.new_file if is_file else pa.ipc.new_stream
        with new(plain, reader.schema, options=options) as writer:
            rows = _write_batches(reader, writer, plan, text_field)
        if plan.rows and max(plan.rows) >= rows:
            raise InputError(f"{source}: there is no record {max(plan.rows)} any more; scan again")

    rewritten(source, target, write)


def _write_batches(
    reader: Any,  # noqa: ANN401 (pyarrow has no types)
    writer: Any,  # noqa: ANN401
    plan: FilePlan,
    text_field: str | None,
) -> int:
    """Write all batches; give the number of rows there were."""
    first_row = 0
    for batch, metadata in _batches(reader):
        rows = range(first_row, first_row + len(batch))
        first_row = rows.stop
        if plan.rows.isdisjoint(rows):
            writer.write_batch(batch, metadata)
            continue
        left = without_planned(pa.Table.from_batches([batch]), rows.start, plan, text_field)
        whole = left.combine_chunks().to_batches() or [batch.slice(0, 0)]
        for part in whole:
            writer.write_batch(part, metadata)
    return first_row


def _batches(reader: Any) -> Iterator[tuple[pa.RecordBatch, Any]]:  # noqa: ANN401
    if hasattr(reader, "num_record_batches"):
        for number in range(reader.num_record_batches):
            found = reader.get_batch_with_custom_metadata(number)
            yield found.batch, found.custom_metadata
    else:
        for found in reader.iter_batches_with_custom_metadata():
            yield found.batch, found.custom_metadata
