"""JSON lines, block by block, as their reader takes them.

A reader decodes a block of lines as one row of JSON values, and line by line only if that fails.
So a line may hold several records, and a record stand on several lines where all of its block is
sound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from leakcheck.corpus.encoding import decode, line_blocks
from leakcheck.corpus.raw.piece import Piece
from leakcheck.corpus.raw.values import value_pieces

__all__ = ["line_pieces"]

_DECODER = msgspec.json.Decoder()


def line_pieces(blocks: Iterable[bytes]) -> Iterator[Piece]:
    """Cut blocks of JSON lines into records; blank lines are none, a broken line is one."""
    row = 0
    for block in line_blocks(blocks):
        for piece in _block_pieces(block, row):
            yield piece
            row += piece.row is not None


def _block_pieces(block: bytes, first_row: int) -> Iterator[Piece]:
    lines = _lines(block)
    values = [_values(line) for line in lines]
    if None in values and _values(block) is not None:
        yield from value_pieces(decode(block), first_row)
        return
    row = first_row
    for line, count in zip(lines, values, strict=True):
        if not line.strip():
            yield Piece(None, line)
        elif count in (1, None):
            yield Piece(row, line)
            row += 1
        else:
            yield from value_pieces(decode(line), row)
            row += count or 0


def _lines(block: bytes) -> list[bytes]:
    """Split at line feeds and nowhere else."""
    lines = [line + b"\n" for line in block.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _values(data: bytes) -> int | None:
    """Count the JSON values in lines; None if they are not sound."""
    try:
        return len(_DECODER.decode_lines(data))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
