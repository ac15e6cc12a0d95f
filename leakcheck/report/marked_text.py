"""Texts with the words marked that two of them share: in colour, or underlined for a log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, pairwise, zip_longest
from typing import TYPE_CHECKING

from leakcheck.report.words import printable

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["CONTEXT", "MARKED", "beside", "marked_text", "set_in_lines"]

MARKED, CONTEXT = "bold green", "dim"
UNDERLINE = "~"
GAP = 3
"""Columns between two texts."""


def marked_text(text: str, spans: Iterable[tuple[int, int]]) -> Text:
    """Mark ranges of characters of a text; what a terminal would obey is escaped.

    >>> marked_text("nine figs", [(5, 9)]).spans
    [Span(5, 9, 'bold green')]
    """
    from rich.text import Text

    marked = Text()
    borders = [0, *chain.from_iterable(spans), len(text)]
    for place, (start, end) in enumerate(pairwise(borders)):
        marked.append(_shown(text[start:end]), MARKED if place % 2 else None)
    return marked


def _shown(text: str) -> str:
    lines = text.replace("\t", " ").replace("\r\n", "\n").split("\n")
    return "\n".join(map(printable, lines))


def set_in_lines(text: Text, width: int, *, underline: bool) -> list[Text]:
    """Break a text into lines; where there is no colour, underline what is marked."""
    from rich.console import Console

    lines = text.wrap(Console(width=width, color_system=None, _environ={}), width)
    for line in lines:
        line.rstrip()
    if not underline:
        return list(lines)
    return [each for line in lines for each in (line, *_underlines(line))]


def _underlines(line: Text) -> list[Text]:
    from rich.cells import cell_len
    from rich.text import Text

    marks = [span for span in line.spans if span.style == MARKED and span.end > span.start]
    drawn = ""
    for span in marks:
        drawn = drawn.ljust(cell_len(line.plain[: span.start]))
        drawn += UNDERLINE * cell_len(line.plain[span.start : span.end])
    return [Text(drawn)] if marks else []


def beside(left: Sequence[Text], right: Sequence[Text], width: int) -> list[Text]:
    """Set two columns of lines beside each other, the left one so wide."""
    from rich.text import Text

    rows = []
    for first, second in zip_longest(left, right):
        row = Text().append_text(first or Text())
        row.append(" " * (width + GAP - row.cell_len))
        rows.append(row.append_text(second or Text()))
    return rows
