"""Verifying an index: every file is read, and compared with what the manifest says of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from leakcheck.corpus_index.stored.records import DataFile
from leakcheck.corpus_index.stored.store import FINDINGS, CorpusIndex, check_file, read_manifest
from leakcheck.corpus_index.stored.tables import checksum_of, read_batches
from leakcheck.errors import CorpusIndexError

__all__ = ["Checked", "verify_index"]


class Checked(NamedTuple):
    """What became of one file."""

    path: Path
    bytes: int
    problem: str | None
    """What is wrong and what to do; None if the file is as it was written."""


def verify_index(path: Path) -> Iterator[Checked]:
    """Read every file of an index, and yield what was found.

    Raises:
        CorpusIndexError: there is no index, or it is not of this leakcheck.

    >>> [each.path for each in verify_index(Path("corpus.lki")) if each.problem]  # doctest: +SKIP
    """
    index = CorpusIndex(path, read_manifest(path))
    for segment in index.manifest.segments:
        for file in segment.data:
            place = index.segment_folder(segment.name) / file.name
            yield Checked(place, file.bytes, _problem(place, file))
    for place in sorted((path / FINDINGS).glob("*.parquet")):
        yield Checked(place, place.stat().st_size, _unreadable(place))


def _problem(path: Path, file: DataFile) -> str | None:
    try:
        check_file(path, file)
        rows, checksum = checksum_of(path, file.table)
    except CorpusIndexError as error:
        return str(error)
    except (ValueError, KeyError, IndexError) as error:
        # Arrow checks what it decodes in many places, and not all of them raise its own errors.
        return f"{path}: damaged ({error}); put it back from a copy, or build the index again"
    if (rows, checksum) != (file.rows, file.checksum):
        return (
            f"{path}: holds other rows than were written; put it back from a copy, or build the "
            "index again"
        )
    return None


def _unreadable(path: Path) -> str | None:
    """Tell what is wrong with a file of findings, of which the manifest says nothing."""
    try:
        for _ in read_batches(path):
            pass
    except CorpusIndexError as error:
        return f"{error}; or scan again"
    return None
