"""From the lines that were added to a text file to its rows, as its reader counts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from leakcheck.corpus.git import LineRange
from leakcheck.corpus.raw import Piece
from leakcheck.corpus.records import Part

__all__ = ["added_part"]


class _Span(NamedTuple):
    """The lines that a row stands in, from 1."""

    row: int
    first: int
    last: int
    size_bytes: int


def added_part(pieces: Iterable[Piece], added: Sequence[LineRange]) -> Part:
    """Tell which rows of a file stand in lines that were added, in part at least.

    Args:
        pieces: the file, in one-byte units; blank lines and a header among them are no rows.
        added: in ascending order.

    >>> pieces = [Piece(0, b"one\\n"), Piece(None, b"\\n"), Piece(1, b"two\\n")]
    >>> added_part(pieces, [LineRange(2, 3)])
    Part(rows=frozenset({1}), size_bytes=4)
    """
    rows, size_bytes, ranges = set(), 0, iter(added)
    current = next(ranges, None)
    for span in _spans(pieces):
        while current is not None and current.last < span.first:
            current = next(ranges, None)
        if current is None:
            break
        if current.first <= span.last:
            rows.add(span.row)
            size_bytes += span.size_bytes
    return Part(frozenset(rows), size_bytes)


def _spans(pieces: Iterable[Piece]) -> Iterator[_Span]:
    line = 1
    for piece in pieces:
        line += piece.lead.count(b"\n")
        if piece.row is not None:
            before = len(piece.data) - len(piece.data.lstrip())
            first = line + piece.data.count(b"\n", 0, before)
            last = line + piece.data.removesuffix(b"\n").count(b"\n")
            yield _Span(piece.row, first, max(first, last), len(piece.data))
        line += piece.data.count(b"\n")
