"""Rendering: one format a file, from the same `Report`; nothing here prints.

Whatever asks for a format asks `RENDERERS` for it by name. Importing this loads neither Arrow nor
rich, so that a command can name its formats at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from leakcheck.report import json_lines, json_report, table

if TYPE_CHECKING:
    from leakcheck.verdict.records import Report

__all__ = ["RENDERERS", "Renderer"]


class Renderer(Protocol):
    """From a report to text that ends with a line break."""

    def __call__(self, report: Report, *, width: int, colour: bool) -> str:
        """Render a report for a page of `width` columns, with or without colour codes."""


def _for_any_page(render: Callable[[Report], str]) -> Renderer:
    return lambda report, *, width, colour: render(report)


RENDERERS: dict[str, Renderer] = {
    "table": table.render,
    "json": _for_any_page(json_report.render),
    "jsonl": _for_any_page(json_lines.render),
}
"""The formats by name, the one for people first."""
