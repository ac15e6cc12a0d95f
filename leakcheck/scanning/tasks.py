"""Tasks: what one worker does at a time, whether a thread, a process or another machine.

A corpus is divided alike wherever it is scanned, so that what was done of it can be kept, counted
and handed out: its files are cut into stretches, and small ones in a row are done together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leakcheck.corpus import CorpusFile, Stretch, stretches_of

__all__ = ["TASK_BYTES", "Task", "tasks_of"]

TASK_BYTES = 16 * 1024 * 1024
"""Stretches in a row are one task until they have so many together."""
TASK_FILES = 4096
"""... or are so many."""


@dataclass(frozen=True, slots=True)
class Task:
    """Stretches in a row, to be looked through one after the other."""

    number: int
    """Its place in the corpus."""
    stretches: tuple[Stretch, ...]

    @property
    def size_bytes(self) -> int:
        """Return what it has on disk."""
        return sum(stretch.size_bytes for stretch in self.stretches)


def tasks_of(files: Iterable[CorpusFile]) -> list[Task]:
    """Divide the files of a corpus into tasks, in their order."""
    stretches = (stretch for file in files for stretch in stretches_of(file))
    return [Task(number, group) for number, group in enumerate(_groups(stretches))]


def _groups(stretches: Iterable[Stretch]) -> Iterator[tuple[Stretch, ...]]:
    group: list[Stretch] = []
    size_bytes = 0
    for stretch in stretches:
        if group and (size_bytes + stretch.size_bytes > TASK_BYTES or len(group) == TASK_FILES):
            yield tuple(group)
            group, size_bytes = [], 0
        group.append(stretch)
        size_bytes += stretch.size_bytes
    if group:
        yield tuple(group)
