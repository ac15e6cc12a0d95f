"""The publisher's files: one file format a module, from an open file to its rows.

Every module has `read(file, rows)`, which yields what is one item each, with the name of the
subset where that stands in the file. `rows` is what the card says of where the items are.

To add a format, write a module and name it in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from leakcheck.benchmark.formats import csv, json, jsonl, parquet, text, tsv, xml
from leakcheck.benchmark.formats.row import Row

__all__ = ["FORMATS", "Row"]

FORMATS: dict[str, Callable[[BinaryIO, str], Iterator[Row]]] = {
    ".csv": csv.read,
    ".json": json.read,
    ".jsonl": jsonl.read,
    ".parquet": parquet.read,
    ".tsv": tsv.read,
    ".txt": text.read,
    ".xml": xml.read,
}
"""The formats by the suffix of the file; `.gz` may follow."""
