"""Removing files from an index: their segments are written again without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from leakcheck.corpus_index.building.rewrite import rewrite_segment, says_anything_of
from leakcheck.corpus_index.stored.lock import locked
from leakcheck.corpus_index.stored.store import CorpusIndex, open_index, write_manifest
from leakcheck.errors import UsageError

__all__ = ["Removed", "remove_from_index", "remove_paths"]


@dataclass(frozen=True, slots=True)
class Removed:
    """What a removal did."""

    index: CorpusIndex
    paths: list[str]
    """The files that were removed, by their paths in the index."""


def remove_from_index(path: Path, names: Sequence[str]) -> Removed:
    """Remove files from an index, by their paths in it or by a folder above them.

    Raises:
        UsageError: the index has no such file.
        CorpusIndexError: the index cannot be used, or is being changed by another process.

    >>> remove_from_index(Path("corpus.lki"), ["corpus/web/"])  # doctest: +SKIP
    """
    open_index(path)  # or there would be a lock where no index is
    with locked(path):
        index = open_index(path)
        paths = [
            each
            for table in ("files", "skipped")
            for each in index.read(table, ["path"]).column("path").to_pylist()
        ]
        chosen = [each for name in names for each in _chosen(path, paths, name)]
        chosen = list(dict.fromkeys(chosen))
        return Removed(remove_paths(index, chosen), chosen)


def _chosen(index: Path, paths: Sequence[str], name: str) -> list[str]:
    """Return the paths that a name stands for: one file, or all below a folder."""
    below = name.rstrip("/") + "/"
    found = [each for each in paths if each == name or each.startswith(below)]
    if not found:
        raise UsageError(
            f"{index}: no file {name!r} in this index; `leakcheck sql {index} "
            '"SELECT path FROM files"` names them'
        )
    return found


def remove_paths(index: CorpusIndex, paths: Sequence[str]) -> CorpusIndex:
    """Remove files from an index that is locked; segments without them stay as they are.

    Raises:
        CorpusIndexError: a file is damaged, or cannot be written.
    """
    if not paths:
        return index
    manifest = index.manifest
    number = manifest.next_segment
    segments = []
    for segment in manifest.segments:
        if not says_anything_of(index, segment, paths):
            segments.append(segment)
            continue
        target = index.segment_folder(f"{number:04}")
        number += 1
        if kept := rewrite_segment(index, segment, target, without=paths):
            segments.append(kept)
    return write_manifest(
        index.path, msgspec.structs.replace(manifest, segments=segments, next_segment=number)
    )
