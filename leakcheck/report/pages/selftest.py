"""The self-test as text for people, and as one JSON document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from textwrap import wrap
from typing import TYPE_CHECKING

import msgspec

from leakcheck.report.numbers import out_of, several
from leakcheck.report.pages.selftest_words import false_positives, left_out, promises, worth
from leakcheck.report.words import printable

if TYPE_CHECKING:
    from leakcheck.selftest.changes import Group
    from leakcheck.selftest.records import BenchmarkResult, Row, SelfTest, SideResult

__all__ = ["SCHEMA", "render_json", "render_page"]

SCHEMA = "leakcheck/selftest/1"
"""Keys may be added under this name; none is renamed, moved or taken away."""

_SIDES = {"test": "Test items", "other": "Items of other splits"}
_GROUPS: dict[Group, str] = {
    "copied": "word for word",
    "dressed": "the same words, written down in another way",
    "edited": "edited by rule, without the answer",
}
_NAME = 30
_HEADS = ("planted", "own item", "its split", "other", "missed", "95 %")
_WIDTHS = (8, 9, 10, 6, 7, 10)


def render_json(result: SelfTest) -> str:
    """Render a self-test as one JSON document."""
    document = {
        "schema": SCHEMA,
        "tool": {"name": "leakcheck", "version": result.version},
        "settings": {
            "seed": result.seed,
            "paths": result.paths,
            "text_field": result.text_field,
        },
        "benchmarks": [msgspec.to_builtins(each) for each in result.benchmarks],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def render_page(result: SelfTest, width: int) -> str:
    """Render a self-test as tables for a page of `width` columns, at least 60."""
    where = ", ".join(map(printable, result.paths)) or "the example corpus"
    lines = wrap(
        f"leakcheck {result.version} planted items, in memory, into documents of {where} "
        f"(seed {result.seed})",
        width,
        break_on_hyphens=False,
    )
    for benchmark in result.benchmarks:
        lines += ["", *_block(benchmark, width)]
    return "".join(line.rstrip() + "\n" for line in lines)


def _block(result: BenchmarkResult, width: int) -> Iterator[str]:
    drawn = ", ".join(
        f"{out_of(side.drawn, side.items)} {_SIDES[side.side].lower()}" for side in result.sides
    )
    documents = several(result.documents, "document")
    yield from wrap(f"{printable(result.name)}: {drawn}; {documents}", width)
    for side in result.sides:
        if side.drawn:
            yield ""
            yield from _table(side, width)
    yield ""
    yield "False positives"
    for each in false_positives(result):
        yield from _indented(each, width)
    yield ""
    yield 'What a "clean" is worth here'
    yield from _indented(" ".join(worth(result)), width)
    yield ""
    for each in promises(result):
        yield from wrap(each, width, subsequent_indent="  ", break_on_hyphens=False)


def _table(side: SideResult, width: int) -> Iterator[str]:
    yield f"{_SIDES[side.side]:<{_NAME}}" + _cells(_HEADS)
    for group, title in _GROUPS.items():
        rows = [row for row in side.rows if row.group == group and row.planted]
        if rows:
            yield f"  {title}"
        for row in rows:
            yield f"{'    ' + row.change:<{_NAME}}" + _cells(_values(row))
    if said := left_out(side):
        yield from _indented(said, width)


def _values(row: Row) -> tuple[str, ...]:
    counts = (row.planted, row.own_item, row.own_split, row.other_split, row.missed)
    return (*(f"{count:,}" for count in counts), f"{_points(row.low)}-{_points(row.high)}")


def _points(share: float) -> str:
    return "100" if share > 0.9995 else f"{100 * share:.0f}"


def _cells(cells: tuple[str, ...]) -> str:
    return "".join(cell.rjust(width) for cell, width in zip(cells, _WIDTHS, strict=True))


def _indented(text: str, width: int) -> list[str]:
    return wrap(text, width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
