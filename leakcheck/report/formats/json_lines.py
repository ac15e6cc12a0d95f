"""The findings as JSON lines, one finding a line, with the keys of `Finding`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from leakcheck.report.sheet import Sheet

if TYPE_CHECKING:
    from leakcheck.verdict.records import Report

__all__ = ["render"]


def render(report: Report, sheet: Sheet) -> str:
    """Render the findings in the order of the corpus; without findings the text is empty.

    A report by a preset has no findings: its lines are the flagged items, with the preset's name.
    """
    preset = report.settings.preset
    by = {"preset": preset} if preset else {}
    rows = report.flagged if preset else report.findings
    return "".join(
        json.dumps(by | row, ensure_ascii=False) + "\n"
        for batch in rows.to_batches()
        for row in batch.to_pylist()
    )
