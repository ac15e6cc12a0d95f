"""Reading corpus files for an index: their documents, and at the end what else is to be kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from leakcheck.corpus import CorpusFile, PassageBatch, Skipped, read_file
from leakcheck.corpus_index.building.lines import LinePlaces, line_places

__all__ = ["UNKNOWN", "FileBatch", "FileEnd", "content_of", "read_files"]

UNKNOWN = ""
"""The content of a file that could not be opened, or changed meanwhile: it will be read again."""


class FileBatch(NamedTuple):
    """Some documents of a file."""

    batch: PassageBatch
    places: LinePlaces


class FileEnd(NamedTuple):
    """A file was read, as far as it could be."""

    file: CorpusFile
    content: str
    skipped: list[Skipped]


def read_files(
    files: Sequence[CorpusFile], text_field: str | None
) -> Iterator[FileBatch | FileEnd]:
    """Yield the batches of each file, and its end after them."""
    for file in files:
        yield from _read(file, text_field)


def _read(file: CorpusFile, text_field: str | None) -> Iterator[FileBatch | FileEnd]:
    before, content = _stamp(file), content_of(file)
    places = line_places(file)
    skipped = []
    for read in read_file(file, text_field=text_field):
        if isinstance(read, Skipped):
            skipped.append(read)
        else:
            yield FileBatch(read, places)
    if _stamp(file) != before:
        content = UNKNOWN
        skipped.append(Skipped(file.name, None, "changed while it was read; index it again", 1))
    yield FileEnd(file, content, skipped)


def _stamp(file: CorpusFile) -> tuple[int, int, int] | None:
    """Return what changes when a file is written to, or nothing if it is gone."""
    try:
        status = _path(file).stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def content_of(file: CorpusFile) -> str:
    """Return a hash of the bytes of a file; one that cannot be opened is of unknown content."""
    try:
        with _path(file).open("rb") as data:
            return hashlib.file_digest(data, partial(hashlib.blake2b, digest_size=16)).hexdigest()
    except OSError:
        return UNKNOWN


def _path(file: CorpusFile) -> Path:
    assert file.path is not None  # standard input is refused before
    return file.path
