"""Building an index, and adding to one: what is new or changed is read, all else stays."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from leakcheck.corpus import CorpusFile, Skipped, find_files
from leakcheck.corpus.storage import is_uri
from leakcheck.corpus_index.building.changes import find_changes
from leakcheck.corpus_index.building.filling import Filling
from leakcheck.corpus_index.building.removal import remove_paths
from leakcheck.corpus_index.stored.lock import LOCK, locked
from leakcheck.corpus_index.stored.place import MANIFEST
from leakcheck.corpus_index.stored.records import IndexSettings, new_manifest
from leakcheck.corpus_index.stored.store import (
    SEGMENTS,
    CorpusIndex,
    open_index,
    write_manifest,
)
from leakcheck.corpus_index.stored.tables import writing
from leakcheck.errors import CorpusIndexError, InputError, UsageError

__all__ = [
    "INDEX_SUFFIX",
    "IndexProgress",
    "Indexed",
    "add_to_index",
    "build_index",
    "check_same_settings",
    "make_folder",
]

INDEX_SUFFIX = ".lki"
"""How the folder of an index ends: no search for corpus files goes into such a folder."""
MOST_SCALE = 1000

Found = tuple[list[CorpusFile], list[Skipped]]


class IndexProgress(NamedTuple):
    """How far indexing has come."""

    bytes_read: int
    """Those of unchanged files included."""
    bytes_total: int
    documents: int


OnProgress = Callable[[IndexProgress], None]


@dataclass(frozen=True, slots=True)
class Indexed:
    """What a run of indexing did."""

    index: CorpusIndex
    added: list[str]
    """Files that were read."""
    replaced: list[str]
    """Those of them that had other content when they were indexed before."""
    unchanged: list[str]
    skipped: list[Skipped]


def build_index(
    paths: Sequence[str | os.PathLike[str]],
    output: Path,
    *,
    scale: int = 4,
    text_field: str | None = None,
    threads: int | None = None,
    on_progress: OnProgress = lambda _: None,
) -> Indexed:
    """Index a corpus, or go on with an index of it that was begun.

    Args:
        paths: files, folders or globs.
        output: the folder of the index, as `corpus.lki`.
        scale: keep one in so many fingerprints.
        text_field: take only this field of each record, as `data.text`.
        threads: how many batches are fingerprinted at once; by default one a core.
        on_progress: called now and then, from the calling thread.

    Raises:
        UsageError: standard input or an object store is named, the scale is out of range, or the
            output is not called `.lki`.
        InputError: a path is not there, or nothing could be read at all.
        CorpusIndexError: the folder is something else, an index with other settings, cannot be
            written to, or is being changed by another process.

    >>> build_index(["corpus/"], Path("corpus.lki"), scale=1)  # doctest: +SKIP
    """
    if not 1 <= scale <= MOST_SCALE:
        raise UsageError(f"scale {scale}: it is a number from 1 to {MOST_SCALE:,}")
    found = _find(paths)  # before anything is written
    make_folder(output)
    with locked(output):
        if not (output / MANIFEST).exists():
            write_manifest(output, new_manifest(scale, text_field))
        index = open_index(output)
        check_same_settings(output, index.settings, IndexSettings(scale, text_field))
        return _add(index, found, threads, on_progress)


def add_to_index(
    path: Path,
    paths: Sequence[str | os.PathLike[str]],
    *,
    threads: int | None = None,
    on_progress: OnProgress = lambda _: None,
) -> Indexed:
    """Add files to an index; those it has with the same content are left alone.

    What was added so far stays if the run is stopped: a later one goes on from there.

    Raises:
        UsageError: standard input is named, which cannot be read again, or an object store.
        InputError: a path is not there, or nothing could be read at all.
        CorpusIndexError: the index cannot be used, or is being changed by another process.

    >>> add_to_index(Path("corpus.lki"), ["news.jsonl"])  # doctest: +SKIP
    """
    open_index(path)  # or there would be a lock where no index is
    found = _find(paths)
    with locked(path):
        return _add(open_index(path), found, threads, on_progress)


def _find(paths: Sequence[str | os.PathLike[str]]) -> Found:
    if any(os.fspath(path) == "-" for path in paths):
        raise UsageError("standard input cannot be indexed: it could not be read again; name files")
    if remote := [os.fspath(path) for path in paths if is_uri(os.fspath(path))]:
        raise UsageError(
            f"{remote[0]}: an index is made of files on disk, which it reads again later; copy "
            "them from the object store, or scan them there"
        )
    return find_files(list(paths))


def make_folder(output: Path) -> None:
    """Make the folder of an index, if it is not there.

    Raises:
        UsageError: it is not called `.lki`.
        CorpusIndexError: something else is there, or it cannot be made.
    """
    if output.suffix != INDEX_SUFFIX:
        raise UsageError(f"{output}: the name of an index ends in {INDEX_SUFFIX}")
    with writing(output):
        if output.exists() and not _may_be_index(output):
            raise CorpusIndexError(f"{output}: is there and is no index; name another folder")
        output.mkdir(parents=True, exist_ok=True)


def _may_be_index(path: Path) -> bool:
    """Tell whether a manifest is there, or nothing but what a run leaves that was stopped early."""
    return path.is_dir() and (
        (path / MANIFEST).exists()
        or all(
            each.name in (LOCK, SEGMENTS) or each.name.startswith(f".{MANIFEST}.")
            for each in path.iterdir()
        )
    )


def check_same_settings(path: Path, found: IndexSettings, asked: IndexSettings) -> None:
    """Compare the settings of an index with those that are asked for.

    Raises:
        CorpusIndexError: they differ.
    """
    for name in IndexSettings.__struct_fields__:
        ours, theirs = getattr(found, name), getattr(asked, name)
        if ours != theirs:
            raise CorpusIndexError(
                f"{path}: an index with {name.replace('_', ' ')} {_shown(ours)}, not "
                f"{_shown(theirs)}; name another folder, or build it again with the same"
            )


def _shown(setting: object) -> str:
    return "none" if setting is None else str(setting)


def _add(index: CorpusIndex, found: Found, threads: int | None, on_progress: OnProgress) -> Indexed:
    """Add what was found to an index that is locked."""
    files, unreadable = found
    progress = _Progress(sum(file.size_bytes for file in files), on_progress)
    changes = find_changes(
        index, files, unreadable, lambda file: progress.add(file.size_bytes, documents=0)
    )
    index = remove_paths(index, [*changes.replaced, *changes.outdated])
    filling = Filling(index, threads or os.cpu_count() or 1, progress.add)
    filling.fill(changes.wanted, changes.noted)
    skipped = [*changes.unreadable, *filling.skipped]
    if not filling.index.rows("documents"):
        raise InputError(_nothing_read(skipped))
    return Indexed(
        filling.index,
        [file.name for file in changes.wanted],
        changes.replaced,
        changes.unchanged,
        skipped,
    )


class _Progress:
    """Adds up what was read."""

    def __init__(self, bytes_total: int, on_progress: OnProgress) -> None:
        self._now = IndexProgress(0, bytes_total, 0)
        self._on_progress = on_progress

    def add(self, size: int, documents: int) -> None:
        now = self._now
        self._now = IndexProgress(now.bytes_read + size, now.bytes_total, now.documents + documents)
        self._on_progress(self._now)


def _nothing_read(skipped: Sequence[Skipped]) -> str:
    why = f"; the first reason: {skipped[0].name}: {skipped[0].reason}" if skipped else ""
    return f"no document with text could be read{why}"
