"""The clean items as `lm_eval --samples` takes them: for each task the ids of its documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from leakcheck.errors import UsageError
from leakcheck.impact.classes import LEAKED, ItemClass
from leakcheck.impact.tasks import SUBSET, TaskName, default_task, place_of_item, subset_of_task

__all__ = ["CleanSamples", "SeenTask", "clean_samples"]


class CleanSamples(NamedTuple):
    """What the harness is to run."""

    ids: dict[str, list[int]]
    """The ids of the clean items of each task, ascending."""
    all_leaked: list[str]
    """Tasks without a clean item. The harness takes an empty list for all documents, so that these
    must not be run."""


class SeenTask(NamedTuple):
    """A task of the harness that there are results of."""

    bench: str
    task: str
    ids: Mapping[str, Sequence[int]] | None
    """The ids of its documents by item; None where ids are the places of the items, so that those
    without a result are known too."""


def clean_samples(
    classes: Mapping[str, Mapping[str, ItemClass]],
    named: Sequence[TaskName] = (),
    seen: Sequence[SeenTask] = (),
) -> CleanSamples:
    """List the clean items of each task in ascending order, as the harness needs them.

    Those that are not leaked are listed, as in the score on clean items: untestable ones, shared
    ones and those found with other numbers only are among them.

    Args:
        classes: of the test items of each benchmark.
        named: what the user calls the tasks of a benchmark.
        seen: the tasks there are results of; without any, tasks are called as `default_task` says.

    Raises:
        UsageError: a benchmark with subsets is given one task's name for all.

    >>> clean_samples({"demo": {"test/0": "verbatim", "test/1": "not_found"}}).ids
    {'demo': [1]}
    """
    listed: dict[str, set[int]] = defaultdict(set)
    for bench, of_items in classes.items():
        own_seen = [each for each in seen if each.bench == bench]
        for each in own_seen:
            if each.ids is not None:
                listed[each.task] |= _clean_ids(each.ids, of_items)
        by_place = [each.task for each in own_seen if each.ids is None]
        if by_place or not own_seen or any(each.bench == bench for each in named):
            _add_places(listed, bench, of_items, named, by_place)
    return CleanSamples(
        {task: sorted(ids) for task, ids in listed.items() if ids},
        [task for task, ids in listed.items() if not ids],
    )


def _clean_ids(ids: Mapping[str, Sequence[int]], classes: Mapping[str, ItemClass]) -> set[int]:
    return {number for item, own in ids.items() if classes[item] not in LEAKED for number in own}


def _add_places(
    listed: dict[str, set[int]],
    bench: str,
    classes: Mapping[str, ItemClass],
    named: Sequence[TaskName],
    seen: Sequence[str],
) -> None:
    places = {item: place_of_item(item) for item in classes}
    subsets = {place.subset for place in places.values()}
    tasks = {subset: _tasks(bench, subset, subsets, named, seen) for subset in subsets}
    for item, own in classes.items():
        for task in tasks[places[item].subset]:
            clean = listed[task]
            if own not in LEAKED:
                clean.add(places[item].number)


def _tasks(
    bench: str, subset: str, subsets: set[str], named: Sequence[TaskName], seen: Sequence[str]
) -> list[str]:
    """Name the tasks of a subset, or of a benchmark that has none."""
    patterns = [each.task for each in named if each.bench == bench]
    if any((SUBSET in pattern) != bool(subset) for pattern in patterns):
        has = "has subsets: name its tasks with" if subset else "has no subsets: name it without"
        raise UsageError(f"--task {bench}: the benchmark {has} {SUBSET}")
    if not patterns and seen:
        return [task for task in seen if subset_of_task(task, subsets) == subset]
    if not patterns:
        patterns = [default_task(bench, has_subsets=bool(subset))]
    return [pattern.replace(SUBSET, subset) for pattern in patterns]
