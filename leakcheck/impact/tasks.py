"""Tasks: which benchmark, and which of its subsets, a harness's task is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

__all__ = [
    "SUBSET",
    "Place",
    "TaskName",
    "bench_of_task",
    "default_task",
    "place_of_item",
    "subset_of_task",
]

SUBSET = "{subset}"
"""Stands for the name of a subset in the name of a task."""


class Place(NamedTuple):
    """Where an item stands."""

    split: str
    subset: str
    """Empty where the benchmark has none."""
    number: int


class TaskName(NamedTuple):
    """What the user says a benchmark's task is called."""

    bench: str
    task: str
    """With `{subset}` where the name of the subset stands."""


def place_of_item(item: str) -> Place:
    """Read the place of an item from its name.

    >>> place_of_item("test/anatomy/3"), place_of_item("test/3")
    (Place(split='test', subset='anatomy', number=3), Place(split='test', subset='', number=3))
    """
    split, _, rest = item.partition("/")
    subset, _, number = rest.rpartition("/")
    return Place(split, subset, int(number))


def default_task(bench: str, has_subsets: bool) -> str:
    """Name the task that a benchmark has unless something else is known.

    >>> default_task("gsm8k", False), default_task("mmlu", True)
    ('gsm8k', 'mmlu_{subset}')
    """
    return f"{bench}_{SUBSET}" if has_subsets else bench


def bench_of_task(task: str, benches: Iterable[str], named: Sequence[TaskName] = ()) -> str:
    """Name the benchmark of a task, by its name alone; empty if none fits.

    What the user named comes first, then a benchmark of the same name, then the longest one that
    the task's name starts with, then the longest that stands in it as words.

    >>> names = ["math", "mmlu", "mmlu_pro"]
    >>> [bench_of_task(task, names) for task in ("mmlu_pro_law", "minerva_math_algebra", "maths")]
    ['mmlu_pro', 'math', '']
    """
    for each in named:
        if re.fullmatch(re.escape(each.task).replace(re.escape(SUBSET), ".+"), task):
            return each.bench
    own = _words(task)
    ordered = sorted(benches, key=len, reverse=True)
    starting = [bench for bench in ordered if f"{own} ".startswith(f"{_words(bench)} ")]
    within = [bench for bench in ordered if f" {_words(bench)} " in f" {own} "]
    return next(iter(starting + within), "")


def subset_of_task(task: str, subsets: Iterable[str]) -> str:
    """Name the subset of a task: the longest whose name stands in it as words; empty if none does.

    >>> subset_of_task("ceval-valid_high_school_physics", ["physics", "high_school_physics"])
    'high_school_physics'
    """
    own = f" {_words(task)} "
    fitting = [subset for subset in subsets if subset and f" {_words(subset)} " in own]
    return max(fitting, key=len, default="")


def _words(name: str) -> str:
    return re.sub(r"[^\w]+|_", " ", name.lower()).strip()
