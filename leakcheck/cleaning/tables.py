"""What parquet and arrow share: rows out of a table, and passages out of its rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from leakcheck.cleaning.compressing import compressed_file
from leakcheck.cleaning.nested import cut_row
from leakcheck.cleaning.plan import FilePlan
from leakcheck.cleaning.uncuttable import Uncuttable
from leakcheck.corpus.compression import compression_of, open_stream
from leakcheck.corpus.formats.columnar import seekable
from leakcheck.corpus.opened import OpenFile
from leakcheck.corpus.read import BATCH_BYTES
from leakcheck.corpus.records import CorpusFile
from leakcheck.corpus.stretch import whole
from leakcheck.errors import InputError

__all__ = ["rewritten", "without_planned"]

_COPIED_BYTES = 4 * 1024 * 1024


def rewritten(source: Path, target: Path, write: Callable[[BinaryIO, Path], None]) -> None:
    """Let `write` turn the file, its compression taken off, into another, and compress that.

    Raises:
        InputError: the file is damaged.
        OSError: it cannot be read, or the target not be written.
    """
    compression = compression_of(source.name)
    plain = target.with_name(f"{target.name}.plain") if compression else target
    opened = CorpusFile(source, source.name, source.stat().st_size)
    with (
        open_stream(whole(opened)) as stream,
        seekable(OpenFile(whole(opened), stream, None, BATCH_BYTES)) as file,
    ):
        try:
            write(file, plain)
        except pa.ArrowException as error:
            raise InputError(
                f"{source}: cannot be rewritten without what leaks: "
                f"{str(error).splitlines()[0]}; mend it or leave it out"
            ) from error
    if compression:
        with plain.open("rb") as file, compressed_file(target, compression) as packed:
            while block := file.read(_COPIED_BYTES):
                packed.write(block)
        plain.unlink()


def without_planned(
    table: pa.Table, first_row: int, plan: FilePlan, text_field: str | None
) -> pa.Table:
    """Take out of the rows from `first_row` on what their plan says."""
    last_row = first_row + len(table)
    parts, position = [], 0
    for row in sorted(row for row in plan.cuts if first_row <= row < last_row):
        number = row - first_row
        try:
            edited = cut_row(table.slice(number, 1), plan.cuts[row], text_field)
        except Uncuttable:
            plan.drop(row)
            continue
        parts += [table.slice(position, number - position), edited]
        position = number + 1
    if parts:
        table = pa.concat_tables([*parts, table.slice(position)])
    gone = [row - first_row for row in plan.dropped if first_row <= row < last_row]
    if not gone:
        return table
    keep = np.ones(len(table), np.bool_)
    keep[gone] = False
    return table.filter(pa.array(keep))
