"""Tab-separated values: a line a row, no quoting, no header; columns are counted from 0."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from leakcheck.benchmark.formats.lines import text_lines
from leakcheck.benchmark.formats.row import Row

__all__ = ["read"]


def read(file: BinaryIO, rows: str) -> Iterator[Row]:
    """Yield the lines of a file that are not empty."""
    for line in text_lines(file):
        if line.strip():
            yield Row(line.rstrip("\r\n").split("\t"))
