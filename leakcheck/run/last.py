"""The last run, kept in the user's cache, so that `leakcheck explain` knows what is meant."""

from __future__ import annotations

from pathlib import Path

from leakcheck.benchmark.folders import user_cache
from leakcheck.errors import RunError, UsageError
from leakcheck.run.store import is_run, read_run, write_run
from leakcheck.verdict.records import Report

__all__ = ["keep_last_run", "last_run", "read_run_or_last"]


def last_run() -> Path:
    """Return the folder of the last run."""
    return user_cache() / "last-run"


def keep_last_run(report: Report) -> None:
    """Keep a report as the last run; a cache that cannot be written to stays as it is."""
    try:
        write_run(report, last_run())
    except UsageError:
        return


def read_run_or_last(folder: Path | None) -> Report:
    """Read the run in a folder, or the last one where none is named.

    Raises:
        RunError: no run is there, or it is damaged or of another version.
    """
    if folder is None and not is_run(last_run()):
        raise RunError("no scan was kept yet; run `leakcheck scan`, or name a run")
    return read_run(folder or last_run())
