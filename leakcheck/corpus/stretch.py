"""A stretch: a part of a file that is read apart from the rest of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from leakcheck.corpus.records import CorpusFile

__all__ = ["Place", "Stretch", "place_named", "placed_name", "whole"]

_FROM_BYTE = re.compile(r"#byte=(\d+)$")


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
    def wanted_bytes(self) -> int:
        """Return the size of what is to be read of it, where only some records are."""
        return self.size_bytes if self.file.part is None else self.file.wanted_bytes

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


class Place(NamedTuple):
    """Where rows are counted from."""

    name: str
    """Of the file."""
    start_byte: int
    """0 where rows are those of the file."""


def placed_name(name: str, start_byte: int) -> str:
    """Name a place inside a file, from which rows are counted as what is before was not read.

    No format has a suffix that looks like it, so no file of a corpus is called that.

    >>> placed_name("web.jsonl", 1048576), placed_name("web.jsonl", 0)
    ('web.jsonl#byte=1048576', 'web.jsonl')
    """
    return f"{name}#byte={start_byte}" if start_byte else name


def place_named(path: str) -> Place:
    """Return the file of a place, and where in it rows are counted from.

    >>> place_named("web.jsonl#byte=1048576"), place_named("web.jsonl")
    (Place(name='web.jsonl', start_byte=1048576), Place(name='web.jsonl', start_byte=0))
    """
    found = _FROM_BYTE.search(path)
    return Place(path, 0) if found is None else Place(path[: found.start()], int(found[1]))
