"""Tasks: what one worker does at a time, whether a thread, a process or another machine.

A corpus is divided alike wherever it is scanned, so that what was done of it can be kept, counted
and handed out: its files are cut into stretches, and small ones in a row are done together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from leakcheck.corpus import CorpusFile, Stretch, stretches_of
from leakcheck.corpus.cutting import STRETCH_BYTES

__all__ = ["TASK_BYTES", "Division", "Task", "division_of", "tasks_of", "tasks_of_stretches"]

TASK_BYTES = STRETCH_BYTES
"""Stretches in a row are one task until they have so many together."""
LEAST_BYTES = 4 * 1024 * 1024
"""No corpus is cut into smaller pieces than that."""
TASKS = 256
"""A corpus is cut smaller until it has so many tasks: at the end of the last one others wait."""
TASK_FILES = 4096
"""... or are so many."""


class Division(msgspec.Struct, frozen=True):
    """How a corpus is divided; all that share the work of one scan divide it alike."""

    stretch_bytes: int = STRETCH_BYTES
    task_bytes: int = TASK_BYTES
    task_files: int = TASK_FILES


def division_of(files: Sequence[CorpusFile]) -> Division:
    """Tell how a corpus is divided: by its size alone, so alike for all that share the work.

    >>> division_of([CorpusFile(None, "a.jsonl", 64 << 20)]).task_bytes
    4194304
    """
    piece_bytes, size_bytes = LEAST_BYTES, sum(file.size_bytes for file in files)
    while piece_bytes < TASK_BYTES and piece_bytes * TASKS < size_bytes:
        piece_bytes *= 2
    return Division(piece_bytes, piece_bytes)


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


def tasks_of(files: Iterable[CorpusFile], division: Division) -> list[Task]:
    """Divide the files of a corpus into tasks, in their order.

    >>> files = [CorpusFile(None, "a.jsonl", 25), CorpusFile(None, "b.txt", 5)]
    >>> [len(task.stretches) for task in tasks_of(files, Division(10, 15))]
    [1, 1, 2]
    """
    stretches = (each for file in files for each in stretches_of(file, division.stretch_bytes))
    return tasks_of_stretches(stretches, division)


def tasks_of_stretches(stretches: Iterable[Stretch], division: Division) -> list[Task]:
    """Put stretches in a row together to tasks."""
    groups = _groups(stretches, division)
    return [Task(number, group) for number, group in enumerate(groups)]


def _groups(stretches: Iterable[Stretch], division: Division) -> Iterator[tuple[Stretch, ...]]:
    group: list[Stretch] = []
    size_bytes = 0
    for stretch in stretches:
        is_full = size_bytes + stretch.size_bytes > division.task_bytes
        if group and (is_full or len(group) == division.task_files):
            yield tuple(group)
            group, size_bytes = [], 0
        group.append(stretch)
        size_bytes += stretch.size_bytes
    if group:
        yield tuple(group)
