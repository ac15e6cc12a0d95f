"""What is in an index, counted: rows and bytes of each table, and what they were made of."""

from __future__ import annotations

import msgspec
import pyarrow.compute as pc

from leakcheck.corpus_index.stored.records import IndexSettings
from leakcheck.corpus_index.stored.store import CorpusIndex
from leakcheck.corpus_index.stored.tables import TABLES

__all__ = ["IndexSummary", "TableSummary", "summarise"]


class TableSummary(msgspec.Struct, frozen=True):
    """One table."""

    rows: int
    bytes: int
    """Of its Parquet files."""


class IndexSummary(msgspec.Struct, frozen=True):
    """One index."""

    path: str
    leakcheck: str
    """The version that wrote it last."""
    files: int
    documents: int
    """Those without text included."""
    skipped: int
    file_bytes: int
    """Of the corpus on disk."""
    text_bytes: int
    """Of the texts in it."""
    segments: int
    tables: dict[str, TableSummary]
    settings: IndexSettings


def summarise(index: CorpusIndex) -> IndexSummary:
    """Count what is in an index.

    Raises:
        CorpusIndexError: a file is damaged or gone.
    """
    files = index.read("files", ["size_bytes", "text_bytes", "documents"])
    sums = {name: pc.sum(files.column(name)).as_py() or 0 for name in files.schema.names}
    return IndexSummary(
        path=str(index.path),
        leakcheck=index.manifest.leakcheck,
        files=len(files),
        documents=sums["documents"],
        skipped=index.rows("skipped"),
        file_bytes=sums["size_bytes"],
        text_bytes=sums["text_bytes"],
        segments=len(index.manifest.segments),
        tables={table: _of_table(index, table) for table in TABLES},
        settings=index.settings,
    )


def _of_table(index: CorpusIndex, table: str) -> TableSummary:
    sizes = [
        file.bytes
        for segment in index.manifest.segments
        for file in segment.data
        if file.table == table
    ]
    return TableSummary(index.rows(table), sum(sizes))
