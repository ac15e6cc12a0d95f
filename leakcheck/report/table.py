"""The report as text for people: a block for each benchmark, leakage apart from overlap."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from leakcheck.report.benchmark_block import benchmark_block
from leakcheck.report.numbers import byte_size, out_of, percent
from leakcheck.report.words import VERDICT_COLOURS, VERDICT_WORDS, printable

if TYPE_CHECKING:
    from rich.console import RenderableType

    from leakcheck.verdict.records import BenchmarkReport, CorpusReport, Report

__all__ = ["render"]

MOST_SKIPPED = 5
"""How many of the things that could not be read are named."""


def render(report: Report, *, width: int, colour: bool) -> str:
    """Render a report for a page of `width` columns, with or without colour codes."""
    from rich.console import Console

    console = Console(
        file=io.StringIO(),
        width=width,
        height=25,  # both are given and nothing is asked of the terminal this happens to run in
        force_terminal=colour,
        force_jupyter=False,
        no_color=not colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    with console.capture() as capture:
        for part in _parts(report):
            console.print(part)
    return "".join(line.rstrip() + "\n" for line in capture.get().splitlines())


def _parts(report: Report) -> Iterator[RenderableType]:
    yield _heading(report)
    if len(report.benchmarks) > 1:
        yield ""
        yield _overview(report.benchmarks)
    for benchmark in report.benchmarks:
        yield ""
        yield from benchmark_block(benchmark, report.findings)
    if report.corpus.skipped:
        yield ""
        yield from _skipped(report.corpus)
    if len(report.findings):
        yield ""
        yield _next_step(report)


def _heading(report: Report) -> RenderableType:
    corpus = report.corpus
    return (
        f"leakcheck {report.version} read {_several(corpus.documents, 'document')} "
        f"in {_several(corpus.files, 'file')} ({byte_size(corpus.bytes)})"
    )


def _overview(benchmarks: tuple[BenchmarkReport, ...]) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 3, 0, 0))
    for benchmark in benchmarks:
        test = [split for split in benchmark.splits.values() if split.role == "test"]
        matched, items = sum(each.matched for each in test), sum(each.items for each in test)
        grid.add_row(
            Text(printable(benchmark.name), "bold"),
            Text(VERDICT_WORDS[benchmark.verdict], VERDICT_COLOURS[benchmark.verdict]),
            f"{out_of(matched, items, 'test items')} found ({percent(matched, items)})",
        )
    return grid


def _skipped(corpus: CorpusReport) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    unread = out_of_bytes(corpus.unread_bytes, corpus.bytes)
    yield Text.assemble(("Not read", "bold"), f"  {_several(len(corpus.skipped), 'place')}; {unread}")
    for each in corpus.skipped[:MOST_SKIPPED]:
        row = "" if each.row is None else f", row {each.row:,}"
        yield Padding(Text(f"{printable(each.path)}{row}: {printable(each.reason)}"), (0, 0, 0, 2))
    if len(corpus.skipped) > MOST_SKIPPED:
        more = len(corpus.skipped) - MOST_SKIPPED
        yield f"  and {more:,} more, all of them in --output-format json"


def out_of_bytes(unread: int, total: int) -> str:
    """Say how much was lost."""
    return f"{byte_size(unread)} of {byte_size(total)} lost ({percent(unread, total)})"


def _next_step(report: Report) -> RenderableType:
    return f"See the {_several(len(report.findings), 'finding')} one by one: --output-format jsonl"


def _several(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
