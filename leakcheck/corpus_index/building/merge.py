"""Merging indexes: those of the parts of a corpus become one of the whole."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec

from leakcheck.corpus_index.building.build import check_same_settings, make_folder
from leakcheck.corpus_index.building.filling import MOST_DOCUMENTS
from leakcheck.corpus_index.building.reading import UNKNOWN
from leakcheck.corpus_index.building.rewrite import rewrite_segment, says_anything_of
from leakcheck.corpus_index.stored.lock import locked
from leakcheck.corpus_index.stored.place import MANIFEST
from leakcheck.corpus_index.stored.records import Manifest, Segment
from leakcheck.corpus_index.stored.store import (
    CorpusIndex,
    open_index,
    remove_leftovers,
    write_manifest,
)
from leakcheck.corpus_index.stored.tables import writing
from leakcheck.errors import CorpusIndexError, UsageError

__all__ = ["merge_indexes"]


def merge_indexes(paths: Sequence[Path], output: Path) -> CorpusIndex:
    """Merge indexes into a new one; a file of the same path and content is taken once.

    Documents are numbered anew, those of the first index before those of the second.

    Args:
        paths: the indexes, which stay as they are.
        output: the folder of the new one.

    Raises:
        UsageError: there is nothing to merge, or the output is not called `.lki`.
        CorpusIndexError: settings differ, a path stands for different files, the output is there
            already, or one of the indexes cannot be used.

    >>> merge_indexes([Path("web.lki"), Path("books.lki")], Path("all.lki"))  # doctest: +SKIP
    """
    if len(paths) < 2:
        raise UsageError("name at least two indexes to merge")
    indexes = [open_index(path) for path in paths]
    for index in indexes[1:]:
        check_same_settings(index.path, index.settings, indexes[0].settings)
    repeated = _repeated(indexes)
    _check_numbers(indexes)
    if (output / MANIFEST).exists():
        raise CorpusIndexError(f"{output}: is there already; name another folder")
    make_folder(output)
    with locked(output):
        return _merged(indexes, repeated, output)


def _repeated(indexes: Sequence[CorpusIndex]) -> list[set[str]]:
    """Return, for each index, which of its files an earlier one has.

    Raises:
        CorpusIndexError: a file of that path has other content there.
    """
    seen: dict[str, tuple[str, CorpusIndex]] = {}
    noted: set[str] = set()
    repeated = []
    for index in indexes:
        files = index.read("files", ["path", "content"]).to_pylist()
        for file in files:
            _check_content(file["path"], file["content"], index, seen)
        skipped = set(index.read("skipped", ["path"]).column("path").to_pylist())
        repeated.append(
            {file["path"] for file in files if file["path"] in seen}
            | {path for path in skipped if path in seen or path in noted}
        )
        seen |= {
            file["path"]: (file["content"], index) for file in files if file["path"] not in seen
        }
        noted |= skipped
    return repeated


def _check_content(
    path: str, content: str, index: CorpusIndex, seen: dict[str, tuple[str, CorpusIndex]]
) -> None:
    other, before = seen.get(path, (content, index))
    if before is not index and (content != other or content == UNKNOWN):
        raise CorpusIndexError(
            f"{path}: has other content in {index.path} than in {before.path}; remove it from one "
            f"of them with `leakcheck index rm`, or index it again"
        )


def _check_numbers(indexes: Sequence[CorpusIndex]) -> None:
    documents = sum(index.manifest.next_document for index in indexes)
    if documents > MOST_DOCUMENTS:
        raise CorpusIndexError(
            f"{documents:,} documents are more than the {MOST_DOCUMENTS:,} that an index can "
            "number; merge fewer of them"
        )


def _merged(
    indexes: Sequence[CorpusIndex], repeated: Sequence[set[str]], output: Path
) -> CorpusIndex:
    """Copy all segments, and name them in a manifest when they are there."""
    merged = CorpusIndex(output, Manifest(indexes[0].settings))
    remove_leftovers(output, merged.manifest)
    segments: list[Segment] = []
    shift = 0
    for index, paths in zip(indexes, repeated, strict=True):
        for segment in index.manifest.segments:
            target = merged.segment_folder(f"{len(segments) + 1:04}")
            if copied := _copied(index, segment, target, paths, shift):
                segments.append(copied)
        shift += index.manifest.next_document
    manifest = msgspec.structs.replace(
        merged.manifest, segments=segments, next_segment=len(segments) + 1, next_document=shift
    )
    return write_manifest(output, manifest)


def _copied(
    index: CorpusIndex, segment: Segment, target: Path, without: set[str], shift: int
) -> Segment | None:
    if shift or says_anything_of(index, segment, without):
        return rewrite_segment(index, segment, target, without=without, shift=shift)
    with writing(target):
        shutil.copytree(index.segment_folder(segment.name), target)
    return msgspec.structs.replace(segment, name=target.name)
