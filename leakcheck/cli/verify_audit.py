"""`leakcheck verify-audit`: are these still the files that were scanned?"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leakcheck.cli.output import page_width, wants_colour, write
from leakcheck.errors import UsageError

if TYPE_CHECKING:
    from leakcheck.publishing.records import AuditRecord

__all__ = ["verify_audit"]


@click.command(name="verify-audit")
@click.argument("audit", type=click.Path(path_type=Path))
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder that the record's relative paths are taken from; by default this one.",
)
def verify_audit(audit: Path, root: Path | None) -> None:
    """Check the files of an AUDIT record.

    `leakcheck scan ... -o corpus.audit.json` makes such a record. Files are the same, changed,
    missing, or new below the paths that were scanned; packs are the same as those installed, or
    others.

    Exit codes: 0 nothing differs, 1 something does, 2 the record cannot be read.
    """
    from leakcheck.publishing.records import read_record
    from leakcheck.publishing.verify import verify_audit as compared
    from leakcheck.report.pages.audit import audit_page
    from leakcheck.report.sheet import Sheet

    try:
        record = read_record(audit.read_bytes(), str(audit))
    except OSError as error:
        raise UsageError(f"{audit}: cannot be read: {error.strerror}") from error
    with _hashing(record) as hash_file:
        checked = list(compared(record, root, hash_file))
    write(audit_page(record, checked, Sheet(page_width(), _colour())))
    raise SystemExit(int(any(each.differs for each in checked)))


def _colour() -> bool:
    return wants_colour(sys.stdout.isatty(), os.environ)


@contextmanager
def _hashing(record: AuditRecord) -> Iterator[Callable[[Path], str]]:
    """Show how much was hashed on standard error, if that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    from leakcheck.publishing.hashing import sha256_of

    console = Console(stderr=True)
    columns = (BarColumn(bar_width=12), DownloadColumn(), TimeRemainingColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as line:
        task = line.add_task("", total=sum(each.size_bytes for each in record.files) or None)
        yield lambda path: sha256_of(path, lambda count: line.advance(task, count))
