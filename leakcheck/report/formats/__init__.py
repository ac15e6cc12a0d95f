"""The formats of a report: one module each, and this table of them.

Whatever asks for a format asks `FORMATS` for it by name, or `format_of` by the name of a file. To
add a format, write a module with `render(report, sheet)` and a row here. Importing this loads
neither Arrow nor rich, so that a command can name its formats at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from leakcheck.errors import UsageError
from leakcheck.report.formats import (
    audit,
    card,
    concise,
    conda,
    croissant,
    csv_table,
    github,
    html,
    json_lines,
    json_report,
    junit,
    markdown,
    parquet,
    sarif,
    table,
)
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


_EVERY: dict[str, Format] = {
    "table": Format(table.render, (".txt",), "what the terminal shows"),
    "html": Format(html.render, (".html", ".htm"), "one page for a browser, with all evidence"),
    "concise": Format(concise.render, (".concise.txt",), "one leak a line, for hooks"),
    "json": Format(json_report.render, (".json",), "verdicts and counts"),
    "jsonl": Format(json_lines.render, (".jsonl",), "one finding a line"),
    "csv": Format(csv_table.render, (".csv",), "one finding a row, for spreadsheets"),
    "parquet": Format(parquet.render, (".parquet",), "one finding a row, for DuckDB"),
    "markdown": Format(markdown.render, (".md",), "for a pull request or a job summary"),
    "sarif": Format(sarif.render, (".sarif",), "for code scanning"),
    "junit": Format(junit.render, (".xml",), "for CI systems: a leaked item fails"),
    "github": Format(github.render, (".github.txt",), "annotations of GitHub Actions"),
    "conda": Format(conda.render, (".conda.csv",), "rows of the CONDA contamination database"),
    "card": Format(card.render, (".card.md",), "a block for dataset and model cards"),
    "croissant": Format(croissant.render, (".croissant.json",), "a Croissant RAI fragment"),
    "audit": Format(audit.render, (".audit.json",), "a record for `leakcheck verify-audit`"),
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
