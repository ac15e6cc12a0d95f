"""Numbers as people read them, always with what they are out of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leakcheck.verdict.records import SplitReport

__all__ = ["by_chance", "byte_size", "expected", "out_of", "percent", "points", "several"]

LEAST_EXPECTED = 0.001
"""Reports round to this."""


def out_of(count: int, total: int, noun: str = "") -> str:
    """Write a count with its total.

    >>> out_of(13, 1319, "items")
    '13 of 1,319 items'
    """
    return f"{count:,} of {total:,} {noun}".rstrip()


def several(count: int, noun: str) -> str:
    """Write a count with its noun.

    >>> several(1, "file"), several(1200, "file")
    ('1 file', '1,200 files')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def percent(count: float, total: float) -> str:
    """Write a share; what is little is never rounded to nothing, nor what lacks little to all.

    >>> [percent(count, 10_000) for count in (0, 99, 1234, 9999, 10_000)]
    ['0 %', '0.99 %', '12.3 %', '99.9 %', '100 %']
    >>> percent(1, 1_000_000)
    'under 0.01 %'
    """
    share = 100 * count / total if total else 0.0
    if share in (0.0, 100.0):
        return f"{share:.0f} %"
    if share < 0.01:
        return "under 0.01 %"
    return f"{share:.2f} %" if share < 1 else f"{min(share, 99.9):.1f} %"


def points(gain: float) -> str:
    """Write points of a score out of 100.

    >>> points(0.99), points(12.0)
    ('0.99 of 100 points', '12 of 100 points')
    """
    return f"{gain:.2f}".rstrip("0").rstrip(".") + " of 100 points"


def expected(count: float) -> str:
    """Write an expected count, which is a mean and so seldom whole.

    >>> [expected(count) for count in (0.0, 0.0213, 3.25, 1234.5)]
    ['under 0.001', '0.021', '3.2', '1,234']
    """
    if count < LEAST_EXPECTED:
        return "under 0.001"
    return f"{count:.2g}" if count < 10 else f"{count:,.0f}"


def by_chance(splits: Iterable[SplitReport]) -> str:
    """Say how many matched items chance gives: about so many, or at most."""
    told = list(splits)
    count = sum(split.expected_by_chance for split in told)
    bound = sum(split.expected_by_chance for split in told if split.chance_at_most)
    if count < LEAST_EXPECTED:
        return expected(count)
    return f"{'at most' if 2 * bound > count else 'about'} {expected(count)}"


def byte_size(count: float) -> str:
    """Write a number of bytes.

    >>> byte_size(96_100), byte_size(512), byte_size(2.5e15)
    ('96.1 kB', '512 B', '2,500.0 TB')
    """
    if count < 1000:
        return f"{count:.0f} B"
    for unit in ("kB", "MB", "GB"):
        count /= 1000
        if count < 1000:
            return f"{count:.1f} {unit}"
    return f"{count / 1000:,.1f} TB"
