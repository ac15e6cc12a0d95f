"""Tables of what was found of planted items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from pages import share, table
from planting import MIDDLE, RIGHT, SHUFFLED, WRONG
from recall import Outcome, Planted, subset_of
from recall_demands import TASKS, Count, by, count, planted_in

__all__ = [
    "answers_table",
    "attribution_table",
    "disguises_table",
    "lengths_table",
    "missed_table",
    "places_table",
    "tasks_table",
]

LENGTHS = (0, 6, 9, 13, 20, 50, 1_000_000)
"""Bands of tokens of a question."""
NAMED = 5
"""Items of a benchmark that are named where they were missed."""


def places_table(planted: Sequence[Planted], said: str) -> str:
    """Lay out what was found in each place, benchmark by benchmark."""
    ways = _ways(planted, "places", said)
    whole = {each.benchmark: count(each.outcomes) for each in _middle(planted, said)}
    return table(
        ["benchmark", "test items", "untestable", *ways],
        [
            [name, counted.items, counted.untestable, *_cells(planted, "places", said, name, ways)]
            for name, counted in whole.items()
        ],
        "lrr" + "r" * len(ways),
    )


def disguises_table(planted: Sequence[Planted]) -> str:
    """Lay out what was found in each disguise."""
    ways = _ways(planted, "disguises", "all fields")
    return table(
        ["benchmark", *ways],
        [
            [name, *_cells(planted, "disguises", "all fields", name, ways)]
            for name in dict.fromkeys(each.benchmark for each in planted)
        ],
        "l" + "r" * len(ways),
    )


def _ways(planted: Sequence[Planted], family: str, said: str) -> list[str]:
    wanted = [each.way for each in planted if (each.way.family, each.way.said) == (family, said)]
    return list(dict.fromkeys(way.name for way in wanted))


def _middle(planted: Sequence[Planted], said: str) -> list[Planted]:
    return planted_in(planted, "places", said, MIDDLE)


def _cells(
    planted: Sequence[Planted], family: str, said: str, benchmark: str, ways: Sequence[str]
) -> list[str]:
    """Write found of testable for each way; nothing where a way does not suit a benchmark."""
    counts = {
        name: count(each.outcomes)
        for name in ways
        for each in planted_in(planted, family, said, name)
        if each.benchmark == benchmark
    }
    return [_of(counts[name]) if name in counts else "" for name in ways]


def _of(counted: Count) -> str:
    return f"{counted.found} of {counted.testable}"


def lengths_table(planted: Sequence[Planted]) -> str:
    """Lay out what was found of questions alone, by their length."""
    outcomes = [each for of in _middle(planted, "question alone") for each in of.outcomes]
    counts = by(outcomes, lambda outcome: _band(outcome.tokens))
    return table(
        ["tokens of the question", "test items", "untestable", "found of the testable"],
        [
            [band, counts[band].items, counts[band].untestable, counts[band]]
            for low, _ in pairwise(LENGTHS)
            if (band := _band(low)) in counts
        ],
        "lrrr",
    )


def _band(tokens: int) -> str:
    """Name the band that a length is in.

    >>> _band(7), _band(50)
    ('6 to 8', '50 or more')
    """
    low, high = next((low, high) for low, high in pairwise(LENGTHS) if low <= tokens < high)
    return f"{low} or more" if high == LENGTHS[-1] else f"{low} to {high - 1}"


def tasks_table(planted: Sequence[Planted]) -> str:
    """Lay out what was found of the tasks of bbh."""
    ways = [(said, name) for said in ("all fields", "question alone") for name in ("bare", MIDDLE)]
    columns = [
        by(each.outcomes, lambda outcome: subset_of(outcome.item.item))
        for said, name in ways
        for each in planted_in(planted, "places", said, name)
        if each.benchmark == TASKS
    ]
    return table(
        ["task", "test items", "untestable", *(f"{said}, {name}" for said, name in ways)],
        [
            [task, counted.items, counted.untestable, *(_of(column[task]) for column in columns)]
            for task, counted in columns[0].items()
        ],
        "lrr" + "r" * len(columns),
    )


def attribution_table(planted: Sequence[Planted]) -> str:
    """Lay out which items were named where something was found, all fields in a page."""
    rows = []
    for each in _middle(planted, "all fields"):
        found = [outcome for outcome in each.outcomes if outcome.own or outcome.others]
        own = sum(outcome.own is not None for outcome in found)
        beside = sum(bool(outcome.own and outcome.others) for outcome in found)
        right = sum(outcome.right_split for outcome in found)
        wrong = len(found) - own
        rows.append([each.benchmark, len(found), share(own, len(found)), wrong, beside, right])
    head = ["benchmark", "with a finding", "own item", "another only", "another, too", "own split"]
    return table(head, rows, "lrrrrr")


def answers_table(planted: Sequence[Planted]) -> str:
    """Lay out whether choices and answers beside a question are told."""
    told: dict[str, Callable[[Outcome], bool]] = {
        SHUFFLED: lambda outcome: outcome.own is not None and "choices" in outcome.own.fields,
        RIGHT: lambda outcome: outcome.own is not None and "answer" in outcome.own.fields,
        WRONG: lambda outcome: outcome.own is not None and "answer" not in outcome.own.fields,
    }
    names = dict.fromkeys(each.benchmark for each in planted)
    rows = []
    for name in names:
        cells: list[str] = []
        for way, is_told in told.items():
            ways = [each for each in planted if (each.benchmark, each.way.name) == (name, way)]
            outcomes = [outcome for each in ways for outcome in each.outcomes]
            found = [outcome for outcome in outcomes if outcome.own and outcome.testable]
            cells += (
                [_of(count(outcomes)), f"{sum(map(is_told, found))} of {len(found)}"]
                if outcomes
                else ["", ""]
            )
        rows.append([name, *cells])
    head = ["benchmark", SHUFFLED, "choices told", RIGHT, "answer told", WRONG, "no answer told"]
    return table(head, rows, "lrrrrrr")


def missed_table(planted: Sequence[Planted]) -> str:
    """Name testable items that were not found with all their fields."""
    rows = []
    for each in planted:
        if (each.way.family, each.way.said) == ("places", "all fields"):
            outcomes = [outcome for outcome in each.outcomes if outcome.testable]
            missed = [outcome.item.item for outcome in outcomes if not outcome.own]
            if missed:
                more = ", ..." if len(missed) > NAMED else ""
                rows.append(
                    [
                        each.benchmark,
                        each.way.name,
                        f"{len(missed)} of {len(outcomes)}",
                        ", ".join(missed[:NAMED]) + more,
                    ]
                )
    return table(["benchmark", "place", "missed", "items"], rows, "llrl")
