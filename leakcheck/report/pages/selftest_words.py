"""The self-test in sentences: what was found that should not be, and what a "clean" is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from leakcheck.report.numbers import out_of, percent, several
from leakcheck.selftest.changes import QUESTION_ALONE

if TYPE_CHECKING:
    from leakcheck.selftest.changes import Group
    from leakcheck.selftest.drawing import Side
    from leakcheck.selftest.records import BenchmarkResult, Row, SideResult

__all__ = ["false_positives", "left_out", "promises", "worth"]

ENOUGH = 20
"""The worst change is named among those that so many items allowed."""

_CALLED: dict[Side, tuple[str, str]] = {
    "test": ("test leakage", "test items"),
    "other": ("overlap", "items of other splits"),
}


def left_out(side: SideResult) -> str:
    """Name the items that could not be planted, and why; empty if there are none."""
    reasons = [
        (side.without_text, "whose text is not at hand"),
        (side.untestable, "with too little text to be found at all"),
        (side.shared, "with the same question in a test split and in another"),
    ]
    parts = [f"{count:,} {why}" for count, why in reasons if count]
    return f"Never planted: {', '.join(parts)}." if parts else ""


def false_positives(result: BenchmarkResult) -> Iterator[str]:
    """Say what was found where nothing was planted, or that was not what was planted."""
    interval = result.already_interval
    low, high = (percent(100 * max(0.0, limit), 100) for limit in interval[1:])
    yield (
        f"Before anything was planted, test items were found in "
        f"{out_of(result.already_test, result.documents)} of your documents (95 %: {low} to "
        f"{high}), items of other splits in {result.already - result.already_test:,} more."
        + _perhaps_true(result)
    )
    for side in result.sides:
        for row in _rows(side, ("variant",)):
            yield _variants(side, row)
    rows = [row for side in result.sides for row in _rows(side, ("copied", "dressed", "edited"))]
    yield (
        f"An item that was not planted was named in "
        f"{out_of(_sum(rows, 'unplanted'), _sum(rows, 'planted'))} documents."
    )


def _perhaps_true(result: BenchmarkResult) -> str:
    if not result.already:
        return ""
    return (
        " They may be true: `leakcheck scan` shows them. Nothing was planted into documents with "
        "any finding."
    )


def _variants(side: SideResult, row: Row) -> str:
    called, items = _CALLED[side.side]
    return (
        f"With other numbers an item is another problem: of {row.planted:,} {items} so changed "
        f"{row.own_split:,} were called {called}, {row.variants:,} were named as a variant, which "
        "is not counted."
    )


def worth(result: BenchmarkResult) -> Iterator[str]:
    """Say what a "clean" means for these items in these documents."""
    test, other = result.sides
    if copied := [row for row in _rows(test, ("copied",)) if row.promised]:
        yield f"Of test items copied with all their fields {_found(copied)} found."
    for row in _rows(test, ("copied",)):
        if row.change == QUESTION_ALONE:
            yield f"With their question alone: {_share([row])}."
    if dressed := _rows(test, ("dressed",)):
        yield f"Written down in another way: {_share(dressed)}."
    if edited := _rows(test, ("edited",)):
        worst = _worst(edited)
        yield (
            f"Of 100 that were edited by rule, without their answer, "
            f"{100 * _sum(edited, 'own_split') / _sum(edited, 'planted'):.0f} would be found; "
            f"fewest with “{worst.change}”: {out_of(worst.own_split, worst.planted)}."
        )
    if planted := _rows(other, ("copied", "dressed", "edited")):
        yield (
            f"Items of other splits were called test leakage in "
            f"{out_of(_sum(planted, 'other_split'), _sum(planted, 'planted'))} documents."
        )
    yield (
        "These edits are mechanical: a person or a model that rewrites a question changes more, "
        "and fewer are found (docs/accuracy.md). A translated leak is not found at all"
        + (
            f", nor what has too little text: {several(test.untestable, 'test item')}."
            if test.untestable
            else "."
        )
    )


def promises(result: BenchmarkResult) -> Iterator[str]:
    """Say whether what the docs promise of copies was seen."""
    if not result.broken:
        yield "Copies: found and attributed as the docs promise."
    for problem in result.broken:
        yield f"FAILED  {problem}"


def _rows(side: SideResult, groups: Sequence[Group]) -> list[Row]:
    return [row for row in side.rows if row.group in groups and row.planted]


def _sum(rows: Sequence[Row], name: str) -> int:
    return sum(int(getattr(row, name)) for row in rows)


def _worst(rows: Sequence[Row]) -> Row:
    """Return the row of the least share, of those with enough items to have one."""
    enough = [row for row in rows if row.planted >= ENOUGH]
    return min(enough or rows, key=lambda row: row.own_split / row.planted)


def _share(rows: Sequence[Row]) -> str:
    return f"{out_of(_sum(rows, 'own_split'), _sum(rows, 'planted'))} found"


def _found(rows: Sequence[Row]) -> str:
    """Say how many of copies were found in each place, in a word where it was all of them."""
    found, planted = _sum(rows, "own_split"), _sum(rows, "planted")
    if found == planted:
        return f"all {rows[0].planted:,}, wherever they stood, were"
    return f"{out_of(found, planted)} copies were"
