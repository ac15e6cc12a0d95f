"""What csv and tsv share: rows of cells, told apart by a header or by their position."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from leakcheck.corpus.blocks import RecordBlock, UnreadRecord
from leakcheck.corpus.opened import OpenFile
from leakcheck.corpus.shapes import TEXT_FIELDS

__all__ = ["ROWS_LOOKED_AT", "Row", "header_of", "row_blocks"]

Row = list[str] | UnreadRecord

ROWS_LOOKED_AT = 100
"""Before it is told whether the first one is a header."""
_HEADER_CHARACTERS = 40
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*( [A-Za-z0-9_.-]+){0,2}")
_NUMBER = re.compile(r"[-+]?[0-9.,]+%?")


def row_blocks(opened: OpenFile, rows: Iterator[Row]) -> Iterator[RecordBlock]:
    """Turn rows of cells into blocks of records; the first row may be a header."""
    head = list(islice(rows, ROWS_LOOKED_AT))
    header = header_of([row for row in head if isinstance(row, list)])
    rows = chain(head[1:] if header else head, rows)
    records: list[object] = []
    characters = 0
    for row in rows:
        records.append(row if isinstance(row, UnreadRecord) else _record(header, row))
        characters += 1 if isinstance(row, UnreadRecord) else sum(map(len, row))
        if characters >= opened.batch_bytes:
            yield RecordBlock(records, opened.stream.consumed_bytes)
            records, characters = [], 0
    yield RecordBlock(records, opened.stream.consumed_bytes)


def _record(header: list[str], row: list[str]) -> dict[str, str]:
    if len(header) == len(row):
        return dict(zip(header, row, strict=True))
    names = [*header, *(f"column[{position}]" for position in range(len(header), len(row)))]
    return dict(zip(names, row, strict=False))


def header_of(rows: list[list[str]]) -> list[str]:
    """Give the column names if the first row is a header, else an empty list.

    A header's cells are unique, none is empty (but the first, above an index), none is a number
    and none is longer than 40 characters. Besides, one of them is a name under which texts are
    kept, or all look like identifiers while a cell below is too long for a header.

    >>> header_of([["Question", "A", "B"], ["Which is larger?", "a pea", "a moon"]])
    ['Question', 'A', 'B']
    >>> header_of([["Which is larger?", "a pea", "a moon"]])
    []
    """
    first = [cell.strip() for cell in rows[0]] if rows else []
    names = first if all(first) else [first[0] or "column[0]", *first[1:]] if first else []
    if not all(map(_may_be_name, names)) or len(set(names)) < len(names):
        return []
    if any(name.lower() in TEXT_FIELDS for name in names):
        return names
    long_below = any(len(cell) > _HEADER_CHARACTERS for row in rows[1:] for cell in row)
    return names if long_below and all(map(_IDENTIFIER.fullmatch, first)) else []


def _may_be_name(cell: str) -> bool:
    return 0 < len(cell) <= _HEADER_CHARACTERS and not _NUMBER.fullmatch(cell)
