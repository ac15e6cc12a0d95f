"""On a Ray cluster: tasks go to the CPUs of all its nodes, and findings come back.

What is looked for is sent once to each node, into its object store, where the workers of the node
share it. A task whose worker or node dies is handed out again from here and not by Ray, which
does not count the workers that are killed for want of memory.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import TYPE_CHECKING

from leakcheck.errors import EngineError, UsageError
from leakcheck.scanning.engines.engine import Engine, TaskResult
from leakcheck.scanning.engines.ray_cluster import AUTO, Cpus, connected
from leakcheck.scanning.engines.ray_task import Order, Worked, unlike_files, work
from leakcheck.scanning.looking import Advance, Looker
from leakcheck.scanning.tasks import Task
from leakcheck.version import __version__

if TYPE_CHECKING:
    from ray import ObjectRef

__all__ = ["TRIES", "ray_engine"]

TASKS_EACH_CPU = 3
"""So many are handed out: one is worked on, and the next ones are there when it is done."""
TRIES = 4
"""So often a task is begun if its worker or its node dies each time."""

_SECONDS_BETWEEN_LOOKS = 0.2
_MOST_NAMED = 5


def ray_engine(address: str = AUTO) -> Engine:
    """Return the engine of the Ray cluster at an address, as `ray.init` takes it."""

    def work_there(
        looker: Looker, tasks: Sequence[Task], on_advance: Callable[[Advance], None]
    ) -> Iterator[TaskResult]:
        if any(stretch.file.is_standard_input for task in tasks for stretch in task.stretches):
            raise UsageError(
                "standard input cannot be read by the nodes of a cluster; name files that all of "
                "them see, or leave out --engine ray"
            )
        with connected(address) as ray:
            for result in _work_through(ray, looker, tasks):
                on_advance(_advance_of(result))
                yield result

    return work_there


@dataclass(frozen=True, slots=True)
class _Try:
    """A task that is handed out."""

    task: Task
    number: int = 1


def _work_through(ray: ModuleType, looker: Looker, tasks: Sequence[Task]) -> Iterator[TaskResult]:
    """Hand out tasks, the largest first, and yield each as it is done.

    What is under way when this is left ends with the connection. It is not cancelled before: Ray
    ends the whole process if a task is done at the moment it is cancelled.
    """
    order = Order(__version__, [ray.put(looker)])
    remote = ray.remote(max_retries=0)(work)
    waiting = [_Try(task) for task in sorted(tasks, key=lambda task: task.size_bytes)]
    running: dict[ObjectRef[Worked], _Try] = {}
    cpus = Cpus(ray)
    while waiting or running:
        while waiting and len(running) < max(1, TASKS_EACH_CPU * cpus.count()):
            tried = waiting.pop()
            running[remote.remote(order, pickle.dumps(_everywhere(tried.task)))] = tried
        done, _ = ray.wait(list(running), num_returns=len(running), timeout=_SECONDS_BETWEEN_LOOKS)
        for reference in done:
            tried = running.pop(reference)
            worked = _fetched(ray, reference, tried)
            if worked is None:  # the last one, when less may be going on
                waiting.insert(0, replace(tried, number=tried.number + 1))
            else:
                yield _checked(tried.task, worked)


def _fetched(ray: ModuleType, reference: ObjectRef[Worked], tried: _Try) -> Worked | None:
    """Return what became of a task; None if its worker died, and it may be tried again.

    Raises:
        EngineError: its worker has died too often, or could not begin.
    """
    errors = ray.exceptions
    died = (
        errors.LocalRayletDiedError,
        errors.NodeDiedError,
        errors.ObjectLostError,
        errors.OutOfMemoryError,
        errors.WorkerCrashedError,
    )
    try:
        worked: Worked = ray.get(reference)
    except errors.RayError as error:
        cause = error.cause if isinstance(error, errors.RayTaskError) else error
        if not isinstance(cause, errors.RayError):
            raise cause from error
        if not isinstance(cause, died):
            raise EngineError(
                f"a node of the Ray cluster cannot do its work: {_last_line(cause)}. All nodes "
                f"need leakcheck {__version__} and what it needs, installed alike"
            ) from error
        if tried.number < TRIES:
            return None
        raise EngineError(
            f"{_named(tried.task)}: the worker that read it was killed {TRIES} times, perhaps for "
            "want of memory; give Ray fewer CPUs for the memory there is, as `ray start "
            "--num-cpus`, or leave it out with --exclude"
        ) from error
    return worked


def _last_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[-1].strip().rstrip(".") if lines else type(error).__name__


def _named(task: Task) -> str:
    names = list(dict.fromkeys(stretch.file.name for stretch in task.stretches))
    more = f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more


def _checked(task: Task, worked: Worked) -> TaskResult:
    """Make sure that a node read the files that were listed here."""
    if worked.unlike:
        unlike_here = set(unlike_files(task))
        if there := [name for name in worked.unlike if name not in unlike_here]:
            raise EngineError(
                f"{there[0]}: node {worked.node} cannot read it, or has another file of that name; "
                "all nodes must see the files"
            )
    return TaskResult(task, worked.results)


def _everywhere(task: Task) -> Task:
    """Return a task with paths that do not depend on the folder a process works in."""
    return replace(
        task,
        stretches=tuple(
            replace(stretch, file=replace(stretch.file, path=stretch.file.path.absolute()))
            if stretch.file.path is not None
            else stretch
            for stretch in task.stretches
        ),
    )


def _advance_of(done: TaskResult) -> Advance:
    return Advance(
        sum(result.bytes_read for result in done.results),
        sum(result.documents for result in done.results),
        sum(len(result.findings) for result in done.results),
    )
