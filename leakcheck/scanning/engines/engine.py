"""What all engines have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Protocol

from leakcheck.scanning.looking import Advance, Looker, StretchResult
from leakcheck.scanning.tasks import Task

__all__ = ["Engine", "TaskResult"]


class TaskResult(NamedTuple):
    """A task that is done."""

    task: Task
    results: list[StretchResult]
    """Of its stretches."""


class Engine(Protocol):
    """Works through tasks."""

    def __call__(
        self, looker: Looker, tasks: Sequence[Task], on_advance: Callable[[Advance], None]
    ) -> Iterator[TaskResult]:
        """Yield the tasks as they are done, in any order.

        Raises:
            EngineError: a worker died, or could not be reached.
        """
