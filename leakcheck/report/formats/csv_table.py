"""The findings as a table for spreadsheets: CSV as RFC 4180 has it, one finding a row.

A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula, and a corpus may hold
anything. Such a text is written with an apostrophe before it. `jsonl` and `parquet` have texts as
they are.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from leakcheck.report.sheet import Sheet

if TYPE_CHECKING:
    from leakcheck.verdict.records import Report

__all__ = ["cell", "render"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(report: Report, sheet: Sheet) -> str:
    """Render the findings in the order of the corpus, below a header with the names of fields."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(report.findings.column_names)
    for batch in report.findings.to_batches():
        columns = ([cell(value) for value in column.to_pylist()] for column in batch.columns)
        writer.writerows(zip(*columns, strict=True))
    return page.getvalue()


def cell(value: object) -> object:
    """Return what a cell holds: a list joined, a text that would be a formula guarded.

    >>> cell(["question", "answer"]), cell("=1+1"), cell(-1.5), cell(False)
    ('question; answer', "'=1+1", -1.5, 'false')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
