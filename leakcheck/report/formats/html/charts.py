"""Pictures: small SVG, coloured by the page's style, each with its text for those who hear it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from leakcheck.report.numbers import out_of, percent

__all__ = ["Part", "histogram", "length_bar", "share_bar"]

WIDTH, BAR_HEIGHT, HISTOGRAM_HEIGHT = 1000, 14, 70
LEAST = 4.0
"""Nothing that was found is drawn narrower, in thousandths."""
BINS = 20
BIN_WIDTH, BIN_GAP, AXIS_HEIGHT = 14, 2, 20


class Part(NamedTuple):
    """A part of a bar."""

    name: str
    amount: int
    style: str
    """Its class in the page's style."""


def share_bar(title: str, parts: Iterable[Part], total: int) -> str:
    """Draw parts of a total side by side, the rest empty, with a legend below."""
    parts = [part for part in parts if part.amount]
    told = "; ".join(f"{out_of(part.amount, total)} {part.name}" for part in parts) or "none"
    x, drawn = 0.0, []
    for part in parts:
        width = _width(part.amount, total)
        drawn.append(_rectangle(x, 0, width, BAR_HEIGHT, part.style))
        x += width
    legend = "".join(
        f'<li><span class="swatch {part.style}"></span>{escape(part.name)} '
        f"<b>{part.amount:,}</b> <small>{percent(part.amount, total)}</small></li>"
        for part in parts
    )
    legend = f'<ul class="legend">{legend}</ul>' if parts else ""
    return _bar(f"{title}: {told}", drawn) + legend


def length_bar(title: str, parts: Sequence[Part], longest: int) -> str:
    """Draw counts as one bar whose full length is that of the longest one in its table."""
    x, drawn = 0.0, []
    for part in parts:
        width = _width(part.amount, longest) if part.amount else 0.0
        drawn.append(_rectangle(x, 0, width, BAR_HEIGHT, part.style))
        x += width
    told = ", ".join(f"{part.amount:,} {part.name}" for part in parts)
    return _bar(f"{title}: {told}", drawn)


def histogram(title: str, style: str, scores: Sequence[float]) -> str:
    """Draw how many scores lie where between 0 and 1; a sentence must do if all lie together."""
    heights = _binned(scores)
    filled = [number for number, height in enumerate(heights) if height]
    if len(filled) < 2:
        return "".join(f'<p class="note">{_together(title, heights, at)}</p>' for at in filled)
    upper = out_of(sum(heights[BINS // 2 :]), len(scores))
    width = BINS * (BIN_WIDTH + BIN_GAP)
    size = f'width="{width + 32}" height="{HISTOGRAM_HEIGHT + AXIS_HEIGHT + 16}"'
    return (
        f'<figure class="histogram"><figcaption>{escape(title)}</figcaption>'
        f'<svg viewBox="-16 -16 {width + 32} {HISTOGRAM_HEIGHT + AXIS_HEIGHT + 16}" {size} '
        f'role="img" aria-label="{escape(title)}: {upper} are 0.5 or more">'
        f"{''.join(_columns(heights, style))}{_axis(width, max(heights))}</svg></figure>"
    )


def _binned(scores: Iterable[float]) -> list[int]:
    bins = [0] * BINS
    for score in scores:
        bins[min(BINS - 1, int(score * BINS + 1e-9))] += 1
    return bins


def _together(title: str, heights: list[int], at: int) -> str:
    how_many = "it lies" if heights[at] == 1 else f"all {heights[at]:,} lie"
    return f"{escape(title)}: {how_many} from {at / BINS:g} to {(at + 1) / BINS:g}."


def _columns(heights: list[int], style: str) -> Iterator[str]:
    for at, count in enumerate(heights):
        if count:
            height = max(2.0, HISTOGRAM_HEIGHT * count / max(heights))
            x, y = at * (BIN_WIDTH + BIN_GAP), HISTOGRAM_HEIGHT - height
            yield _rectangle(x, y, BIN_WIDTH, height, style)


def _axis(width: int, highest: int) -> str:
    ticks = "".join(
        f'<text x="{width * tick / 4:g}" y="{HISTOGRAM_HEIGHT + 15}" text-anchor="middle">'
        f"{tick / 4:g}</text>"
        for tick in range(5)
    )
    line = f'<path class="axis" d="M0 {HISTOGRAM_HEIGHT + 0.5}H{width}"/>'
    return f'{line}{ticks}<text x="0" y="-4">{highest:,}</text><path class="axis" d="M0 .5H4"/>'


def _width(count: int, total: int) -> float:
    return max(LEAST, WIDTH * count / total) if total else 0.0


def _bar(label: str, rectangles: Iterable[str]) -> str:
    return (
        f'<svg class="bar" viewBox="0 0 {WIDTH} {BAR_HEIGHT}" preserveAspectRatio="none" '
        f'role="img" aria-label="{escape(label)}">'
        f"{_rectangle(0, 0, WIDTH, BAR_HEIGHT, 'rest')}{''.join(rectangles)}</svg>"
    )


def _rectangle(x: float, y: float, width: float, height: float, style: str) -> str:
    return (
        f'<rect class="{style}" x="{round(x, 1):g}" y="{round(y, 1):g}" '
        f'width="{round(width, 1):g}" height="{round(height, 1):g}"/>'
    )
