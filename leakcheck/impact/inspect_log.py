"""Logs of inspect_ai: `.eval`, which is a zip of JSON files, and `.json`.

A log has the model and the task in its header, and of each sample `id`, `epoch`, `input`, `choices`
and `scores` by scorer. The epochs of a sample are its repetitions; their mean is its score.
"""

from __future__ import annotations

import json
import math
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from leakcheck.corpus.shapes import passages_of
from leakcheck.errors import ResultsError
from leakcheck.impact.results import Document, Problem, ScoreName, TaskResults, number_of

__all__ = ["is_log", "read_eval", "results_of_log", "score_of"]

_LETTERS = {"C": 1.0, "P": 0.5, "I": 0.0, "N": 0.0}
_WORDS = {"yes": 1.0, "no": 0.0}


def is_log(record: object) -> bool:
    """Tell whether a JSON document is a log.

    >>> is_log({"version": 2, "eval": {"task": "demo", "model": "tiny"}, "samples": []})
    True
    """
    return isinstance(record, dict) and isinstance(record.get("eval"), dict)


def score_of(value: object) -> float | None:
    """Return the score that a value stands for, as inspect_ai's own metrics take it.

    >>> [score_of(value) for value in ("C", "P", "I", "N", "yes", 0.25, float("nan"))]
    [1.0, 0.5, 0.0, 0.0, 1.0, 0.25, None]
    """
    if isinstance(value, str):
        known = _LETTERS.get(value, _WORDS.get(value.lower()))
        return number_of(value) if known is None else known
    return number_of(value)


def read_eval(path: Path) -> dict[str, Any]:
    """Read a `.eval` file as the document that a `.json` log of it would be, without transcripts.

    Raises:
        ResultsError: it is no such file, or damaged.
    """
    if sys.version_info >= (3, 14):
        from zipfile import BadZipFile, ZipFile

        from compression import zstd
    else:
        from backports import zstd
        from backports.zstd.zipfile import BadZipFile, ZipFile
    try:
        with ZipFile(path) as file:
            names = file.namelist()
            head = "header.json" if "header.json" in names else "_journal/start.json"
            header = json.loads(file.read(head))
            samples: list[Any] = []
            for name in _summaries(names):
                told = json.loads(file.read(name))
                samples += told if isinstance(told, list) else [told]
    except (
        BadZipFile,
        KeyError,
        OSError,
        ValueError,
        EOFError,
        zlib.error,
        zstd.ZstdError,
    ) as error:
        raise ResultsError(f"{path}: not a log of inspect_ai, or a damaged one: {error}") from error
    if not is_log(header):
        raise ResultsError(f"{path}: not a log of inspect_ai: its header has no `eval`")
    return {**header, "samples": samples}


def _summaries(names: list[str]) -> list[str]:
    """Name the members with the samples; a run that was cut off has them in its journal."""
    if "summaries.json" in names:
        return ["summaries.json"]
    journal = [name for name in names if name.startswith("_journal/summaries/")]
    return journal or sorted(name for name in names if name.startswith("samples/"))


def results_of_log(path: Path, log: dict[str, Any]) -> TaskResults:
    """Collect the scores of a log."""
    problems: list[Problem] = []
    documents: list[Document] = []
    places: dict[str, int] = {}
    of_epochs: dict[ScoreName, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row, sample in enumerate(log.get("samples") or []):
        if not isinstance(sample, dict) or "id" not in sample:
            problems.append(Problem(str(path), row, "a sample without an id"))
            continue
        name = str(sample["id"])
        if name not in places:
            places[name] = len(documents)
            documents.append(Document(name, tuple(_passages(sample))))
        found = list(_scores(sample))
        if not found:
            problems.append(Problem(str(path), row, f"sample {name} has no score"))
        for score_name, score in found:
            of_epochs[score_name][places[name]].append(score)
    scores = {
        score_name: {place: [math.fsum(own) / len(own)] for place, own in by_place.items()}
        for score_name, by_place in of_epochs.items()
    }
    head = log["eval"]
    model, task = str(head.get("model") or path.stem), str(head.get("task") or "")
    return TaskResults(str(path), model, task, None, documents, scores, problems)


def _passages(sample: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from passages_of({key: sample[key] for key in ("input", "choices") if sample.get(key)})


def _scores(sample: dict[str, Any]) -> Iterable[tuple[ScoreName, float]]:
    scores = sample.get("scores")
    for scorer, score in scores.items() if isinstance(scores, dict) else ():
        value = score.get("value") if isinstance(score, dict) else score
        named = (
            {f"{scorer}/{key}": each for key, each in value.items()}
            if isinstance(value, dict)
            else {scorer: value}
        )
        for name, each in named.items():
            number = score_of(each)
            if number is not None:
                yield ScoreName("", str(name)), number
