"""In several processes: parsing holds Python's lock, so that threads would wait for each other.

The others are copies of this one: benchmarks are loaded once, and their memory is shared. Each,
this one too, takes a task whenever it is done with one, and reads what it looks through itself;
only findings come back.
"""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Callable, Iterator, Sequence
from ctypes import Array, c_bool, c_int64
from functools import partial
from multiprocessing import connection, get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext, ForkProcess
from multiprocessing.sharedctypes import Synchronized
from threading import Thread
from typing import NamedTuple

from leakcheck.memory import give_back_freed_memory
from leakcheck.scanning.engines.arrivals import Arrivals
from leakcheck.scanning.engines.engine import TaskResult
from leakcheck.scanning.looking import Advance, Looker, look_through
from leakcheck.scanning.tasks import Task

__all__ = ["work_in_processes"]


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
    work = _Work(
        looker,
        sorted(tasks, key=lambda task: -task.size_bytes),
        threads_each,
        context.Value(c_int64),
        context.RawArray(c_int64, processes * len(Advance._fields)),
        context.RawValue(c_bool),
    )
    tell = _teller(work.counted, on_advance)
    give_back_freed_memory()
    others = [_begun(context, work, number) for number in range(1, processes)]
    arrivals = Arrivals([pipe for _, pipe in others])
    try:
        for result in _worked(work, 0, tell):
            yield result
            yield from arrivals.so_far()
        yield from arrivals.rest(tell)
        tell()
    finally:
        work.is_over.value = True  # Ctrl-C should not wait for the end of a large file
        for process, _ in others:
            process.join()


class _Work(NamedTuple):
    """What all processes share."""

    looker: Looker
    tasks: Sequence[Task]
    threads_each: int
    taken: Synchronized[int]
    """How many tasks were taken."""
    counted: Array[c_int64]
    """How far each process is, one after the other."""
    is_over: c_bool
    """Whether nobody waits for results any more."""


def _begun(context: ForkContext, work: _Work, number: int) -> tuple[ForkProcess, Connection]:
    """Begin another process; return it with what its results come by."""
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_help, args=(work, number, sending))
    with warnings.catch_warnings():
        # Later Pythons warn of copying a process that has threads; those of ours hold no lock
        # that a copy would need.
        warnings.filterwarnings("ignore", "This process", DeprecationWarning)
        process.start()
    sending.close()  # so that its end is noticed
    return process, receiving


def _help(work: _Work, number: int, results: Connection) -> None:
    """Work until no task is left; all that a copied process does."""
    # Ctrl-C reaches all processes, and the first one tells the others to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    try:
        for result in _worked(work, number, _tell_nobody):
            results.send(result)
        results.send(None)
    except BaseException as error:
        results.send(error)
    finally:
        os._exit(0)  # at once: there is nothing of its own to clean up


def _end_with_parent() -> None:
    """End this process when the one that began it is killed, which could not tell it."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _worked(work: _Work, number: int, tell: Callable[[], None]) -> Iterator[TaskResult]:
    """Take tasks while there are some, and work through them."""
    on_advance = partial(_count, work, number, tell)
    while True:
        with work.taken.get_lock():
            place = work.taken.value
            work.taken.value += 1
        if place >= len(work.tasks):
            return
        task = work.tasks[place]
        results = look_through(work.looker, task.stretches, work.threads_each, on_advance)
        yield TaskResult(task, list(results))


def _count(work: _Work, number: int, tell: Callable[[], None], advance: Advance) -> None:
    if number and work.is_over.value:
        raise InterruptedError("nobody waits for this any more")
    for place, step in enumerate(advance, number * len(advance)):
        work.counted[place] += step
    tell()


def _teller(counted: Array[c_int64], on_advance: Callable[[Advance], None]) -> Callable[[], None]:
    """Return what tells by how much all processes together are further than when it last did."""
    told = Advance(0, 0, 0)

    def tell() -> None:
        nonlocal told
        columns = len(Advance._fields)
        now = Advance(*(sum(counted[column::columns]) for column in range(columns)))
        on_advance(Advance(*(new - old for new, old in zip(now, told, strict=True))))
        told = now

    return tell


def _tell_nobody() -> None:
    """Tell nobody: the first process does."""
