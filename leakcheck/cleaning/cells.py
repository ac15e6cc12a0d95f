"""Cutting passages out of the cells of a row, the other cells left as they were written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence

from leakcheck.cleaning.plan import Cuts, Span
from leakcheck.cleaning.uncuttable import Uncuttable
from leakcheck.corpus.formats.tsv import ESCAPE, unescape

__all__ = ["csv_cells", "cut_csv", "cut_tsv", "tsv_cells"]

_CSV_CELL = re.compile(r'(?:"(?:[^"]|"")*(?:"|\Z)[^,\r\n]*|[^,\r\n]*)')
_LINE_END = re.compile(r"[\r\n]*\Z")


def cut_csv(text: str, names: Sequence[str], cuts: Cuts) -> str:
    r"""Cut spans of characters out of the cells of a row of csv.

    >>> cut_csv('1,"so, it goes on",x\r\n', ["n", "text", "x"], {"text": [(6, 14)]})
    '1,"so, it",x\r\n'

    Raises:
        Uncuttable: the row is quoted in a way of its own.
    """
    return _cut(text, names, cuts, csv_cells, _written_csv(text), _quoted_anew)


def cut_tsv(text: str, names: Sequence[str], cuts: Cuts) -> str:
    r"""Cut spans of characters out of the cells of a row of tsv.

    >>> cut_tsv('one\\ntwo three\tx\n', ["text", "x"], {"text": [(4, 8)]})
    'one\\nthree\tx\n'

    Raises:
        Uncuttable: what is left of a cell would be read in another way.
    """
    line = text[: len(text) - len(_line_end(text))]
    return _cut(text, names, cuts, tsv_cells, line.split("\t"), _without_escaped)


def csv_cells(text: str) -> list[str]:
    """Read the cells of one row of csv."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    if len(rows) != 1:
        raise Uncuttable("not one row")
    return rows[0]


def tsv_cells(text: str) -> list[str]:
    """Read the cells of one row of tsv."""
    line = text.removesuffix("\n").removesuffix("\r")
    return [unescape(cell) for cell in line.split("\t")]


def _cut(
    text: str,
    names: Sequence[str],
    cuts: Cuts,
    read: Callable[[str], list[str]],
    written: Sequence[str],
    without: Callable[[str, str, Sequence[Span]], str],
) -> str:
    """Cut cell by cell, and see that the row is read as it should be now."""
    cells = read(text)
    if len(written) != len(cells):
        raise Uncuttable("the cells are not where they seem to be")
    wanted, new = list(cells), list(written)
    for place, cut in cuts.items():
        if names.count(place) != 1:
            raise Uncuttable(f"{names.count(place)} cells are named {place!r}")
        column = names.index(place)
        wanted[column] = _without(cells[column], cut)
        new[column] = without(written[column], cells[column], cut)
    separator = "\t" if read is tsv_cells else ","
    edited = separator.join(new) + _line_end(text)
    if read(edited) != wanted:
        raise Uncuttable("the row would be read in another way")
    return edited


def _without(text: str, cut: Sequence[Span]) -> str:
    pieces, position = [], 0
    for start, end in cut:
        pieces.append(text[position:start])
        position = end
    return "".join((*pieces, text[position:]))


def _line_end(text: str) -> str:
    found = _LINE_END.search(text)
    return found.group() if found else ""


def _written_csv(text: str) -> list[str]:
    """Give the cells of a row as they are written."""
    row = text[: len(text) - len(_line_end(text))]
    cells, position = [], 0
    while True:
        found = _CSV_CELL.match(row, position)
        end = found.end() if found else position
        cells.append(row[position:end])
        if end >= len(row):
            return cells
        position = end + 1


def _quoted_anew(written: str, cell: str, cut: Sequence[Span]) -> str:
    left = _without(cell, cut)
    is_quoted = written.startswith('"')
    return '"' + left.replace('"', '""') + '"' if is_quoted else left


def _without_escaped(written: str, cell: str, cut: Sequence[Span]) -> str:
    """Cut out of a cell as it is written, where two characters may stand for one."""
    starts, position = [], 0
    while position < len(written):
        starts.append(position)
        escape = ESCAPE.match(written, position)
        position = escape.end() if escape else position + 1
    starts.append(len(written))
    return _without(written, [(starts[start], starts[end]) for start, end in cut])
