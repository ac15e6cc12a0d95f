"""Writing a text format anew: records cut out of its bytes, all others left as they are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePath

from leakcheck.cleaning.cells import csv_cells, cut_csv, cut_tsv, tsv_cells
from leakcheck.cleaning.compressing import compressed_file
from leakcheck.cleaning.json_strings import cut_json
from leakcheck.cleaning.plan import Cuts, FilePlan
from leakcheck.cleaning.uncuttable import Uncuttable
from leakcheck.corpus.compression import compression_of
from leakcheck.corpus.raw import Piece, raw_pieces
from leakcheck.corpus.shapes import passages_of
from leakcheck.errors import InputError

__all__ = ["write_text_file"]

_DECODER = json.JSONDecoder(strict=False)
_WHOLE_FILES = frozenset({".markdown", ".md", ".txt"})

_Edit = Callable[[Piece, Cuts, str | None], str]


def write_text_file(source: Path, target: Path, plan: FilePlan, text_field: str | None) -> None:
    """Write a file without what its plan takes out; where all of a text goes, no file is written.

    A passage that cannot be cut out by itself, or that leaves nothing behind, takes its record with
    it, and the plan is made to say so.

    Raises:
        InputError: the file is damaged, or has not the records that were planned for.
        OSError: it cannot be read, or the target not be written.
    """
    compression = compression_of(source.name)
    suffix = PurePath(source.name.lower().removesuffix(compression)).suffix
    edit = _EDITS.get(suffix, _edited_json)
    with compressed_file(target, compression) as file:
        for data in _kept(raw_pieces(source), plan, edit, text_field):
            file.write(data)
    if suffix in _WHOLE_FILES and plan.dropped:
        target.unlink()


def _kept(
    pieces: Iterable[Piece], plan: FilePlan, edit: _Edit, text_field: str | None
) -> Iterator[bytes]:
    """Yield what stays; the first record that does needs nothing to part it from one before."""
    is_first, missing = True, plan.rows
    for piece in pieces:
        if piece.row is None:
            yield piece.data
            continue
        missing.discard(piece.row)
        left = _without_passages(piece, plan, edit, text_field)
        if left is not None:
            yield left.data if is_first else left.lead + left.data
            is_first = False
    if missing:
        raise InputError(f"there is no record {min(missing)} any more; scan again")


def _without_passages(
    piece: Piece, plan: FilePlan, edit: _Edit, text_field: str | None
) -> Piece | None:
    """Give what is left of a record; None if it goes whole."""
    row = piece.row if piece.row is not None else -1
    if row in plan.cuts:
        try:
            return piece.with_text(edit(piece, plan.cuts[row], text_field))
        except Uncuttable:
            plan.drop(row)
    return None if row in plan.dropped else piece


def _edited_json(piece: Piece, cuts: Cuts, text_field: str | None) -> str:
    edited = cut_json(piece.text, cuts, text_field)
    _see_that_text_is_left(_DECODER.decode(edited), text_field)
    return edited


def _edited_csv(piece: Piece, cuts: Cuts, text_field: str | None) -> str:
    edited = cut_csv(piece.text, piece.names, cuts)
    _see_that_text_is_left(dict(zip(piece.names, csv_cells(edited), strict=False)), text_field)
    return edited


def _edited_tsv(piece: Piece, cuts: Cuts, text_field: str | None) -> str:
    edited = cut_tsv(piece.text, piece.names, cuts)
    _see_that_text_is_left(dict(zip(piece.names, tsv_cells(edited), strict=False)), text_field)
    return edited


def _edited_text(piece: Piece, cuts: Cuts, text_field: str | None) -> str:
    text = piece.text
    for start, end in reversed(cuts[""]):
        text = text[:start] + text[end:]
    _see_that_text_is_left(text, None)
    return text


def _see_that_text_is_left(record: object, text_field: str | None) -> None:
    if not any(True for _ in passages_of(record, text_field)):
        raise Uncuttable("no text is left")


_EDITS: dict[str, _Edit] = {
    ".csv": _edited_csv,
    ".tab": _edited_tsv,
    ".tsv": _edited_tsv,
    **dict.fromkeys(_WHOLE_FILES, _edited_text),
}
