"""Writing a report to a file, in the format that the file's name tells."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from leakcheck.benchmark.durable import replace_file
from leakcheck.errors import UsageError
from leakcheck.report import FORMATS, Sheet, format_of

if TYPE_CHECKING:
    from leakcheck.verdict.records import Report

__all__ = ["write_report"]


def write_report(report: Report, path: str | os.PathLike[str]) -> None:
    """Write a report to a file, in the format of its suffix, in one piece.

    Args:
        report: what a scan gave, or `read_run`.
        path: of the file, as `report.html`, `findings.parquet` or `leaks.sarif`.

    Raises:
        UsageError: no format has this suffix, or the file cannot be written.
    """
    name = format_of(os.fspath(path))
    if name is None:
        suffixes = ", ".join(suffix for form in FORMATS.values() for suffix in form.suffixes)
        raise UsageError(
            f"{os.fspath(path)}: no format has this suffix; those that have one: {suffixes}"
        )
    rendered = FORMATS[name].render(report, Sheet())
    data = rendered.encode("utf-8", "backslashreplace") if isinstance(rendered, str) else rendered
    try:
        with replace_file(Path(path)) as temporary:
            temporary.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{os.fspath(path)}: cannot be written: {error.strerror}") from error
