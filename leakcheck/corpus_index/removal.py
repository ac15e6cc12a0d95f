"""Removing files from an index: their segments are written again without them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from leakcheck.corpus_index.records import DataFile, Segment
from leakcheck.corpus_index.store import CorpusIndex, locked, open_index, write_manifest
from leakcheck.corpus_index.tables import TableWriter, read_batches
from leakcheck.errors import UsageError

__all__ = ["remove_from_index", "remove_paths"]


def remove_from_index(path: Path, names: Sequence[str]) -> CorpusIndex:
    """Remove files from an index, by their paths in it or by a folder above them.

    Raises:
        UsageError: the index has no such file.
        CorpusIndexError: the index cannot be used, or is being changed by another process.
    """
    with locked(path):
        index = open_index(path)
        paths = index.read("files", ["path"]).column("path").to_pylist()
        chosen = []
        for name in names:
            below = name.rstrip("/") + "/"
            found = [each for each in paths if each == name or each.startswith(below)]
            if not found:
                raise UsageError(
                    f"{path}: no file {name!r} in this index; `leakcheck sql {path} "
                    '"SELECT path FROM files"` names them'
                )
            chosen += found
        return remove_paths(index, list(dict.fromkeys(chosen)))


def remove_paths(index: CorpusIndex, paths: Sequence[str]) -> CorpusIndex:
    """Remove files from an index that is locked; segments without them stay as they are."""
    if not paths:
        return index
    manifest = index.manifest
    number = manifest.next_segment
    segments = []
    for segment in manifest.segments:
        kept = _without(index, segment, paths, f"{number:04}")
        if kept is not segment:
            number += 1
        if kept is not None:
            segments.append(kept)
    return write_manifest(
        index.path, msgspec.structs.replace(manifest, segments=segments, next_segment=number)
    )


def _without(
    index: CorpusIndex, segment: Segment, paths: Sequence[str], name: str
) -> Segment | None:
    """Write a segment again without some files; None if nothing else is in it."""
    folder = index.segment_folder(segment.name)
    files = _table(folder, segment, "files")
    gone = pc.is_in(files.column("path"), pa.array(paths, pa.string()))
    left = files.filter(pc.invert(gone))
    if len(left) == len(files):
        return segment
    if not len(left):
        return None
    removed = files.filter(gone)
    firsts = removed.column("first_document").to_numpy().astype(np.int64)
    lasts = firsts + removed.column("indexed_documents").to_numpy()
    target = index.segment_folder(name)
    target.mkdir(parents=True, exist_ok=True)
    data = [_filtered(folder, target, file, paths, firsts, lasts) for file in segment.data]
    return Segment(
        name, len(left), sum(left.column("documents").to_pylist()), [f for f in data if f.rows]
    )


def _table(folder: Path, segment: Segment, name: str) -> pa.Table:
    [file] = [each for each in segment.data if each.table == name]
    return pa.Table.from_batches(read_batches(folder / file.name))


def _filtered(
    folder: Path,
    target: Path,
    file: DataFile,
    paths: Sequence[str],
    firsts: np.ndarray,
    lasts: np.ndarray,
) -> DataFile:
    """Copy one file without the rows of the documents from `firsts` up to `lasts`."""
    writer = TableWriter(target, file.name, file.table)
    for batch in read_batches(folder / file.name):
        rows = pa.Table.from_batches([batch])
        if "document" in rows.schema.names:
            numbers = rows.column("document").to_numpy()
            # Ranges do not overlap: a number is in one if it is past more starts than ends.
            inside = np.searchsorted(np.sort(firsts), numbers, "right") > np.searchsorted(
                np.sort(lasts), numbers, "right"
            )
            writer.write(rows.filter(pa.array(~inside)))
        else:
            gone = pc.is_in(rows.column("path"), pa.array(paths, pa.string()))
            writer.write(rows.filter(pc.invert(gone)))
    return writer.close()
