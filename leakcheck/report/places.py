"""Where things stand: the place of one, and of a benchmark's findings the files and copies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from leakcheck.detection.standing import COUNTED, standing_of

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Copies", "FileCount", "copies", "counted", "fullest_files", "place_of", "whole_files"]


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


def place_of(path: str, row: int | None, source: str = "") -> str:
    """Name a place as people read it: file, record, and the field of the record.

    >>> place_of("a.jsonl", 1200, "text"), place_of("a.parquet", None)
    ('a.jsonl, row 1,200, text', 'a.parquet')
    """
    numbered = "" if row is None else f"row {row:,}"
    return ", ".join(filter(None, (path, numbered, source)))


def counted(findings: pa.Table, bench: str) -> pa.Table:
    """Return the findings of a benchmark that its verdict counts."""
    import pyarrow as pa
    import pyarrow.compute as pc

    is_of_it = pc.and_(pc.equal(findings["bench"], bench), pc.equal(findings["accepted"], ""))
    own = findings.filter(is_of_it)
    rows = zip(*(own[name].to_pylist() for name in ("role", "kind", "shared")), strict=True)
    return own.filter(pa.array([standing_of(*row) in COUNTED for row in rows], pa.bool_()))


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


def whole_files(counts: Iterable[FileCount]) -> list[FileCount]:
    """Add up what was found at several places inside one file, in a shard or a sample.

    >>> whole_files([FileCount("a.jsonl", 2, 0), FileCount("a.jsonl#byte=1048576", 1, 1)])
    [FileCount(path='a.jsonl', test=3, overlap=1)]
    """
    from leakcheck.corpus import place_named

    sums: dict[str, list[int]] = {}
    for each in counts:
        of_file = sums.setdefault(place_named(each.path).name, [0, 0])
        of_file[0] += each.test
        of_file[1] += each.overlap
    files = [FileCount(path, *of_file) for path, of_file in sums.items()]
    return sorted(files, key=lambda file: (-file.test, -file.overlap, file.path))


def copies(findings: pa.Table) -> Copies:
    """Count findings by item; there must be one at least."""
    by_item = findings.group_by("item").aggregate([([], "count_all")])
    most, item = min((-row["count_all"], row["item"]) for row in by_item.to_pylist())
    return Copies(len(findings) / len(by_item), -most, item)
