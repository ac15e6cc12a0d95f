"""Runs that have what a verb needs: findings, and those of all of the corpus."""

from __future__ import annotations

from leakcheck.errors import RunError
from leakcheck.verdict.records import Report

__all__ = ["of_all", "with_findings"]


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


def of_all(report: Report, what: str) -> Report:
    """Give a report back if it is of all of its corpus.

    Args:
        report: of a run.
        what: is to be done with it, as `clean`.

    Raises:
        RunError: it is of a shard or a sample, which do not know all that was found.
    """
    if (shard := report.settings.shard) is not None:
        raise RunError(
            f"{what} needs all that was found, and this run is shard {shard.number} of "
            f"{shard.shards}; `leakcheck merge ... --run DIR` joins them"
        )
    if report.corpus.sample is not None:
        raise RunError(
            f"{what} needs all that was found, and this run looked at a sample; scan without "
            "--sample"
        )
    return report
