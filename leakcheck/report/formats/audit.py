"""The report as an audit record that `leakcheck verify-audit` checks later; see docs/audit.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leakcheck.report.sheet import Sheet

if TYPE_CHECKING:
    from leakcheck.verdict.records import Report

__all__ = ["render"]


def render(report: Report, sheet: Sheet) -> str:
    """Render the record of a run, with a hash of each of its files.

    The files are read for that, so they must be there, and as they were when they were scanned.

    Raises:
        InputError: a file is gone, or was written to since the scan.
    """
    from leakcheck.publishing.audit import audit_of
    from leakcheck.publishing.records import written

    return written(audit_of(report))
