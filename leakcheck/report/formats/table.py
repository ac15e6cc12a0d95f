"""The report as text for people: a block for each benchmark, leakage apart from overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import TYPE_CHECKING

from leakcheck.detection.standing import standing_of
from leakcheck.report.console import rendered
from leakcheck.report.numbers import byte_size, out_of, percent, several
from leakcheck.report.part_told import estimates_sentence, part_sentences
from leakcheck.report.places import place_of
from leakcheck.report.preset_rows import preset_rows
from leakcheck.report.rows import Row, clean_rows, rows_of
from leakcheck.report.sheet import Sheet
from leakcheck.report.statements import accepted_sentence
from leakcheck.report.words import VERDICT_COLOURS, VERDICT_WORDS, printable, sentence

if TYPE_CHECKING:
    from rich.console import RenderableType

    from leakcheck.verdict.records import (
        BenchmarkReport,
        CanaryReport,
        CorpusReport,
        Report,
        SplitReport,
    )

__all__ = ["render"]

LABEL_WIDTH = len("  Test leakage  ")
"""The blocks of all benchmarks stand in line."""

MOST_NAMED = 5
"""How many of the things that could not be read, or of the files with a canary, are named."""


def render(report: Report, sheet: Sheet) -> str:
    """Render a report for a page of so many columns, with or without colour codes."""
    return rendered(_parts(report, sheet.width), sheet)


def _parts(report: Report, width: int) -> Iterator[RenderableType]:
    from rich.text import Text

    yield _heading(report)
    yield from map(Text, part_sentences(report))
    if len(report.benchmarks) > 1:
        yield ""
        yield _overview(report.benchmarks)
    for benchmark in report.benchmarks:
        yield ""
        yield from _block(benchmark, report, width)
    if report.canaries:
        yield ""
        yield from _canaries(report.canaries)
    if report.corpus.skipped:
        yield ""
        yield from _skipped(report.corpus)
    if report.stale:
        yield ""
        yield from _stale(report.stale)
    if len(report.findings):
        yield ""
        yield from _further(report, width)


def _further(report: Report, width: int) -> Iterator[RenderableType]:
    """Say how to see more; the example is a leak, if there is one."""
    from rich.text import Text

    named = ("bench", "item", "role", "kind", "shared", "accepted")
    rows = list(zip(*(report.findings[name].to_pylist() for name in named), strict=True))
    leaks = (row for row in rows if standing_of(*row[2:5]) == "leak" and not row[5])
    bench, item, *_ = next(leaks, rows[0])
    findings = several(len(rows), "finding")
    item = printable(f"{bench}:{item}")
    every, one = f"See all {findings}: -o report.html.", f"See one: leakcheck explain {item}"
    fits = len(every) + 1 + len(one) <= width
    yield from [Text(f"{every} {one}")] if fits else [Text(every), Text(one)]


def _stale(stale: tuple[str, ...]) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    entries = "1 entry fits" if len(stale) == 1 else f"{len(stale):,} entries fit"
    yield Text.assemble(("Stale", "bold"), f"  {entries} no finding any more and can go")
    for each in stale[:MOST_NAMED]:
        yield Padding(Text(printable(each)), (0, 0, 0, 2))
    if len(stale) > MOST_NAMED:
        yield f"  and {len(stale) - MOST_NAMED:,} more: --output-format json"


def _heading(report: Report) -> RenderableType:
    corpus = report.corpus
    if corpus.index is not None:
        again = several(corpus.index.candidates, "document")
        return (
            f"leakcheck {report.version} asked an index of {several(corpus.documents, 'document')} "
            f"in {several(corpus.files, 'file')} ({byte_size(corpus.bytes)}) at scale "
            f"{corpus.index.scale}, and looked at {again} again"
        )
    since = report.settings.diff_base
    added = "" if since is None else f" added since {printable(since)}"
    by = f", by the preset {report.settings.preset}" if report.settings.preset else ""
    return (
        f"leakcheck {report.version} read {several(corpus.documents, 'document')}{added} "
        f"in {several(corpus.files, 'file')} ({byte_size(corpus.bytes)}){by}"
    )


def _overview(benchmarks: tuple[BenchmarkReport, ...]) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 3, 0, 0))
    for benchmark in benchmarks:
        splits = benchmark.splits.values()
        grid.add_row(
            Text(printable(benchmark.name), "bold"),
            Text(VERDICT_WORDS[benchmark.verdict], VERDICT_COLOURS[benchmark.verdict]),
            _found((split for split in splits if split.role == "test"), "test items"),
            _found((split for split in splits if split.role != "test"), "others"),
        )
    return grid


def _found(splits: Iterable[SplitReport], noun: str) -> str:
    counts = [(split.matched, split.items) for split in splits]
    matched, items = sum(count for count, _ in counts), sum(count for _, count in counts)
    return out_of(matched, items, noun) if items else ""


def _block(benchmark: BenchmarkReport, report: Report, width: int) -> Iterator[RenderableType]:
    from rich.text import Text

    verdict = Text(VERDICT_WORDS[benchmark.verdict], VERDICT_COLOURS[benchmark.verdict])
    yield Text.assemble((printable(benchmark.name), "bold"), "  ", verdict)
    yield Text(sentence(benchmark.reason))
    if accepted := accepted_sentence(benchmark):
        yield Text(accepted, "bold")
    if estimates := estimates_sentence(report, benchmark.name):
        yield Text(estimates)
    if report.settings.preset:
        yield ""
        rows = preset_rows(benchmark, report.settings.preset, report.flagged)
    elif benchmark.verdict == "clean":
        rows = clean_rows(benchmark)
    else:
        yield ""
        rows = rows_of(benchmark, report.findings)
    for row in rows:
        yield from _lines(row, width)


def _lines(row: Row, width: int) -> Iterator[RenderableType]:
    """Set a row in lines, the further ones under the first letter of its text."""
    from rich.text import Text

    room = max(1, width - LABEL_WIDTH - len(row.lead))
    label, lead = f"  {row.label}".ljust(LABEL_WIDTH), row.lead
    for line in wrap(row.text, room, break_on_hyphens=False) or [""]:
        yield Text.assemble((label, "bold" if label.strip() else ""), lead, line)
        label, lead = " " * LABEL_WIDTH, " " * len(lead)


def _canaries(canaries: tuple[CanaryReport, ...]) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    names = ", ".join(dict.fromkeys(printable(each.bench) for each in canaries))
    files = several(len({each.path for each in canaries}), "file")
    yield Text.assemble(
        ("Canaries", "bold"), f"  the string that marks copies of {names} is in {files}"
    )
    for each in canaries[:MOST_NAMED]:
        place = place_of(each.path, each.row, each.source)
        yield Padding(Text(printable(f"{each.bench}: {place}")), (0, 0, 0, 2))
    if len(canaries) > MOST_NAMED:
        yield f"  and {len(canaries) - MOST_NAMED:,} more: --output-format json"


def _skipped(corpus: CorpusReport) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    lost = f"{byte_size(corpus.unread_bytes)} of {byte_size(corpus.bytes)}"
    share = percent(corpus.unread_bytes, corpus.bytes)
    places = several(len(corpus.skipped), "place")
    yield Text.assemble(("Not read", "bold"), f"  {places}, {lost} ({share})")
    for each in corpus.skipped[:MOST_NAMED]:
        place = place_of(each.path, each.row)
        yield Padding(Text(printable(f"{place}: {each.reason}")), (0, 0, 0, 2))
    if len(corpus.skipped) > MOST_NAMED:
        yield f"  and {len(corpus.skipped) - MOST_NAMED:,} more: --output-format json"
