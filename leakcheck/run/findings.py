"""Runs that have findings: those that leakcheck decided, and no published criterion."""

from __future__ import annotations

from leakcheck.errors import RunError
from leakcheck.verdict.records import Report

__all__ = ["with_findings"]


def with_findings(report: Report, what: str) -> Report:
    """Give a report back if it has findings to go by.

    Args:
        report: of a run.
        what: is to be done with it, as `clean`.

    Raises:
        RunError: a preset decided, which flags items and finds no passages.
    """
    if preset := report.settings.preset:
        raise RunError(
            f"{what} goes by findings, and a run by the preset {preset} has none; scan without "
            "--preset"
        )
    return report
