"""Samples of lm-evaluation-harness: JSON lines, one a document and filter.

A line has `doc_id` (the place in the split, after the task's own filtering), `doc` (the row),
`doc_hash`, `filter`, `metrics` (names) and a key for each metric. The file is called
`<model>/samples_<task>_<date>.jsonl`, and nothing inside it names model or task.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from leakcheck.corpus.shapes import passages_of
from leakcheck.impact.results import NO_FILTER, Document, Problem, ScoreName, TaskResults, number_of

__all__ = ["is_sample", "model_and_task", "results_of_samples"]

_NAME = re.compile(r"samples_(?P<task>.+?)(?:_\d{4}-\d\d-\d\dT[\d.+-]+)?\.jsonl")


def is_sample(record: object) -> bool:
    """Tell whether a record is a line of samples.

    >>> is_sample({"doc_id": 0, "doc": {}, "metrics": ["acc"], "acc": 1.0})
    True
    """
    return isinstance(record, dict) and "doc_id" in record and "metrics" in record


def model_and_task(path: Path) -> tuple[str, str]:
    """Read the names of model and task from a path, as far as it says them.

    >>> model_and_task(Path("out/org__tiny/samples_gsm8k_cot_2026-01-02T03-04-05.678.jsonl"))
    ('org__tiny', 'gsm8k_cot')
    >>> model_and_task(Path("out/tiny.jsonl"))
    ('tiny', '')
    """
    found = _NAME.fullmatch(path.name)
    if found is None:
        return path.name.partition(".")[0], ""
    return path.absolute().parent.name or "model", found["task"]


def results_of_samples(
    path: Path, records: Iterable[tuple[int, Any]], problems: list[Problem]
) -> TaskResults:
    """Collect the scores of a file of samples.

    Args:
        path: of the file.
        records: its records with their rows.
        problems: of the file so far; what is wrong with records is added.
    """
    model, task = model_and_task(path)
    documents: list[Document] = []
    places: dict[tuple[str, str], int] = {}
    scores: dict[ScoreName, dict[int, list[float]]] = {}
    for row, record in records:
        if not is_sample(record):
            problems.append(Problem(str(path), row, "no line of samples: no doc_id or metrics"))
            continue
        key = (str(record["doc_id"]), str(record.get("doc_hash", "")))
        if key not in places:
            places[key] = len(documents)
            passages = tuple(passages_of(record.get("doc")))
            documents.append(Document(key[0], passages, key[1]))
        found = list(_scores(record))
        if not found:
            problems.append(Problem(str(path), row, "none of its metrics is a number"))
        for name, score in found:
            scores.setdefault(name, {}).setdefault(places[key], []).append(score)
    return TaskResults(str(path), model, task, 0, documents, scores, problems)


def _scores(record: dict[str, Any]) -> Iterator[tuple[ScoreName, float]]:
    own = str(record.get("filter") or "")
    for metric in record["metrics"] if isinstance(record["metrics"], list) else []:
        number = number_of(record.get(metric))
        if number is not None:
            yield ScoreName("" if own == NO_FILTER else own, str(metric)), number
