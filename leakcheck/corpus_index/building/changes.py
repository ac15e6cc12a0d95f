"""What is new or changed among the files of a corpus, and what an index has already."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Container, Sequence
from pathlib import Path
from typing import NamedTuple

from leakcheck.corpus import CorpusFile, Skipped
from leakcheck.corpus_index.building.reading import UNKNOWN, content_of
from leakcheck.corpus_index.stored.store import CorpusIndex
from leakcheck.errors import CorpusIndexError

__all__ = ["Changes", "find_changes", "location_of", "storable"]


class Changes(NamedTuple):
    """What is to be done with the files of a corpus."""

    wanted: list[CorpusFile]
    """To be read, in order; one that is in the index has the name it has there."""
    replaced: list[str]
    """Those of them that had other content when they were indexed before."""
    unchanged: list[str]
    unreadable: list[Skipped]
    """What cannot be read now; what the index has of it stays."""
    noted: list[Skipped]
    """What the index has to say of files it does not have."""
    outdated: list[str]
    """Of which files it says something else now."""


class _Known(NamedTuple):
    path: str
    location: str
    content: str


def find_changes(
    index: CorpusIndex,
    files: Sequence[CorpusFile],
    unreadable: Sequence[Skipped],
    on_checked: Callable[[CorpusFile], None] = lambda _: None,
) -> Changes:
    """Compare files with an index by the hash of their content.

    A file is known by where it is, and by its path if it is not there any more. `on_checked` is
    called for each file that is not going to be read.

    Raises:
        CorpusIndexError: a file has the path of another one in the index.
    """
    changes = Changes([], [], [], list(unreadable), [], [])
    known = _known_files(index)
    by_location = {each.location: each for each in known.values()}
    for file in files:
        entry = by_location.get(location_of(file)) or known.get(file.name)
        if entry is None:
            changes.wanted.append(file)
        elif _compare(file, entry, changes):
            on_checked(file)
    _compare_notes(index, changes, known)
    return changes


def _known_files(index: CorpusIndex) -> dict[str, _Known]:
    columns = [index.read("files").column(name).to_pylist() for name in _Known._fields]
    return {path: _Known(path, *more) for path, *more in zip(*columns, strict=True)}


def _compare(file: CorpusFile, entry: _Known, changes: Changes) -> bool:
    """Sort in a file that the index has; tell whether it stays as it is there."""
    content = content_of(file)
    if content == UNKNOWN:
        reason = "cannot be opened; what the index has of it stays"
        changes.unreadable.append(Skipped(file.name, None, reason, max(1, file.size_bytes)))
        return True
    if content == entry.content:
        changes.unchanged.append(file.name)
        return True
    if entry.location != location_of(file) and Path(entry.location).exists():
        raise CorpusIndexError(
            f"{file.name}: the index has another file of this path, {entry.location}; name it "
            "from another folder, or by its absolute path"
        )
    changes.wanted.append(dataclasses.replace(file, name=entry.path))
    changes.replaced.append(entry.path)
    return False


def _compare_notes(index: CorpusIndex, changes: Changes, known: Container[str]) -> None:
    """Find what is to be said anew of files the index does not have."""
    noted: dict[str, set[tuple[object, ...]]] = {}
    for row in index.read("skipped").to_pylist():
        noted.setdefault(row.pop("path"), set()).add(tuple(row.values()))
    for each in changes.unreadable:
        said = {(each.row, storable(each.reason), each.unread_bytes)}
        if each.name not in known and noted.get(each.name) != said:
            changes.noted.append(each)
    now = [each.name for each in changes.noted] + [file.name for file in changes.wanted]
    changes.outdated.extend(name for name in now if name in noted and name not in known)


def location_of(file: CorpusFile) -> str:
    """Return where a file is, links followed, as an index can hold it."""
    return storable(os.path.realpath(file.path or ""))


def storable(text: str) -> str:
    r"""Escape what is no character: names of files need not be UTF-8.

    >>> storable("caf\udce9")
    'caf\\udce9'
    """
    return text.encode("utf-8", "backslashreplace").decode()
