"""In this process: batches are looked through by threads while this one reads on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from leakcheck.scanning.engines.engine import TaskResult
from leakcheck.scanning.looking import Advance, Looker, look_through
from leakcheck.scanning.tasks import Task

__all__ = ["work_here"]


def work_here(
    looker: Looker,
    tasks: Sequence[Task],
    on_advance: Callable[[Advance], None],
    threads: int,
) -> Iterator[TaskResult]:
    """Work through tasks in their order."""
    # One row of stretches, so that the threads need not wait at the end of each task.
    stretches = (stretch for task in tasks for stretch in task.stretches)
    results = look_through(looker, stretches, threads, on_advance)
    for task in tasks:
        yield TaskResult(task, list(islice(results, len(task.stretches))))
