"""Cutting large files into stretches, so that all cores have work on any input.

A file of JSON lines, or of parquet, is cut at bytes that its size alone decides, and a stretch has
the lines or row groups that start in it. Nothing has to be read to cut a file, and a corpus is cut
alike on every machine. Any other file is one stretch: where a record starts in it is not known
before all in front of it is read.
"""

from __future__ import annotations

from leakcheck.corpus.formats import can_be_cut
from leakcheck.corpus.records import CorpusFile
from leakcheck.corpus.stretch import Stretch, whole

__all__ = ["STRETCH_BYTES", "pieces_of", "stretch_of", "stretches_of"]

STRETCH_BYTES = 16 * 1024 * 1024
"""So small that no core waits long for the last one, so large that opening it costs nothing."""


def stretches_of(file: CorpusFile, about_bytes: int = STRETCH_BYTES) -> list[Stretch]:
    """Cut a file into stretches of about one size, as near to `about_bytes` as that can be.

    A file of which only some records are wanted stays whole, as these are known by their numbers.

    >>> file = CorpusFile(None, "corpus.jsonl", 25)
    >>> [(stretch.start_byte, stretch.end_byte) for stretch in stretches_of(file, 10)]
    [(0, 8), (8, 16), (16, 25)]
    >>> len(stretches_of(CorpusFile(None, "corpus.jsonl.zst", 25), 10))
    1
    """
    return [stretch_of(file, number, about_bytes) for number in range(pieces_of(file, about_bytes))]


def pieces_of(file: CorpusFile, about_bytes: int = STRETCH_BYTES) -> int:
    """Tell into how many stretches a file is cut.

    >>> pieces_of(CorpusFile(None, "corpus.jsonl", 25), 10)
    3
    """
    if file.part is not None or not can_be_cut(file.name):
        return 1
    # Not a small one at the end, which would cost as much to open as any other.
    return max(1, (2 * file.size_bytes + about_bytes) // (2 * about_bytes))


def stretch_of(file: CorpusFile, number: int, about_bytes: int = STRETCH_BYTES) -> Stretch:
    """Return one of the stretches that a file is cut into."""
    if file.part is not None or not can_be_cut(file.name):
        return whole(file)
    pieces = pieces_of(file, about_bytes)
    start_byte, end_byte = (file.size_bytes * n // pieces for n in (number, number + 1))
    return Stretch(file, start_byte, end_byte)
