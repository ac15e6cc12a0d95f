"""Promises: what the docs say of copies, and whether a self-test shows it.

Few items prove little: a promise is broken where what was seen is worse than chance alone would
make it, by the 95 % interval.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leakcheck.impact.intervals import wilson
from leakcheck.selftest.drawing import Side
from leakcheck.selftest.records import Row, SideResult

__all__ = ["LEAST_FOUND", "MOST_CALLED_TEST", "broken_promises"]

LEAST_FOUND = 0.995
"""Of testable items, copied word for word with all fields, so many are found."""
MOST_CALLED_TEST = 0.005
"""Copies of items of other splits are called test leakage, even beside their own item, in no more
documents. That a test item is called overlap beside its leakage changes no verdict."""

_NAMES = {"test": "test items", "other": "items of other splits"}


def broken_promises(sides: Sequence[SideResult]) -> list[str]:
    """Say of copies which promises do not hold."""
    return [
        f"{_NAMES[side.side]}, word for word, {row.change}: {problem}"
        for side in sides
        for row in side.rows
        if row.promised and row.planted
        for problem in _problems(row, side.side)
    ]


def _problems(row: Row, side: Side) -> Iterator[str]:
    if row.high < LEAST_FOUND:
        yield (
            f"{row.own_split:,} of {row.planted:,} found, the docs promise "
            f"{100 * LEAST_FOUND:.1f} %"
        )
    called_test = row.other_split if side == "other" else 0
    if wilson(called_test / row.planted, row.planted).low > MOST_CALLED_TEST:
        yield (
            f"{called_test:,} of {row.planted:,} called test leakage, the docs promise at most "
            f"{100 * MOST_CALLED_TEST:.1f} %"
        )
