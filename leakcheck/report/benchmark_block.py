"""The block of one benchmark in the table: the verdict, then what it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from leakcheck.report.numbers import expected, out_of, percent, points
from leakcheck.report.places import FileCount, copies, counted, fullest_files
from leakcheck.report.words import (
    IN_DISTRIBUTION,
    VERDICT_COLOURS,
    VERDICT_WORDS,
    printable,
    sentence,
)

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.console import RenderableType

    from leakcheck.verdict.records import BenchmarkReport, SplitReport

__all__ = ["benchmark_block"]

MOST_FILES = 5
"""How many of the files with findings are named."""

Row = tuple[str, str]
"""A label, often empty, and one line of what belongs to it."""


def benchmark_block(benchmark: BenchmarkReport, findings: pa.Table) -> Iterator[RenderableType]:
    """Yield the parts of a block; a clean benchmark needs three lines, any other some more."""
    from rich.table import Table
    from rich.text import Text

    yield Text.assemble(
        (printable(benchmark.name), "bold"),
        "  ",
        (VERDICT_WORDS[benchmark.verdict], VERDICT_COLOURS[benchmark.verdict]),
    )
    yield Text(sentence(benchmark.reason))
    if benchmark.verdict == "clean":
        rows = _clean_rows(benchmark)
    else:
        yield ""
        rows = [*_test_rows(benchmark), *_overlap_rows(benchmark)]
        rows += _place_rows(counted(findings, benchmark.name))
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="bold", no_wrap=True, min_width=12)
    grid.add_column(overflow="fold")
    for label, line in rows:
        grid.add_row(f"  {label}", line)
    yield grid


def _of_role(benchmark: BenchmarkReport, is_test: bool) -> dict[str, SplitReport]:
    return {
        name: split
        for name, split in benchmark.splits.items()
        if (split.role == "test") is is_test
    }


def _clean_rows(benchmark: BenchmarkReport) -> list[Row]:
    found = [
        f"{name} {out_of(split.matched, split.items)}" for name, split in benchmark.splits.items()
    ]
    untestable = [
        f"{out_of(split.untestable, split.items, f'{name} items')} untestable"
        for name, split in _of_role(benchmark, is_test=True).items()
        if split.untestable
    ]
    return [("Found", "; ".join([", ".join(found), *untestable]))]
