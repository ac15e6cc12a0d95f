"""The formats of a report: one module each, and this table of them.

Whatever asks for a format asks `FORMATS` for it by name, or `format_of` by the name of a file. To
add a format, write a module with `render(report, sheet)` and a row here. Importing this loads
none of them, so that a command can name its formats at once.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from leakcheck.errors import UsageError
from leakcheck.report.sheet import Sheet

if TYPE_CHECKING:
    from leakcheck.verdict.records import Report

__all__ = ["FORMATS", "Format", "format_of"]

Render = Callable[["Report", Sheet], str | bytes]


class Format(NamedTuple):
    """How a report can look."""

    render: Render
    suffixes: tuple[str, ...]
    """Of the files that are written in it."""
    told: str
    """What it is, for the help."""


def _form(module: str, suffixes: tuple[str, ...], told: str) -> Format:
    """Describe a format by its module, which is loaded when a report is rendered."""

    def render(report: Report, sheet: Sheet) -> str | bytes:
        rendered: str | bytes = import_module(f"{__name__}.{module}").render(report, sheet)
        return rendered

    return Format(render, suffixes, told)


_EVERY: dict[str, Format] = {
    "table": _form("table", (".txt",), "what the terminal shows"),
    "html": _form("html", (".html", ".htm"), "one page for a browser, with all evidence"),
    "concise": _form("concise", (".concise.txt",), "one leak a line, for hooks"),
    "json": _form("json_report", (".json",), "verdicts and counts"),
    "jsonl": _form("json_lines", (".jsonl",), "one finding a line"),
    "csv": _form("csv_table", (".csv",), "one finding a row, for spreadsheets"),
    "parquet": _form("parquet", (".parquet",), "one finding a row, for DuckDB"),
    "markdown": _form("markdown", (".md",), "for a pull request or a job summary"),
    "sarif": _form("sarif", (".sarif",), "for code scanning"),
    "junit": _form("junit", (".xml",), "for CI systems: a leaked item fails"),
    "github": _form("github", (".github.txt",), "annotations of GitHub Actions"),
    "conda": _form("conda", (".conda.csv",), "rows of the CONDA contamination database"),
    "card": _form("card", (".card.md",), "a block for dataset and model cards"),
    "croissant": _form("croissant", (".croissant.json",), "a Croissant RAI fragment"),
    "audit": _form("audit", (".audit.json",), "a record for `leakcheck verify-audit`"),
}
_FOR_PRESETS = ("table", "json", "jsonl")
"""Those that name the published criterion beside every rate, where one decided."""


def _of_own_decisions(name: str, form: Format) -> Format:
    """Let a format render what leakcheck decided, and refuse what a preset did."""

    def render(report: Report, sheet: Sheet) -> str | bytes:
        if preset := report.settings.preset:
            raise UsageError(
                f"the format {name} has no place for the name of a preset; a report by {preset} "
                f"can be {', '.join(_FOR_PRESETS)}"
            )
        return form.render(report, sheet)

    return form._replace(render=render)


FORMATS: dict[str, Format] = {
    name: form if name in _FOR_PRESETS else _of_own_decisions(name, form)
    for name, form in _EVERY.items()
}
"""The formats by name, the one for people first."""


def format_of(file_name: str) -> str | None:
    """Name the format of a file by its longest suffix that is one; None if none is.

    >>> format_of("findings.jsonl"), format_of("report.docx")
    ('jsonl', None)
    """
    fitting = [
        (len(suffix), name)
        for name, form in FORMATS.items()
        for suffix in form.suffixes
        if file_name.lower().endswith(suffix)
    ]
    return max(fitting)[1] if fitting else None
