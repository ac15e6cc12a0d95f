"""A stretch: a part of a file that is read apart from the rest of it."""

from __future__ import annotations

from dataclasses import dataclass

from leakcheck.corpus.records import CorpusFile

__all__ = ["Stretch", "whole"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What starts in a range of a file's bytes: lines, or row groups."""

    file: CorpusFile
    start_byte: int
    end_byte: int
    """The size of the file for the last one, which ends where the file does."""

    @property
    def size_bytes(self) -> int:
        """Return its size on disk."""
        return self.end_byte - self.start_byte

    @property
    def is_first(self) -> bool:
        """Tell whether the file begins with it."""
        return self.start_byte == 0

    @property
    def is_last(self) -> bool:
        """Tell whether the file ends with it."""
        return self.end_byte >= self.file.size_bytes

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing else is in the file."""
        return self.is_first and self.is_last


def whole(file: CorpusFile) -> Stretch:
    """Return a file as one stretch."""
    return Stretch(file, 0, file.size_bytes)
