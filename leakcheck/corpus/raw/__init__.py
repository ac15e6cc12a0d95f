"""Where each record stands in the bytes of its file, by the very rules of its reader.

The flow: `raw_pieces` opens a text file and picks what cuts it up by its suffix (`pieces`): lines
of JSON (`lines`), one JSON value after another (`values`), the elements of an array (`array`), rows
of cells (`rows`), or the whole text. The pieces together are the file, byte for byte; those that
are records carry the row number that `read_file` gives them. `encodings` leads from what a reader
sees back to the bytes on disk.
"""

from __future__ import annotations

from leakcheck.corpus.raw.piece import Piece
from leakcheck.corpus.raw.pieces import is_cut_as_text, raw_pieces

__all__ = ["Piece", "is_cut_as_text", "raw_pieces"]
