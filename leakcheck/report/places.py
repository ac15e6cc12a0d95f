"""Where the findings of a benchmark stand: in which files, and how often each item."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Copies", "FileCount", "copies", "counted", "fullest_files"]


class FileCount(NamedTuple):
    """How many findings a file holds."""

    path: str
    test: int
    """Of test items: leakage."""
    overlap: int
    """Of items of other splits."""


class Copies(NamedTuple):
    """How often items stand in a corpus."""

    mean: float
    most: int
    item: str
    """The item that stands there most often; the first by name if there are several."""


def counted(findings: pa.Table, bench: str) -> pa.Table:
    """Return the findings of a benchmark that its verdict counts.

    Variants are problems of their own, a test item that is in another split too is none, and what
    is accepted is set aside.
    """
    import pyarrow.compute as pc

    shared_test = pc.and_(findings["shared"], pc.equal(findings["role"], "test"))
    counts = pc.and_not(pc.not_equal(findings["kind"], "variant"), shared_test)
    counts = pc.and_(counts, pc.equal(findings["accepted"], ""))
    return findings.filter(pc.and_(counts, pc.equal(findings["bench"], bench)))


def fullest_files(findings: pa.Table) -> list[FileCount]:
    """Count findings by file, the file with the most leakage first."""
    import pyarrow as pa
    import pyarrow.compute as pc

    is_test = pc.equal(findings["role"], "test").cast(pa.int64())
    by_path = pa.table({"path": findings["path"], "test": is_test}).group_by("path")
    rows = by_path.aggregate([("test", "sum"), ("test", "count")]).to_pylist()
    files = [
        FileCount(row["path"], row["test_sum"], row["test_count"] - row["test_sum"]) for row in rows
    ]
    return sorted(files, key=lambda file: (-file.test, -file.overlap, file.path))


def copies(findings: pa.Table) -> Copies:
    """Count findings by item; there must be one at least."""
    by_item = findings.group_by("item").aggregate([([], "count_all")])
    most, item = min((-row["count_all"], row["item"]) for row in by_item.to_pylist())
    return Copies(len(findings) / len(by_item), -most, item)
