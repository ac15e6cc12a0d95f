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


def stretches_of(file: CorpusFile, most_bytes: int = STRETCH_BYTES) -> list[Stretch]:
    """Cut a file into stretches of one size, the last one perhaps smaller.

    A file of which only some records are wanted stays whole, as these are known by their numbers.

    >>> file = CorpusFile(None, "corpus.jsonl", 25)
    >>> [(stretch.start_byte, stretch.end_byte) for stretch in stretches_of(file, 10)]
    [(0, 10), (10, 20), (20, 25)]
    >>> len(stretches_of(CorpusFile(None, "corpus.jsonl.zst", 25), 10))
    1
    """
    return [stretch_of(file, number, most_bytes) for number in range(pieces_of(file, most_bytes))]


def pieces_of(file: CorpusFile, most_bytes: int = STRETCH_BYTES) -> int:
    """Tell into how many stretches a file is cut.

    >>> pieces_of(CorpusFile(None, "corpus.jsonl", 25), 10)
    3
    """
    if file.part is not None or not can_be_cut(file.name):
        return 1
    return max(1, -(-file.size_bytes // most_bytes))


def stretch_of(file: CorpusFile, number: int, most_bytes: int = STRETCH_BYTES) -> Stretch:
    """Return one of the stretches that a file is cut into."""
    if file.part is not None or not can_be_cut(file.name):
        return whole(file)
    start_byte = number * most_bytes
    return Stretch(file, start_byte, min(start_byte + most_bytes, file.size_bytes))
