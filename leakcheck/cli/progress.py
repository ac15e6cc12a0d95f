"""The line that shows how far a scan has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leakcheck.scanning import Progress

__all__ = ["progress_shown"]


@contextmanager
def progress_shown() -> Iterator[Callable[[Progress], None]]:
    """Show a line on standard error, if that is a terminal, and erase it in the end."""
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
        TextColumn("{task.fields[findings]:,} findings"),
        TimeRemainingColumn(),
    )
    line = ProgressLine(*columns, console=console, transient=True, disable=not console.is_terminal)
    with line:
        task = line.add_task("", total=None, rate="", findings=0)

        def show(progress: Progress) -> None:
            seconds = line.tasks[0].elapsed or 0.0
            line.update(
                task,
                completed=progress.bytes_read,
                total=progress.bytes_total or None,
                rate=f"{progress.documents / seconds:,.0f} documents/s" if seconds else "",
                findings=progress.findings,
            )

        yield show
