"""In several processes: parsing holds Python's lock, so that threads would wait for each other.

The processes are copies of this one: benchmarks are loaded once, and their memory is shared. They
read what they look through themselves; only findings come back.
"""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from ctypes import c_int64
from multiprocessing import connection, get_context, parent_process
from multiprocessing.sharedctypes import SynchronizedArray
from multiprocessing.synchronize import Event
from threading import Thread

from leakcheck.errors import EngineError
from leakcheck.scanning.engines.engine import TaskResult
from leakcheck.scanning.looking import Advance, Looker, look_through
from leakcheck.scanning.tasks import Task

__all__ = ["work_in_processes"]

_SECONDS_BETWEEN_LOOKS = 0.2


def work_in_processes(
    looker: Looker,
    tasks: Sequence[Task],
    on_advance: Callable[[Advance], None],
    processes: int,
    threads_each: int = 1,
) -> Iterator[TaskResult]:
    """Work through tasks, the largest first, lest one of them is left to the end.

    Raises:
        EngineError: a process died.
    """
    context = get_context("fork")
    counted = context.Array(c_int64, len(Advance._fields))
    is_over = context.Event()
    given = (looker, threads_each, counted, is_over)
    pool = ProcessPoolExecutor(processes, context, _begin, given)
    waiting = sorted(tasks, key=lambda task: task.size_bytes)
    running: dict[Future[TaskResult], Task] = {}
    told = Advance(0, 0, 0)
    try:
        while waiting or running:
            while waiting and len(running) <= 2 * processes:
                task = waiting.pop()
                running[_submitted(pool, task)] = task
            done, _ = wait(running, _SECONDS_BETWEEN_LOOKS, FIRST_COMPLETED)
            now = Advance(*counted[:])
            on_advance(Advance(*(new - old for new, old in zip(now, told, strict=True))))
            told = now
            for future in done:
                del running[future]
                yield future.result()
    except BrokenProcessPool as error:
        raise EngineError(_DIED) from error
    finally:
        is_over.set()  # Ctrl-C should not wait for the end of a large file
        pool.shutdown(wait=True, cancel_futures=True)


_DIED = (
    "a worker process was killed, perhaps for want of memory; scan again with fewer --threads. "
    "With --run DIR a scan keeps what it has done, and the same command goes on from there"
)


def _submitted(pool: ProcessPoolExecutor, task: Task) -> Future[TaskResult]:
    with warnings.catch_warnings():
        # Later Pythons warn of copying a process that has threads; those of ours hold no lock
        # that a copy would need.
        warnings.filterwarnings("ignore", "This process", DeprecationWarning)
        return pool.submit(_work, task)


class _Worker:
    """What a worker process has, set once when it begins."""

    looker: Looker
    threads: int
    counted: SynchronizedArray[int]
    is_over: Event


def _begin(looker: Looker, threads: int, counted: SynchronizedArray[int], is_over: Event) -> None:
    # Ctrl-C reaches all processes, and the first one tells the others to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    _Worker.looker, _Worker.threads = looker, threads
    _Worker.counted, _Worker.is_over = counted, is_over


def _end_with_parent() -> None:
    """End this process when the one that began it is killed, which could not tell it."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _work(task: Task) -> TaskResult:
    results = look_through(_Worker.looker, task.stretches, _Worker.threads, _count)
    return TaskResult(task, list(results))


def _count(advance: Advance) -> None:
    if _Worker.is_over.is_set():
        raise InterruptedError("nobody waits for this any more")
    with _Worker.counted.get_lock():
        for place, step in enumerate(advance):
            _Worker.counted[place] += step
