"""Rows of cells: the lines that a reader took for each, and the header that it took for none."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from leakcheck.corpus.encoding import decode, line_blocks
from leakcheck.corpus.formats.delimited import ROWS_LOOKED_AT, header_of
from leakcheck.corpus.formats.tsv import unescape
from leakcheck.corpus.raw.piece import Piece

__all__ = ["csv_pieces", "tsv_pieces"]

_CELL_CHARACTERS = 2**31 - 1


class _RawRow(NamedTuple):
    text: str
    cells: list[str] | None
    """None for a row that cannot be read; empty for a blank one, which is no record."""


def csv_pieces(blocks: Iterable[bytes]) -> Iterator[Piece]:
    """Cut comma-separated values into rows; a row may have line feeds in its quoted cells."""
    return _pieces(_csv_rows(blocks))


def tsv_pieces(blocks: Iterable[bytes]) -> Iterator[Piece]:
    """Cut tab-separated values into rows, which are lines."""
    return _pieces(_tsv_rows(blocks))


def _csv_rows(blocks: Iterable[bytes]) -> Iterator[_RawRow]:
    taken: list[str] = []

    def noted(lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    csv.field_size_limit(_CELL_CHARACTERS)
    texts = (io.StringIO(decode(block), newline="") for block in line_blocks(blocks))
    rows = csv.reader(noted(chain.from_iterable(texts)))
    while True:
        cells: list[str] | None
        try:
            cells = next(rows)
        except StopIteration:
            break
        except csv.Error:
            cells = None
        yield _RawRow("".join(taken), cells)
        taken.clear()
    if taken:
        yield _RawRow("".join(taken), [])


def _tsv_rows(blocks: Iterable[bytes]) -> Iterator[_RawRow]:
    for block in line_blocks(blocks):
        lines = decode(block).split("\n")
        for number, line in enumerate(lines):
            text = line if number == len(lines) - 1 else line + "\n"
            cells = [unescape(cell) for cell in line.removesuffix("\r").split("\t")]
            yield _RawRow(text, cells if line.strip() else [])


def _pieces(rows: Iterator[_RawRow]) -> Iterator[Piece]:
    head = list(_head(rows))
    header = header_of([raw.cells for raw in head if raw.cells])
    row = -1 if header else 0
    for raw in chain(head, rows):
        data = raw.text.encode("utf-8", "surrogateescape")
        if raw.cells == []:
            yield Piece(None, data)
            continue
        yield Piece(row if row >= 0 else None, data, names=_names(header, raw.cells or []))
        row += 1


def _head(rows: Iterator[_RawRow]) -> Iterator[_RawRow]:
    """Take the rows by which a reader tells whether there is a header, and the blank ones there."""
    missing = ROWS_LOOKED_AT
    for raw in rows:
        yield raw
        missing -= raw.cells != []
        if not missing:
            return


def _names(header: list[str], cells: list[str]) -> tuple[str, ...]:
    unnamed = (f"column[{position}]" for position in range(len(header), len(cells)))
    return (*header[: len(cells)], *unnamed)
