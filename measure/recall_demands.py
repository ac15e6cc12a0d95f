"""What recall is demanded, and how it is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from pages import Demand, percent, share
from planting import MIDDLE
from recall import Outcome, Planted, subset_of

__all__ = ["TASKS", "Count", "by", "count", "planted_in", "recall_demands"]

LEAST_FOUND = 0.995
LEAST_OVER_ALL = 0.999
MOST_UNTESTABLE = 0.02
MOST_UNTESTABLE_OF_ONE = 0.1
TASKS = "bbh"
"""The benchmark whose subsets are tasks of their own."""


class Count(NamedTuple):
    """How many items were planted, and what became of them."""

    items: int
    testable: int
    found: int
    """Of the testable ones."""

    @property
    def untestable(self) -> int:
        """How many have too little evidence to be found."""
        return self.items - self.testable

    def __str__(self) -> str:
        """Write the share of the testable ones that were found."""
        return share(self.found, self.testable)


def count(outcomes: Iterable[Outcome]) -> Count:
    """Count items; findings of every kind count."""
    every = list(outcomes)
    testable = [each for each in every if each.testable]
    return Count(len(every), len(testable), sum(each.own is not None for each in testable))


def planted_in(planted: Sequence[Planted], family: str, said: str, name: str) -> list[Planted]:
    """Return what was planted in one way, benchmark by benchmark."""
    wanted = (family, said, name)
    return [each for each in planted if (each.way.family, each.way.said, each.way.name) == wanted]


def recall_demands(planted: Sequence[Planted]) -> list[Demand]:
    """Hold what was found of items with all fields against what is demanded."""
    places = dict.fromkeys(
        each.way.name
        for each in planted
        if each.way.family == "places" and each.way.said == "all fields"
    )
    of_place = {place: planted_in(planted, "places", "all fields", place) for place in places}
    of_tasks = [each for of in of_place.values() for each in of if each.benchmark == TASKS]
    return [
        *map(_of_place, of_place.values()),
        *map(_of_tasks, of_tasks),
        *_untestable(of_place[MIDDLE]),
    ]


def _of_place(planted: Sequence[Planted]) -> Demand:
    counts = {each.benchmark: count(each.outcomes) for each in planted}
    over_all = _sum(counts.values())
    least = min(counts, key=lambda name: _share(counts[name]))
    return Demand(
        f"test items of {len(counts)} benchmarks, all fields, {_place(planted[0])}",
        f"at least {percent(LEAST_FOUND)} of the testable found in each benchmark, "
        f"{percent(LEAST_OVER_ALL)} over all",
        f"{over_all}; least: {least} {counts[least]}",
        _share(counts[least]) >= LEAST_FOUND and _share(over_all) >= LEAST_OVER_ALL,
    )


def _place(planted: Planted) -> str:
    return planted.way.name + (", of some of the items" if planted.way.sampled else "")


def _of_tasks(planted: Planted) -> Demand:
    counts = by(planted.outcomes, lambda outcome: subset_of(outcome.item.item))
    least = min(counts, key=lambda name: _share(counts[name]))
    return Demand(
        f"the {len(counts)} tasks of {TASKS}, all fields, {_place(planted)}",
        f"at least {percent(LEAST_FOUND)} of the testable found in each task",
        f"least: {least} {counts[least]}",
        _share(counts[least]) >= LEAST_FOUND,
    )


def _untestable(planted: Sequence[Planted]) -> list[Demand]:
    counts = {each.benchmark: count(each.outcomes) for each in planted}
    over_all = _sum(counts.values())
    most = max(counts, key=lambda name: counts[name].untestable / counts[name].items)
    return [
        Demand(
            "test items with too little evidence, all fields",
            f"at most {percent(MOST_UNTESTABLE)} over all",
            share(over_all.untestable, over_all.items),
            over_all.untestable <= MOST_UNTESTABLE * over_all.items,
        ),
        Demand(
            "the same, in one benchmark",
            f"at most {percent(MOST_UNTESTABLE_OF_ONE)}",
            f"most: {most} {share(counts[most].untestable, counts[most].items)}",
            counts[most].untestable <= MOST_UNTESTABLE_OF_ONE * counts[most].items,
        ),
    ]


def by(outcomes: Iterable[Outcome], key: Callable[[Outcome], str]) -> dict[str, Count]:
    """Count outcomes in groups."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(key(outcome), []).append(outcome)
    return {name: count(group) for name, group in groups.items()}


def _sum(counts: Iterable[Count]) -> Count:
    return Count(*map(sum, zip(*counts, strict=True)))


def _share(counted: Count) -> float:
    return counted.found / max(1, counted.testable)
