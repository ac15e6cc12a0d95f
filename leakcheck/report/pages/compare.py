"""Two runs compared, for people: what differs beside the corpus first, then what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from leakcheck.report.console import labelled, rendered
from leakcheck.report.numbers import several
from leakcheck.report.sheet import Sheet
from leakcheck.report.words import VERDICT_COLOURS, VERDICT_WORDS, printable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from leakcheck.run.comparison import BenchmarkChange, Comparison, FindingChange, ItemChange
    from leakcheck.run.drift import Drift
    from leakcheck.verdict.records import Verdict

__all__ = ["compare_page"]

LABEL_WIDTH = len("  No longer leaked  ")
MOST_NAMED = 10
"""How many of each list are named."""
ALL_OF_THEM = "--output-format json"


def compare_page(comparison: Comparison, sheet: Sheet) -> str:
    """Render what changed; one line says so where nothing did."""
    return rendered(_parts(comparison, sheet.width), sheet)


def _parts(comparison: Comparison, width: int) -> Iterator[RenderableType]:
    if comparison.is_same:
        yield "The same: settings, what was read, verdicts and findings."
        return
    if comparison.settings:
        yield "The runs were made in different ways, which may explain what differs below."
        yield ""
    yield from _verdicts(comparison.benchmarks)
    new = [each for each in comparison.findings if not each.before]
    gone = [each for each in comparison.findings if not each.after]
    other = [each for each in comparison.findings if each.before and each.after]
    for label, lines in (
        ("Settings", _drifts(comparison.settings)),
        ("Read", _drifts(comparison.coverage)),
        ("Newly leaked", _items(comparison.newly_leaked, comparison.benchmarks)),
        ("No longer leaked", _items(comparison.no_longer_leaked, ())),
        ("Leaked otherwise", _items(comparison.other_kind, ())),
        ("New findings", _findings(new)),
        ("Gone findings", _findings(gone)),
        ("Other counts", _findings(other)),
    ):
        if lines:
            yield ""
            yield from labelled(label, lines, LABEL_WIDTH, width)


def _verdicts(benchmarks: Sequence[BenchmarkChange]) -> Iterator[RenderableType]:
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 3, 0, 0))
    for is_verdict in (False, True, False, False):
        grid.add_column(no_wrap=not is_verdict)
    for each in benchmarks:
        grid.add_row(
            Text(printable(each.name), "bold"),
            _verdict_change(each.verdict_before, each.verdict_after),
            _count_change(each.leaked_before, each.leaked_after, each.test_items, "test"),
            _count_change(each.overlap_before, each.overlap_after, each.other_items, "other"),
        )
    yield grid


def _verdict_change(before: Verdict | None, after: Verdict | None) -> Text:
    from rich.text import Text

    if before == after:
        return Text.assemble("still ", _verdict(after))
    return Text.assemble(_verdict(before), " -> ", _verdict(after))


def _verdict(verdict: Verdict | None) -> tuple[str, str]:
    if verdict is None:
        return "not looked for", ""
    return VERDICT_WORDS[verdict], VERDICT_COLOURS[verdict]


def _count_change(before: int | None, after: int | None, items: int, noun: str) -> str:
    if not items:
        return ""
    was, became = ("-" if each is None else f"{each:,}" for each in (before, after))
    return f"{noun}: {was if was == became else f'{was} -> {became}'} of {items:,}"


def _drifts(drifts: Sequence[Drift]) -> list[str]:
    return [
        printable(f"{each.what}: {_value(each.before)} -> {_value(each.after)}") for each in drifts
    ]


def _value(value: str | int) -> str:
    return f"{value:,}" if isinstance(value, int) else value or "none"


def _items(items: Sequence[ItemChange], benchmarks: Iterable[BenchmarkChange]) -> list[str]:
    """Name items; of those whose benchmark is not leaked for all that, its verdict too."""
    verdicts = {
        each.name: f" ({each.name} is {_verdict(each.verdict_after)[0]})"
        for each in benchmarks
        if each.verdict_after != "leaked"
    }
    named = (
        f"{each.bench} {each.item}: {each.before} -> {each.after}{verdicts.get(each.bench, '')}"
        for each in items
    )
    return _listed(several(len(items), "test item"), named, len(items))


def _findings(findings: Sequence[FindingChange]) -> list[str]:
    """Say in how many places each text stood, and stands now."""
    before = sum(each.before for each in findings)
    after = sum(each.after for each in findings)
    counted = f"{several(len(findings), 'text')}, places: {before:,} -> {after:,}"
    named = (
        f"{each.fingerprint}  {each.before:,} -> {each.after:,}  {each.bench} {each.item}, "
        f"{each.kind}"
        for each in findings
    )
    return _listed(counted, named, len(findings))


def _listed(counted: str, named: Iterable[str], count: int) -> list[str]:
    """Head a list with its count, and cut it short."""
    if not count:
        return []
    lines = [counted, *map(printable, islice(named, MOST_NAMED))]
    return (
        [*lines, f"and {count - MOST_NAMED:,} more: {ALL_OF_THEM}"] if count > MOST_NAMED else lines
    )
