"""Scored items: one score an item for each model, task, filter and metric."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from leakcheck.errors import ResultsError
from leakcheck.impact.joining import By, Joined
from leakcheck.impact.results import NO_FILTER, ScoreName, TaskResults

__all__ = ["Scored", "chosen_scores", "merged", "scored_items"]

_OVERLAP = 0.1
"""Tasks of a benchmark that have less than this share of items in common are parts of one score."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of one model on the items of one benchmark."""

    bench: str
    model: str
    tasks: tuple[str, ...]
    name: ScoreName
    scores: dict[str, float]
    """From 0 to 1, by item."""
    paths: tuple[str, ...] = ()
    joined_by: dict[By, int] = field(default_factory=dict)
    unjoined: int = 0
    """Documents that are no item of the benchmark."""
    without_score: int = 0
    """Documents without this score."""
    repeated: int = 0
    """Items with several results; their mean is taken, ..."""
    differing: int = 0
    """... which differ for so many of them."""


def chosen_scores(
    results: TaskResults, filter_name: str | None, metric: str | None
) -> list[ScoreName]:
    """Choose among the scores of a file: each filter with its first metric, unless one is named.

    >>> scores = {ScoreName("strict", "acc"): {}, ScoreName("strict", "f1"): {}}
    >>> results = TaskResults("a.jsonl", "tiny", "demo", 0, [], scores, [])
    >>> chosen_scores(results, None, None)
    [ScoreName(filter='strict', metric='acc')]
    """
    wanted = "" if filter_name == NO_FILTER else filter_name
    fitting = [
        name
        for name in results.scores
        if wanted in (None, name.filter) and metric in (None, name.metric)
    ]
    first_of_filter: dict[str, ScoreName] = {}
    for name in fitting:
        first_of_filter.setdefault(name.filter, name)
    return list(first_of_filter.values())


def scored_items(results: TaskResults, joined: Joined, bench: str, name: ScoreName) -> Scored:
    """Gather the scores of the items that documents were joined to.

    Raises:
        ResultsError: a score is not from 0 to 1.
    """
    of_item: dict[str, list[float]] = defaultdict(list)
    for place, scores in results.scores[name].items():
        item = joined.items[place]
        if item is not None:
            of_item[item] += scores
    _check_range(of_item.values(), results, name)
    documents = [place for place, item in enumerate(joined.items) if item is not None]
    return Scored(
        bench=bench,
        model=results.model,
        tasks=(results.task or bench,),
        name=name,
        scores={item: math.fsum(own) / len(own) for item, own in of_item.items()},
        paths=(results.path,),
        joined_by=dict(joined.by),
        unjoined=len(joined.items) - len(documents),
        without_score=sum(place not in results.scores[name] for place in documents),
        repeated=sum(len(own) > 1 for own in of_item.values()),
        differing=sum(len(set(own)) > 1 for own in of_item.values()),
    )


def _check_range(scores: Iterable[Sequence[float]], results: TaskResults, name: ScoreName) -> None:
    every = [score for own in scores for score in own]
    if every and not (min(every) >= 0.0 and max(every) <= 1.0):
        others = [each.metric for each in results.scores if each.metric != name.metric]
        ways = f"; --metric may name {', '.join(dict.fromkeys(others))}" if others else ""
        raise ResultsError(
            f"{results.path}: {name.metric} goes from {min(every):g} to {max(every):g}; scores "
            f"from 0 to 1 are needed{ways}"
        )


def merged(every: Iterable[Scored]) -> list[Scored]:
    """Put parts of a score together: files of one model and task, and tasks of different items.

    Files of one task are further results of the same score, and so are the subsets of a benchmark,
    each a task of its own. Tasks of the same items stay apart.
    """
    one_task: dict[tuple[str, str, ScoreName, tuple[str, ...]], Scored] = {}
    for scored in every:
        task = (scored.bench, scored.model, scored.name, scored.tasks)
        one_task[task] = _together(one_task[task], scored) if task in one_task else scored
    groups: list[Scored] = []
    for scored in one_task.values():
        place = next((n for n, other in enumerate(groups) if _parts(other, scored)), None)
        if place is None:
            groups.append(scored)
        else:
            groups[place] = _together(groups[place], scored)
    return groups


def _parts(one: Scored, other: Scored) -> bool:
    if (one.bench, one.model, one.name) != (other.bench, other.model, other.name):
        return False
    common = len(one.scores.keys() & other.scores.keys())
    return common < _OVERLAP * min(len(one.scores), len(other.scores))


def _together(one: Scored, other: Scored) -> Scored:
    common: Collection[str] = one.scores.keys() & other.scores.keys()
    scores = one.scores | other.scores
    # Several files seldom repeat an item more than once; each file counts alike.
    scores |= {item: (one.scores[item] + other.scores[item]) / 2 for item in common}
    differing = sum(one.scores[item] != other.scores[item] for item in common)
    return Scored(
        bench=one.bench,
        model=one.model,
        tasks=tuple(dict.fromkeys(one.tasks + other.tasks)),
        name=one.name,
        scores=scores,
        paths=tuple(dict.fromkeys(one.paths + other.paths)),
        joined_by=_added(one.joined_by, other.joined_by),
        unjoined=one.unjoined + other.unjoined,
        without_score=one.without_score + other.without_score,
        repeated=one.repeated + other.repeated + len(common),
        differing=one.differing + other.differing + differing,
    )


def _added(one: Mapping[By, int], other: Mapping[By, int]) -> dict[By, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in (*one, *other)}
