"""Gathering: results in, scores of the items of a run out, with what was left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from leakcheck.errors import ResultsError
from leakcheck.impact.classes import ItemClass
from leakcheck.impact.clean_samples import SeenTask
from leakcheck.impact.joining import Joined, join
from leakcheck.impact.results import TaskResults
from leakcheck.impact.scored import Scored, chosen_scores, merged, scored_items
from leakcheck.impact.tasks import TaskName, bench_of_task
from leakcheck.impact.texts import Found, Look

__all__ = ["NOTHING_KNOWN", "Choice", "Gathered", "gather"]

Hashes = Mapping[str, Mapping[str, Sequence[str]]]
Classes = Mapping[str, Mapping[str, ItemClass]]


class Choice(NamedTuple):
    """Which of the scores are meant."""

    filter: str | None = None
    metric: str | None = None
    model: str | None = None
    """The one that was trained on the corpus; the others tell only how hard items are."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Results that were joined to the items of a run."""

    scored: list[Scored]
    seen: list[SeenTask]
    """The harness's tasks among them."""
    notes: list[str] = field(default_factory=list)


NOTHING_KNOWN = Look(frozenset(), lambda documents: [{} for _ in documents])
"""Looks at no text, where the packs cannot be had."""


def gather(
    results: Sequence[TaskResults],
    classes: Classes,
    choice: Choice,
    *,
    look: Look = NOTHING_KNOWN,
    hashes: Hashes = {},  # noqa: B006 (read only)
    named: Sequence[TaskName] = (),
) -> Gathered:
    """Join results to the items of a run, and put the parts of each score together.

    Args:
        results: of files.
        classes: of the test items of each benchmark.
        choice: which scores are meant; of each filter the first metric unless one is named.
        look: finds the items that documents are by their text.
        hashes: the items of each known `doc_hash`, by benchmark.
        named: what the user calls the tasks of benchmarks.

    Raises:
        ResultsError: no result is of a benchmark of the run, the documents are of another
            benchmark, or no file has the filter and metric that are named.
    """
    scored: list[Scored] = []
    gathered = Gathered([], [])
    for each in results:
        if not each.documents:
            continue
        found = look.find(each.documents)
        bench = _bench(each, found, classes, named)
        if not bench:
            gathered.notes.append(_no_benchmark(each, classes))
            continue
        names = chosen_scores(each, choice.filter, choice.metric)
        if not names:
            gathered.notes.append(f"{each.path}: left out: it has only {_score_names(each)}")
            continue
        joined = join(
            each.documents,
            [own.get(bench, []) for own in found] if bench in look.benches else None,
            list(classes[bench]),
            where=each.path,
            task=each.task,
            first_id=each.first_id,
            hashes=hashes.get(bench, {}),
        )
        gathered.notes.extend(_notes(each, bench, joined))
        gathered.seen.extend(_seen(each, bench, joined))
        scored += [scored_items(each, joined, bench, name) for name in names]
    gathered.notes[:] = dict.fromkeys(gathered.notes)
    gathered.scored.extend(merged(one for one in scored if one.scores))
    if results and not gathered.scored:
        raise ResultsError("; ".join(gathered.notes) or "no document is an item of the run")
    return gathered


def _bench(results: TaskResults, found: Found, classes: Classes, named: Sequence[TaskName]) -> str:
    """Name the benchmark of a task: by its name, else by what most of its texts are of."""
    by_name = bench_of_task(_task(results), classes, named)
    if by_name in classes:
        return by_name
    votes = Counter(bench for own in found for bench in own)
    with_text = sum(bool(each.passages) for each in results.documents)
    if votes and votes.most_common(1)[0][1] >= with_text / 2:
        return votes.most_common(1)[0][0]
    return next(iter(classes)) if len(classes) == 1 and not with_text else ""


def _task(results: TaskResults) -> str:
    """Name the task; where nothing in the file does, its own name does."""
    return results.task or Path(results.path).name.partition(".")[0]


def _no_benchmark(results: TaskResults, classes: Classes) -> str:
    names, task = ", ".join(classes), _task(results)
    return (
        f"{results.path}: left out: neither its task ({task}) nor its texts tell which benchmark "
        f"of the run it is of ({names}); --task {next(iter(classes), 'BENCHMARK')}={task} would"
    )


def _score_names(results: TaskResults) -> str:
    return ", ".join(
        f"{name.metric} ({name.filter})" if name.filter else name.metric for name in results.scores
    )


def _notes(results: TaskResults, bench: str, joined: Joined) -> list[str]:
    """Say what a reader must know of how documents were joined."""
    told = []
    documents = len(joined.items)
    by_text = joined.by.get("text", 0)
    if not joined.with_text and joined.by.get("id"):
        told.append(f"{results.path}: joined to {bench} by id alone: no text confirms it")
    elif joined.with_text and not joined.recognised:
        told.append(f"{results.path}: joined to {bench} by id; no text is known as an item")
    elif joined.recognised < joined.with_text / 2:
        told.append(
            f"{results.path}: only {joined.recognised:,} of {joined.with_text:,} texts are known "
            f"as items of {bench}; the documents may be changed copies"
        )
    if by_text and not joined.by.get("id"):
        told.append(
            f"{results.path}: ids are not places in the split of {bench}: {by_text:,} of "
            f"{documents:,} documents were joined by their text"
        )
    elif joined.contradicted:
        told.append(
            f"{results.path}: {joined.contradicted:,} of {documents:,} documents are other items "
            "by their text than by their id; the text counts"
        )
    return told


def _seen(results: TaskResults, bench: str, joined: Joined) -> list[SeenTask]:
    """Name a task of the harness, whose ids are numbers."""
    if results.first_id is None or not results.task:
        return []
    pairs = [
        (item, int(document.id))
        for document, item in zip(results.documents, joined.items, strict=True)
        if item is not None and document.id.isdecimal()
    ]
    if all(item.endswith(f"/{number}") for item, number in pairs):
        return [SeenTask(bench, results.task, None)]
    ids: dict[str, list[int]] = {}
    for item, number in pairs:
        ids.setdefault(item, []).append(number)
    return [SeenTask(bench, results.task, ids)]
