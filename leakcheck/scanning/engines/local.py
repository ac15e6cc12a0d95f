"""On this machine: in this process, or in several where that pays."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence

from leakcheck.scanning.engines.engine import Engine, TaskResult
from leakcheck.scanning.engines.here import work_here
from leakcheck.scanning.looking import Advance, Looker
from leakcheck.scanning.tasks import Task

__all__ = ["local_engine"]

LEAST_BYTES = 16 * 1024 * 1024
"""Less than that is done before another process would have helped."""


def local_engine(threads: int) -> Engine:
    """Return the engine of this machine, with so many documents looked through at once."""

    def work(
        looker: Looker, tasks: Sequence[Task], on_advance: Callable[[Advance], None]
    ) -> Iterator[TaskResult]:
        processes = min(threads, len(tasks))
        if processes == 1 or not _pays(looker, tasks):
            return work_here(looker, tasks, on_advance, threads)
        from leakcheck.scanning.engines.processes import work_in_processes

        return work_in_processes(looker, tasks, on_advance, processes, threads // processes)

    return work


def _pays(looker: Looker, tasks: Sequence[Task]) -> bool:
    """Tell whether processes can do the work and there is enough of it.

    Elsewhere than on Linux a process cannot be copied safely, and standard input cannot be read
    from several.
    """
    if sys.platform != "linux" or any(
        stretch.file.is_standard_input for task in tasks for stretch in task.stretches
    ):
        return False
    return sum(task.size_bytes for task in tasks) >= LEAST_BYTES
