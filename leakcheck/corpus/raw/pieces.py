"""Opening a file and cutting it up, whatever its format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path, PurePath

from leakcheck.corpus.compression import compression_of
from leakcheck.corpus.encoding import decode, utf8_blocks
from leakcheck.corpus.formats.json import is_json_lines
from leakcheck.corpus.raw.array import array_pieces
from leakcheck.corpus.raw.encodings import RawStream, as_on_disk
from leakcheck.corpus.raw.lines import line_pieces
from leakcheck.corpus.raw.piece import Piece
from leakcheck.corpus.raw.rows import csv_pieces, tsv_pieces
from leakcheck.corpus.raw.values import value_pieces
from leakcheck.corpus.read import BATCH_BYTES
from leakcheck.errors import InputError

__all__ = ["is_cut_as_text", "raw_pieces"]

_Cut = Callable[[Iterator[bytes]], Iterator[Piece]]


def is_cut_as_text(name: str) -> bool:
    """Tell whether a file of this name is cut up in its bytes, and not by columns.

    >>> is_cut_as_text("a.jsonl.zst"), is_cut_as_text("a.parquet")
    (True, False)
    """
    return _suffix(name) in _CUTS


def raw_pieces(path: Path, batch_bytes: int = BATCH_BYTES) -> Iterator[Piece]:
    """Yield the pieces of a file, its compression taken off.

    Rows are those of `read_file`, if it is given the same `batch_bytes`. No more than a few batches
    are held at once, but of txt, md, and json that is neither an array nor lines the whole file.

    Raises:
        InputError: the compressed data is damaged; not before what stands in front of the damage
            has been given.
        OSError: the file cannot be opened.
    """
    with path.open("rb") as file:
        stream = RawStream(file, compression_of(path.name))
        blocks = utf8_blocks(stream, batch_bytes)
        yield from as_on_disk(stream, _CUTS[_suffix(path.name)](blocks))
        if stream.damage is not None:
            raise InputError(
                f"{path}: its compressed data is damaged ({stream.damage}), so no record can be "
                "taken out of it; mend it or leave it out"
            )


def _suffix(name: str) -> str:
    lower = name.lower()
    return PurePath(lower.removesuffix(compression_of(lower))).suffix


def _json_pieces(blocks: Iterator[bytes]) -> Iterator[Piece]:
    head = next(blocks, b"")
    whole = chain([head], blocks)
    if is_json_lines(head):
        return line_pieces(whole)
    if head.lstrip().startswith(b"["):
        return array_pieces(whole)
    return value_pieces(decode(b"".join(whole)), 0)


def _whole_piece(blocks: Iterable[bytes]) -> Iterator[Piece]:
    whole = b"".join(blocks)
    if whole:
        yield Piece(0, whole)


_CUTS: dict[str, _Cut] = {
    ".csv": csv_pieces,
    ".json": _json_pieces,
    ".jsonl": line_pieces,
    ".markdown": _whole_piece,
    ".md": _whole_piece,
    ".ndjson": line_pieces,
    ".tab": tsv_pieces,
    ".tsv": tsv_pieces,
    ".txt": _whole_piece,
}
