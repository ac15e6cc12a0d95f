"""The line that shows how far a scan, or the building of an index, has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from leakcheck import scanning

__all__ = ["Progress", "findings_so_far", "progress_unless"]


class Progress(Protocol):
    """What all progress has."""

    @property
    def bytes_read(self) -> int:
        """Of the files on disk."""

    @property
    def bytes_total(self) -> int:
        """0 where it is not known."""

    @property
    def documents(self) -> int:
        """Those read so far."""


Shown = TypeVar("Shown", bound=Progress)


def progress_unless(
    unwanted: bool, outcome: Callable[[Shown], str]
) -> AbstractContextManager[Callable[[Shown], None]]:
    """Show a line on standard error, if that is a terminal, and erase it in the end.

    Args:
        unwanted: whether nothing is to be shown, as --no-progress asks.
        outcome: says in a word or two what came of it so far.
    """
    return nullcontext(lambda _: None) if unwanted else _progress_shown(outcome)


@contextmanager
def _progress_shown(outcome: Callable[[Shown], str]) -> Iterator[Callable[[Shown], None]]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        SpinnerColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as ProgressLine

    console = Console(stderr=True)
    columns = (
        SpinnerColumn("line"),
        BarColumn(bar_width=12),
        DownloadColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("{task.fields[outcome]}"),
        TimeRemainingColumn(),
    )
    line = ProgressLine(*columns, console=console, transient=True, disable=not console.is_terminal)
    with line:
        task = line.add_task("", total=None, rate="", outcome="")

        def show(progress: Shown) -> None:
            seconds = line.tasks[0].elapsed or 0.0
            line.update(
                task,
                completed=progress.bytes_read,
                total=progress.bytes_total or None,
                rate=f"{progress.documents / seconds:,.0f} documents/s" if seconds else "",
                outcome=outcome(progress),
            )

        yield show


def findings_so_far(progress: scanning.Progress) -> str:
    """Say what came of a scan so far."""
    return f"{progress.findings:,} findings"
