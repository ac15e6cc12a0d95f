"""The last run, kept in the user's cache, so that `leakcheck explain` knows what is meant."""

from __future__ import annotations

from pathlib import Path

from leakcheck.benchmark.folders import user_cache
from leakcheck.errors import UsageError
from leakcheck.run.store import write_run
from leakcheck.verdict.records import Report

__all__ = ["keep_last_run", "last_run"]


def last_run() -> Path:
    """Return the folder of the last run."""
    return user_cache() / "last-run"


def keep_last_run(report: Report) -> None:
    """Keep a report as the last run; a cache that cannot be written to stays as it is."""
    try:
        write_run(report, last_run())
    except UsageError:
        return
