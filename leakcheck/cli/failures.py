"""Failures: what is expected is one line, what is not goes to a log; nobody sees a traceback."""

from __future__ import annotations

import os
import platform
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp

import click

from leakcheck.errors import LeakcheckError
from leakcheck.version import __version__

__all__ = ["FAILED", "INTERRUPTED", "complain", "failures_reported", "note"]

FAILED = 2
INTERRUPTED = 130


@contextmanager
def failures_reported() -> Iterator[None]:
    """Turn what goes wrong inside into a line on standard error and an exit code."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except LeakcheckError as error:
        complain(f"error: {error}")
        raise SystemExit(FAILED) from error
    except KeyboardInterrupt as interrupt:
        complain("interrupted")
        raise SystemExit(INTERRUPTED) from interrupt
    except Exception as error:
        complain(f"internal error: {type(error).__name__}: {error} ({_kept(error)})")
        raise SystemExit(FAILED) from error


def complain(text: str) -> None:
    """Print a line to standard error."""
    click.echo(f"leakcheck: {' '.join(text.split())}", err=True)


def note(text: str) -> None:
    """Print what is good to know, and no failure, to standard error."""
    complain(f"note: {text}")


def _kept(error: Exception) -> str:
    """Write the traceback to a file, and say where it is."""
    versions = f"leakcheck {__version__}, Python {platform.python_version()}, {platform.platform()}"
    try:
        log, name = mkstemp(prefix="leakcheck-", suffix=".log")
        os.close(log)
        trace = "".join(traceback.format_exception(error))
        Path(name).write_text(f"{versions}\n{trace}", encoding="utf-8", errors="backslashreplace")
    except OSError:
        return "no place to write a log to"
    return f"please report it with {name}"
