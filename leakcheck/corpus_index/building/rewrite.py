"""Writing a segment again, without some files or with other numbers of documents."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from leakcheck.corpus_index.stored.records import DataFile, Segment
from leakcheck.corpus_index.stored.store import CorpusIndex
from leakcheck.corpus_index.stored.tables import TABLES, TableWriter, read_batches, writing

__all__ = ["rewrite_segment", "says_anything_of"]


class _Change(NamedTuple):
    """What becomes of the rows of a segment."""

    paths: pa.Array
    """Rows of these files go."""
    firsts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    """Shape (files,), both ascending: the documents of those files, which do not overlap."""
    shift: int
    """What is added to the numbers of the documents that stay."""


def says_anything_of(index: CorpusIndex, segment: Segment, paths: Collection[str]) -> bool:
    """Tell whether a segment has rows of some of these files, or of what was skipped in them."""
    wanted = pa.array(paths, pa.string())
    return any(
        pc.any(pc.is_in(batch.column(0), wanted)).as_py()
        for table in ("files", "skipped")
        for file in segment.data
        if file.table == table
        for batch in read_batches(index.segment_folder(segment.name) / file.name, ["path"])
    )


def rewrite_segment(
    index: CorpusIndex,
    segment: Segment,
    target: Path,
    *,
    without: Collection[str] = (),
    shift: int = 0,
) -> Segment | None:
    """Write a segment of an index again, into the folder `target`.

    Args:
        index: where it is.
        segment: which one.
        target: a folder that is not there yet.
        without: the paths of files that are left out.
        shift: what is added to the numbers of documents.

    Returns:
        The new segment, or None if nothing would be in it.

    Raises:
        CorpusIndexError: a file is damaged, or cannot be written.
    """
    source = index.segment_folder(segment.name)
    change = _change(source, segment, without, shift)
    with writing(target):
        target.mkdir(parents=True, exist_ok=True)
    written = [_rewrite_file(source, target, file, change) for file in segment.data]
    data = [file for file in written if file.rows]
    if not data:
        return None
    files = _read(target, data, "files")
    documents = pc.sum(files.column("documents")).as_py() or 0
    return Segment(target.name, len(files), documents, data)


def _change(source: Path, segment: Segment, without: Collection[str], shift: int) -> _Change:
    paths = pa.array(without, pa.string())
    files = _read(source, segment.data, "files")
    gone = files.filter(pc.is_in(files.column("path"), paths)).sort_by("first_document")
    firsts = gone.column("first_document").to_numpy().astype(np.int64)
    ends = firsts + gone.column("indexed_documents").to_numpy()
    return _Change(paths, firsts, ends, shift)


def _read(folder: Path, data: list[DataFile], table: str) -> pa.Table:
    files = [file for file in data if file.table == table]
    batches = [batch for file in files for batch in read_batches(folder / file.name)]
    return pa.Table.from_batches(batches, TABLES[table])


def _rewrite_file(source: Path, target: Path, file: DataFile, change: _Change) -> DataFile:
    writer = TableWriter(target, file.name, file.table)
    for batch in read_batches(source / file.name):
        rows = pa.Table.from_batches([batch])
        writer.write(_shifted(rows.filter(_stays(rows, change)), change.shift))
    return writer.close()


def _stays(rows: pa.Table, change: _Change) -> pa.Array:
    if "document" not in rows.schema.names:
        return pc.invert(pc.is_in(rows.column("path"), change.paths))
    numbers = rows.column("document").to_numpy()
    # A number is in a range if it is past more of their firsts than of their ends.
    begun = np.searchsorted(change.firsts, numbers, "right")
    return pa.array(begun == np.searchsorted(change.ends, numbers, "right"))


def _shifted(rows: pa.Table, shift: int) -> pa.Table:
    for column, name in enumerate(rows.schema.names):
        if shift and name in ("document", "first_document"):
            numbers = rows.column(column).to_numpy() + np.uint32(shift)
            rows = rows.set_column(column, rows.schema.field(column), [numbers])
    return rows
