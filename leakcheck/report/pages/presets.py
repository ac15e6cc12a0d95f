"""The comparison of published criteria as text for people, and as one JSON document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from textwrap import wrap
from typing import TYPE_CHECKING

import msgspec

from leakcheck.report.numbers import byte_size, out_of, several
from leakcheck.report.words import VERDICT_WORDS, printable

if TYPE_CHECKING:
    from leakcheck.presets.comparing import BenchmarkComparison, Comparison, CriterionReport

__all__ = ["SCHEMA", "render_json", "render_page"]

SCHEMA = "leakcheck/presets/1"
"""Keys may be added under this name; none is renamed, moved or taken away."""
MOST_SPLITS = 4
"""Where a benchmark has more, those that are no test share a column."""
MOST_GROUPS = 8
"""How many groups of items that criteria disagree on are named."""

_NAME, _COLUMN = 24, 10
_OWN = "leakcheck"
_NOTE = (
    "Published criteria do not ask which split a text is from: the same text flags the items of "
    "all splits. Both, alone and missed are test items: flagged as by leakcheck, by the preset "
    "alone, and by leakcheck alone. Criteria, sources and deviations: docs/presets.md."
)


def render_json(comparison: Comparison) -> str:
    """Render a comparison as one JSON document."""
    document = {
        "schema": SCHEMA,
        "tool": {"name": "leakcheck", "version": comparison.version},
        "paths": comparison.paths,
        "corpus": msgspec.to_builtins(comparison.corpus),
        "benchmarks": [msgspec.to_builtins(each) for each in comparison.benchmarks],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def render_page(comparison: Comparison, width: int) -> str:
    """Render a comparison as tables, one a benchmark, for a page of `width` columns."""
    lines = [_heading(comparison)]
    for benchmark in comparison.benchmarks:
        lines += ["", *_block(benchmark, width)]
    lines += ["", *wrap(_NOTE, width)]
    return "".join(line.rstrip() + "\n" for line in lines)


def _heading(comparison: Comparison) -> str:
    corpus = comparison.corpus
    return (
        f"leakcheck {comparison.version} read {several(corpus.documents, 'document')} "
        f"in {several(corpus.files, 'file')} ({byte_size(corpus.bytes)})"
    )


def _block(benchmark: BenchmarkComparison, width: int) -> Iterator[str]:
    verdict = VERDICT_WORDS[benchmark.verdict]  # type: ignore[index]
    yield f"{printable(benchmark.name)}  by leakcheck: {verdict}"
    yield ""
    columns = _columns(benchmark)
    heads = [*(name for name, _ in columns), "too short", "both", "alone", "missed"]
    rows = [
        ("flagged by", heads),
        ("", [f"of {_items(benchmark, splits):,}" for _, splits in columns]),
        *((each.name, _cells(each, benchmark)) for each in benchmark.criteria),
    ]
    widths = [max(_COLUMN, len(head) + 1) for head in heads]
    for name, cells in rows:
        yield _row(name, cells, widths)
    for criterion in benchmark.criteria:
        if criterion.grades:
            grades = ", ".join(f"{count:,} {name}" for name, count in criterion.grades.items())
            yield f"  {criterion.name}, test items by class: {grades}"
    yield ""
    yield from _disagreements(benchmark, width)


def _row(name: str, cells: list[str], widths: list[int]) -> str:
    line = "".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=False))
    return f"  {name:<{_NAME}}{line}"


def _columns(benchmark: BenchmarkComparison) -> list[tuple[str, list[str]]]:
    """Return the columns that count flagged items: a heading and the splits of each."""
    test = [split.name for split in benchmark.splits if split.role == "test"]
    others = [split.name for split in benchmark.splits if split.role != "test"]
    if len(test) + len(others) <= MOST_SPLITS:
        return [(printable(name), [name]) for name in (*test, *others)]
    return [("test", test), *([("others", others)] if others else [])]


def _items(benchmark: BenchmarkComparison, splits: list[str]) -> int:
    return sum(split.items for split in benchmark.splits if split.name in splits)


def _cells(criterion: CriterionReport, benchmark: BenchmarkComparison) -> list[str]:
    test = [split.name for split in benchmark.splits if split.role == "test"]
    flagged = [
        sum(criterion.flagged.get(split, 0) for split in splits)
        for _, splits in _columns(benchmark)
    ]
    short = sum(criterion.undecided.get(split, 0) for split in test)
    own = criterion.name == _OWN
    beside = [] if own else [criterion.both, criterion.alone, criterion.missed]
    return [f"{count:,}" for count in (*flagged, short, *beside)]


def _disagreements(benchmark: BenchmarkComparison, width: int) -> Iterator[str]:
    items = sum(split.items for split in benchmark.splits if split.role == "test")
    yield f"  All agree on {out_of(benchmark.agreed, items, 'test items')}."
    names = [criterion.name for criterion in benchmark.criteria]
    for group in benchmark.disagreements[:MOST_GROUPS]:
        others = [name for name in names if name not in group.flagged_by]
        by = (
            f"flagged by {', '.join(group.flagged_by)} alone"
            if len(group.flagged_by) <= len(others)
            else f"flagged by all but {', '.join(others)}"
        )
        first = printable(group.examples[0])
        yield from wrap(
            f"{group.items:,} {by} ({first})",
            width,
            initial_indent="    ",
            subsequent_indent="      ",
            break_on_hyphens=False,
        )
    left = benchmark.disagreements[MOST_GROUPS:]
    if left:
        rest = sum(group.items for group in left)
        yield f"    {rest:,} in {several(len(left), 'other way')}: --output-format json"
