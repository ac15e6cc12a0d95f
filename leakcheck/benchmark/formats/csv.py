"""Comma-separated values, with the names of the columns in the first line or without."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from typing import BinaryIO

from leakcheck.benchmark.formats.lines import text_lines
from leakcheck.benchmark.formats.row import Row

__all__ = ["read"]


def read(file: BinaryIO, rows: str) -> Iterator[Row]:
    """Yield the lines of a file: by column if `rows` is `no header`, else by name."""
    csv.field_size_limit(sys.maxsize)  # a passage may be longer than the 128 KiB it starts with
    lines = csv.reader(text_lines(file))
    try:
        names = None if rows == "no header" else next(lines, [])
        for line in lines:
            if line:
                yield Row(line if names is None else dict(zip(names, line, strict=False)))
    except csv.Error as error:
        raise ValueError(str(error)) from error
