"""Markup: small pieces of HTML, in which every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from leakcheck.report.words import printable

__all__ = ["Cell", "facts", "numeric", "shown", "table"]

Cell = str
"""A cell with its markup, from `<td` or `<th` on."""


def shown(text: str) -> str:
    r"""Escape a text for a page; what could not be seen, or would turn others round, is spelt out.

    >>> shown("</script> a\u202eb")
    '&lt;/script&gt; a\\u202eb'
    """
    return escape(printable(text))


def numeric(text: str) -> Cell:
    """Set a number in a cell of its own.

    >>> numeric("1,319")
    '<td class="number">1,319</td>'
    """
    return f'<td class="number">{escape(text)}</td>'


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Set a table; a cell that is not marked up yet is a text, and the first heads its row.

    Args:
        caption: what the table tells, for those who hear it.
        heads: the columns; one that starts with `#` is of numbers.
        rows: their cells.
    """
    head = "".join(_head(text) for text in heads)
    body = "\n".join(
        "<tr>" + "".join(_cell(cell, first=not n) for n, cell in enumerate(row)) + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll"><table><caption class="unseen">{shown(caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"
    )


def _head(text: str) -> str:
    style = ' class="number"' if text.startswith("#") else ""
    return f'<th scope="col"{style}>{escape(text.removeprefix("#"))}</th>'


def _cell(cell: str, first: bool) -> Cell:
    if cell.startswith("<t"):
        return cell
    return f'<th scope="row">{cell}</th>' if first else f"<td>{cell}</td>"


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Set names with their values, which are marked up already.

    >>> facts([("Version", "1.2")])
    '<dl class="facts"><dt>Version</dt><dd>1.2</dd></dl>'
    """
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{value}</dd>" for name, value in pairs)
    return f'<dl class="facts">{rows}</dl>'
