"""Comma-separated values, quoted as spreadsheets and pandas quote them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import chain

from leakcheck.corpus.batches import batches
from leakcheck.corpus.blocks import UnreadRecord
from leakcheck.corpus.encoding import decode, line_blocks, utf8_blocks
from leakcheck.corpus.formats.delimited import Row, row_blocks
from leakcheck.corpus.opened import OpenFile
from leakcheck.corpus.records import PassageBatch, Skipped

__all__ = ["read_csv"]

_CELL_CHARACTERS = 2**31 - 1  # the largest limit that every platform takes


def read_csv(opened: OpenFile) -> Iterator[PassageBatch | Skipped]:
    """Read comma-separated values, with or without a header."""
    yield from batches(opened, row_blocks(opened, _rows(opened)))


def _rows(opened: OpenFile) -> Iterator[Row]:
    blocks = line_blocks(utf8_blocks(opened.stream, opened.batch_bytes))
    # newline="" leaves line ends inside quotes as they are, and splits at \r too.
    lines = chain.from_iterable(io.StringIO(decode(block), newline="") for block in blocks)
    csv.field_size_limit(_CELL_CHARACTERS)
    rows = csv.reader(lines)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield UnreadRecord(f"not a row of csv: {error}", 1)
            continue
        if row:
            yield row
