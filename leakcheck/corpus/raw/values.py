"""JSON values one after the other, on one line or over many."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from leakcheck.corpus.raw.piece import Piece

__all__ = ["value_pieces"]

_LENIENT = json.JSONDecoder(strict=False)
_SPACE = re.compile(r"\s*")


def value_pieces(text: str, first_row: int) -> Iterator[Piece]:
    """Cut a text into its JSON values, each with the white space behind it.

    What cannot be decoded is one record up to the end of the text, as the reader takes it.

    >>> [piece.data for piece in value_pieces('{"a": 1} {"a": 2}\\n', 0)]
    [b'{"a": 1} ', b'{"a": 2}', b'\\n']
    """
    position = len(text) - len(text.lstrip())
    end = max(position, len(text.rstrip()))
    if position:
        yield _piece(None, text[:position])
    row = first_row
    while position < end:
        try:
            _, value_end = _LENIENT.raw_decode(text, position)
        except (ValueError, RecursionError):
            value_end = end
        space = _SPACE.match(text, value_end, end)
        next_position = space.end() if space else value_end
        yield _piece(row, text[position:next_position])
        row, position = row + 1, next_position
    if end < len(text):
        yield _piece(None, text[end:])


def _piece(row: int | None, text: str) -> Piece:
    return Piece(row, text.encode("utf-8", "surrogateescape"))
