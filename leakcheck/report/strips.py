"""Strips: distributions as rows of block characters, for a page without colours."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["axis", "axis_end", "strip"]

SHADES = ((50, 50, "█"), (25, 75, "▓"), (10, 90, "▒"), (1, 99, "░"))
"""The per cents that each character reaches from and to, the darkest first."""


def axis_end(highest: float) -> float:
    """Return where an axis from 0 ends that shows values up to `highest`, 1 at most.

    >>> axis_end(0.23), axis_end(0.02), axis_end(0.97)
    (0.3, 0.1, 1.0)
    """
    return min(10, max(1, -int(-highest * 10 // 1))) / 10


def strip(quantile: Callable[[int], float], end: float, width: int) -> str:
    """Draw a distribution between 0 and `end` in `width` characters: dark where it is dense.

    The median is black, and shades reach from 25 to 75, from 10 to 90 and from 1 to 99 %.

    >>> strip(lambda percent: percent / 100, 1.0, 20)
    '░░▒▒▒▓▓▓▓▓█▓▓▓▓▓▒▒▒░'
    """
    cells = [" "] * width
    for low, high, shade in reversed(SHADES):
        first, last = (min(width - 1, int(quantile(each) / end * width)) for each in (low, high))
        cells[first : last + 1] = shade * (last + 1 - first)
    return "".join(cells).rstrip()


def axis(end: float, width: int) -> str:
    """Write the numbers below strips.

    >>> axis(0.3, 20)
    '0                0.3'
    """
    return "0" + f"{end:g}".rjust(width - 1)
