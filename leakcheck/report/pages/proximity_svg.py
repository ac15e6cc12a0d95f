"""Proximity as a picture: for each text, how many items find something at least so similar.

The file needs nothing else: no script, no font, no style from elsewhere. It follows the reader's
choice of light or dark, and lines differ by their dashes as well as by their colours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from leakcheck.report.pages.proximity_words import name_of, shortened
from leakcheck.report.strips import axis_end

if TYPE_CHECKING:
    from leakcheck.benchmark.closeness import Closeness
    from leakcheck.corpus_index.closeness.proximity import Proximity

__all__ = ["render"]

WIDTH, PANEL_HEIGHT = 860, 340
LEFT, RIGHT, TOP, BOTTOM = 64, 250, 48, 56
"""Margins of the plot in its panel, in pixels; the legend stands in the right one."""
LEGEND_LETTERS = 25
LINES = (
    ("#c04a00", "#ff8c42", ""),
    ("#0067a8", "#58b4ff", "7 3"),
    ("#00795a", "#2fd3a2", "2 3"),
    ("#a8447f", "#f29ccb", "9 3 2 3"),
    ("#6b6b6b", "#b4b4b4", "4 4"),
    ("#8a6700", "#e8c44a", "12 4"),
)
"""Each line's colour on white, on black, and its dashes."""

_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1f2328}.page{fill:#fff}.small{font-size:12px}"
    ".grid{stroke:#d0d7de}.curve{fill:none;stroke-width:2.5}"
    + "".join(
        f".line{number}{{stroke:{colour};stroke-dasharray:{dashes or 'none'}}}"
        for number, (colour, _, dashes) in enumerate(LINES)
    )
    + "@media(prefers-color-scheme:dark){"
    + "text{fill:#e6edf3}.page{fill:#0d1117}.grid{stroke:#30363d}"
    + "".join(f".line{number}{{stroke:{colour}}}" for number, (_, colour, _) in enumerate(LINES))
    + "}"
)


def render(proximities: Sequence[Proximity]) -> str:
    """Render what was measured as SVG, a panel for each benchmark."""
    height = PANEL_HEIGHT * len(proximities)
    panels = "\n".join(
        f'<g transform="translate(0 {PANEL_HEIGHT * number})">\n'
        + "\n".join(_panel(each))
        + "\n</g>"
        for number, each in enumerate(proximities)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img">\n'
        "<title>How close texts come to the test items of benchmarks</title>\n"
        f"<style>{_STYLE}</style>\n"
        f'<rect class="page" width="{WIDTH}" height="{height}"/>\n'
        f"{panels}\n</svg>\n"
    )


def _panel(proximity: Proximity) -> Iterator[str]:
    drawn = [(name_of(each), each.sample or each.all) for each in proximity.measured]
    curves = [(name, found) for name, found in drawn if found is not None and found.percentiles]
    end = axis_end(max((found.quantile(99) for _, found in curves), default=0.0))
    sizes = (
        "" if proximity.sample_tokens is None else f", {proximity.sample_tokens:,} tokens of each"
    )
    yield _text(LEFT, 26, f"{proximity.bench}: {proximity.items:,} test items{sizes}")
    yield from _axes(end)
    for number, (name, found) in enumerate(curves):
        style = f"curve line{number % len(LINES)}"
        title = f"<title>{_escaped(name)}</title>"
        yield f'<polyline class="{style}" points="{_points(found, end)}">{title}</polyline>'
        x, y = WIDTH - RIGHT + 20, TOP + 12 + 22 * number
        yield f'<path class="{style}" d="M{x} {y - 4}h28"/>'
        yield _text(x + 36, y, shortened(name, LEGEND_LETTERS), "small")


def _axes(end: float) -> Iterator[str]:
    bottom, right = PANEL_HEIGHT - BOTTOM, WIDTH - RIGHT
    for quarter in range(5):
        y = _y(quarter / 4)
        yield f'<path class="grid" d="M{LEFT} {y}H{right}"/>'
        yield _text(LEFT - 8, y + 4, f"{25 * quarter} %", "small", "end")
    for fifth in range(6):
        value = end * fifth / 5
        yield _text(_x(value, end), bottom + 18, f"{value:.2g}", "small", "middle")
    label = "share of the items whose best similarity is at least so high"
    yield _text((LEFT + right) / 2, bottom + 40, label, "small", "middle")


def _points(found: Closeness, end: float) -> str:
    """Return the line from the items that find least to those that find most."""
    pairs = [
        (_x(min(similarity, end), end), _y(1 - percent / 100))
        for percent, similarity in enumerate(found.percentiles)
    ]
    return " ".join(f"{x},{y}" for x, y in dict.fromkeys(pairs))


def _x(similarity: float, end: float) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * similarity / end, 1)


def _y(share: float) -> float:
    return round(TOP + (PANEL_HEIGHT - TOP - BOTTOM) * (1 - share), 1)


def _text(x: float, y: float, text: str, style: str = "", anchor: str = "start") -> str:
    return f'<text class="{style}" x="{x}" y="{y}" text-anchor="{anchor}">{_escaped(text)}</text>'


def _escaped(text: str) -> str:
    return escape(text).encode("ascii", "xmlcharrefreplace").decode()
