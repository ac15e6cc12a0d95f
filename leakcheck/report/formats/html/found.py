"""What was found, by item: a row an item, its passages best first, and where each of them stands.

Findings that differ in nothing but their place are one piece of evidence. An item that has the
same text as another one has the evidence of that one too, as it has in the counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from leakcheck.detection.finding import KINDS, Change, Kind
from leakcheck.detection.standing import Standing, standing_of

if TYPE_CHECKING:
    from leakcheck.benchmark.card import Role
    from leakcheck.verdict.records import BenchmarkReport, Report

__all__ = ["GROUPS", "Evidence", "Found", "FoundItem", "Group", "Place", "found_in", "group_of"]

Group = Literal["leakage", "overlap", "beside", "accepted"]
GROUPS: tuple[Group, ...] = ("leakage", "overlap", "beside", "accepted")
"""What an item counts for; of its findings, the first of these decides."""
_GROUP_OF: dict[Standing, Group] = {
    "leak": "leakage",
    "overlap": "overlap",
    "shared": "beside",
    "variant": "beside",
}

_PLACE = ("path", "row", "source", "start", "end")


class Place(NamedTuple):
    """Where a passage stands."""

    path: str
    row: int
    source: str
    start: int
    end: int


class Evidence(NamedTuple):
    """All of a finding but its place."""

    bench: str
    split: str
    role: str
    item: str
    kind: Kind
    score: float
    bits: float
    e_value: float
    p_value: float
    fields: tuple[str, ...]
    also: tuple[str, ...]
    shared: bool
    excerpt: str
    basis: str
    fingerprint: str
    changes: tuple[Change, ...]
    matched: tuple[int, ...]
    accepted: str


class FoundItem(NamedTuple):
    """One item with what was found of it."""

    bench: str
    split: str
    name: str
    group: Group
    evidence: tuple[int, ...]
    """Numbers of its evidence, the best first."""


class Found(NamedTuple):
    """All that was found."""

    items: tuple[FoundItem, ...]
    """By benchmark, in the order of the report, split and number."""
    evidence: tuple[Evidence, ...]
    places: tuple[tuple[Place, ...], ...]
    """Of each piece of evidence."""


def group_of(role: str, kind: str, shared: bool, accepted: str) -> Group:
    """Tell what a finding of an item counts for, as the verdict does.

    >>> group_of("test", "near", False, ""), group_of("train", "near", True, "")
    ('leakage', 'overlap')
    >>> group_of("test", "near", True, ""), group_of("train", "variant", False, "baseline")
    ('beside', 'accepted')
    """
    return "accepted" if accepted else _GROUP_OF[standing_of(role, kind, shared)]


def found_in(report: Report) -> Found:
    """Group the findings of a report by item."""
    places: dict[Evidence, list[Place]] = defaultdict(list)
    for evidence, place in _findings(report):
        places[evidence].append(place)
    of_item: dict[tuple[str, str], list[int]] = defaultdict(list)
    every = tuple(places)
    for number, evidence in enumerate(every):
        for name in _items(evidence):
            of_item[evidence.bench, name].append(number)
    roles = {each.name: _roles(each) for each in report.benchmarks}
    order = {name: number for number, name in enumerate(roles)}
    items = [_item(*key, numbers, every, roles) for key, numbers in of_item.items()]
    items.sort(key=lambda item: (order.get(item.bench, len(order)), *_natural(item)))
    return Found(tuple(items), every, tuple(map(tuple, places.values())))


def _findings(report: Report) -> Iterator[tuple[Evidence, Place]]:
    columns = report.findings.to_pydict()
    evidence = zip(*(_hashable(columns[name]) for name in Evidence._fields), strict=True)
    places = zip(*(columns[name] for name in _PLACE), strict=True)
    for one, place in zip(evidence, places, strict=True):
        yield Evidence(*one), Place(*place)


def _hashable(column: list[Any]) -> list[Any]:
    return [tuple(value) if isinstance(value, list) else value for value in column]


def _items(evidence: Evidence) -> list[str]:
    """Return the items of its own benchmark that a piece of evidence is of."""
    twins = [name for name in evidence.also if ":" not in name.partition("/")[0]]
    return list(dict.fromkeys((evidence.item, *twins)))


def _roles(benchmark: BenchmarkReport) -> dict[str, Role]:
    return {name: split.role for name, split in benchmark.splits.items()}


def _item(
    bench: str,
    name: str,
    numbers: list[int],
    every: tuple[Evidence, ...],
    roles: dict[str, dict[str, Role]],
) -> FoundItem:
    def rank(number: int) -> tuple[int, int, float]:
        one = every[number]
        group = group_of(role or one.role, one.kind, one.shared, one.accepted)
        return GROUPS.index(group), KINDS.index(one.kind), -one.bits

    first = every[numbers[0]]
    split = first.split if name == first.item else name.partition("/")[0]
    role = roles.get(bench, {}).get(split)
    best_first = sorted(numbers, key=rank)
    return FoundItem(bench, split, name, GROUPS[rank(best_first[0])[0]], tuple(best_first))


def _natural(item: FoundItem) -> tuple[str, list[tuple[int, str]]]:
    """Order `test/9` before `test/10`."""
    parts = re.findall(r"[0-9]+|[^0-9]+", item.name)
    return item.split, [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
