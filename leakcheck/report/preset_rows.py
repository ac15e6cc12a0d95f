"""The rows of a benchmark's block where a published criterion decided, its name at every rate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from leakcheck.report.numbers import out_of, percent
from leakcheck.report.rows import Row
from leakcheck.report.words import printable

if TYPE_CHECKING:
    import pyarrow as pa

    from leakcheck.verdict.records import BenchmarkReport, SplitReport

__all__ = ["preset_rows"]

MOST_FILES = 5
"""How many of the files with most of an item are named."""


def preset_rows(benchmark: BenchmarkReport, preset: str, flagged: pa.Table) -> list[Row]:
    """Say what a preset flags in each split, and where."""
    return [*_split_rows(benchmark, preset), *_file_rows(benchmark.name, flagged)]


def _split_rows(benchmark: BenchmarkReport, preset: str) -> Iterator[Row]:
    test = {name: split for name, split in benchmark.splits.items() if split.role == "test"}
    others = {name: split for name, split in benchmark.splits.items() if split.role != "test"}
    for label, splits in (("Test", test), ("Other splits", others)):
        for number, (name, split) in enumerate(splits.items()):
            yield Row(_flagged(name, split, preset), label if number == 0 else "")
            if split.untestable:
                short = out_of(split.untestable, split.items, "items")
                yield Row(f"too short to be decided by {preset}: {short}", lead="  ")


def _flagged(name: str, split: SplitReport, preset: str) -> str:
    role = "" if split.role == name else f" ({split.role})"
    found = out_of(split.matched, split.items, "items")
    share = percent(split.matched, split.items)
    return f"{printable(name)}{role}: {found} flagged by {preset} ({share})"


def _file_rows(bench: str, flagged: pa.Table) -> Iterator[Row]:
    rows = zip(flagged["bench"].to_pylist(), flagged["path"].to_pylist(), strict=True)
    files = Counter(path for name, path in rows if name == bench).most_common()
    if not files:
        return
    yield Row("")
    named = files[:MOST_FILES]
    yield Row(f"items by the file with most of each ({out_of(len(named), len(files))})", "Files")
    for path, count in named:
        yield Row(printable(path), lead=f"{count:>7,}  ")
