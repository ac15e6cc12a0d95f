"""Engines: whoever does the work, the results are the same, and a death is no silence."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Any

import pytest

from leakcheck.corpus import find_files
from leakcheck.detection.catalogue import load_benchmark, load_catalogue
from leakcheck.errors import EngineError, UsageError
from leakcheck.scanning.engines import local_engine, processes
from leakcheck.scanning.engines.here import work_here
from leakcheck.scanning.engines.processes import work_in_processes
from leakcheck.scanning.looking import Advance, Looker
from leakcheck.scanning.tasks import Division, Task, tasks_of

ROOT = Path(__file__).parents[2]
MOST_SECONDS = 120.0
"""Far more than a slow machine needs, and far less than what is to be ended would last."""

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="a process can be copied safely on Linux only"
)


@pytest.fixture(scope="module")
def looker() -> Looker:
    return Looker(load_catalogue([load_benchmark("demo"), load_benchmark("demo_trivia")]))


@pytest.fixture(scope="module")
def tasks() -> list[Task]:
    """The example corpus, each file a task."""
    files, _ = find_files([ROOT / "examples" / "corpus"])
    return [
        Task(number, tasks_of([file], Division())[0].stretches) for number, file in enumerate(files)
    ]


def by_number(worked: Any) -> dict[int, Any]:
    return {each.task.number: each.results for each in worked}


def test_a_killed_worker_is_told_of(looker, tasks, monkeypatch):
    first, began = os.getpid(), get_context("fork").Event()

    def look(looker, stretches, threads, on_advance):
        if os.getpid() != first:
            began.set()
            os.kill(os.getpid(), signal.SIGKILL)
        assert began.wait(MOST_SECONDS)
        return iter([])

    monkeypatch.setattr(processes, "look_through", look)
    with pytest.raises(EngineError, match="a worker process was killed"):
        list(work_in_processes(looker, tasks, lambda _: None, 2))


def test_what_a_worker_raises_is_raised_here(looker, tasks, monkeypatch):
    first, began = os.getpid(), get_context("fork").Event()

    def look(looker, stretches, threads, on_advance):
        if os.getpid() != first:
            began.set()
            raise UsageError("the other one says so")
        assert began.wait(MOST_SECONDS)
        return iter([])

    monkeypatch.setattr(processes, "look_through", look)
    with pytest.raises(UsageError, match="the other one says so"):
        list(work_in_processes(looker, tasks, lambda _: None, 2))


def test_what_this_process_raises_ends_the_others(tasks):
    with pytest.raises(AttributeError):
        list(work_in_processes(Looker(None), tasks, lambda _: None, 2))
    assert not active_children()


def test_results_that_fill_a_pipe_hold_nobody_up(looker, tasks, monkeypatch):
    def look(looker, stretches, threads, on_advance):
        return iter([b"0" * (1 << 20)])

    monkeypatch.setattr(processes, "look_through", look)
    worked = list(work_in_processes(looker, tasks, lambda _: None, 3))
    assert sorted(each.task.number for each in worked) == [task.number for task in tasks]


@pytest.mark.parametrize("threads_each", [1, 2])
def test_processes_give_what_threads_give(looker, tasks, threads_each):
    here = by_number(work_here(looker, tasks, lambda _: None, 2))
    advances = []
    worked = work_in_processes(looker, tasks, advances.append, 3, threads_each)
    assert by_number(worked) == here
    documents = sum(result.documents for results in here.values() for result in results)
    assert sum(advance.documents for advance in advances) == documents


def test_nobody_waits_for_what_is_not_wanted_any_more(looker, tasks, monkeypatch):
    def endless(looker, stretches, threads, on_advance):
        while True:
            time.sleep(0.01)
            on_advance(Advance(0, 0, 0))
            yield None

    monkeypatch.setattr(processes, "look_through", endless)
    worked = work_in_processes(looker, tasks, _interrupt, 2)
    with pytest.raises(KeyboardInterrupt):
        list(worked)


def _interrupt(_: Advance) -> None:
    raise KeyboardInterrupt


def test_little_work_is_done_in_this_process(looker, tasks, monkeypatch):
    monkeypatch.setitem(sys.modules, "leakcheck.scanning.engines.processes", None)
    assert len(by_number(local_engine(4)(looker, tasks, lambda _: None))) == len(tasks)


_ENDLESS = """
import os, sys, time
from leakcheck.scanning.engines import processes
from leakcheck.scanning.tasks import Task

def endless(*_):
    os.write(1, b"%d\\n" % os.getpid())  # a print may be two writes, with another's in between
    time.sleep(600)

processes.look_through = endless
tasks = [Task(0, ()), Task(1, ())]
list(processes.work_in_processes(None, tasks, lambda _: None, 2))
"""


def test_workers_end_when_the_process_that_began_them_is_killed():
    with subprocess.Popen(
        [sys.executable, "-c", _ENDLESS], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as parent:
        try:
            workers = [int(parent.stdout.readline()) for _ in range(2)]
        finally:
            parent.kill()
    deadline = time.monotonic() + MOST_SECONDS
    while any(map(_is_alive, workers)):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _is_alive(process: int) -> bool:
    """Tell whether a process runs; one that ended and that nobody waits for does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
