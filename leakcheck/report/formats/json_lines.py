"""The findings as JSON lines, one finding a line, with the keys of `Finding`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from leakcheck.report.sheet import Sheet

if TYPE_CHECKING:
    from leakcheck.verdict.records import Report

__all__ = ["render"]


def render(report: Report, sheet: Sheet) -> str:
    """Render the findings in the order of the corpus; without findings the text is empty."""
    return "".join(
        json.dumps(finding, ensure_ascii=False) + "\n"
        for batch in report.findings.to_batches()
        for finding in batch.to_pylist()
    )
