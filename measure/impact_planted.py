"""A gain planted in made-up answers to a real run: what `leakcheck impact` says of it."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from leakcheck import scan
from leakcheck.impact.assess import assess
from leakcheck.impact.classes import LEAKED, ItemClass, classes_of_items
from leakcheck.impact.gathering import Choice, gather
from leakcheck.impact.hashes import doc_hash
from leakcheck.impact.intervals import Interval
from leakcheck.impact.matching import Matched, compare_matched
from leakcheck.impact.measures import Measures, measure
from leakcheck.impact.reading import files_of, read_all
from leakcheck.impact.records import Impact
from leakcheck.impact.run_benchmarks import benchmarks_of_run, look_of_run
from leakcheck.report.pages.impact import render
from leakcheck.verdict.records import Report

__all__ = ["CORPUS", "DRAWS", "MODELS", "Answered", "Estimates", "Planted", "plant"]

BENCH = "gsm8k"
CORPUS = "corpora/llm_adapters_math"
ROWS = "benchmarks/gsm8k/test.jsonl"
DRAWS = 1000
"""How often answers are made up anew."""
_SEED = 7
_WIDTH = 80
_FILTER = "strict-match"


class Model(NamedTuple):
    """A model that is made up."""

    name: str
    skill: float
    """Its chance to get an item of middling difficulty right."""
    planted: float
    """How much of what is missing to a certain answer its training adds on leaked items."""


MODELS = (
    Model("org__trained", 0.5, 0.8),
    Model("org__a", 0.5, 0.0),
    Model("org__b", 0.6, 0.0),
    Model("org__c", 0.4, 0.0),
)
"""The first is the one that was trained on the corpus."""


class Answered(NamedTuple):
    """Answers made up once."""

    scores: dict[str, dict[str, float]]
    """By model and item."""
    clean: float
    """The truth: what the trained model's score on all items would be without the leak, ..."""
    leaked_gain: float
    """... what is planted on leaked items, ..."""
    gain: float
    """... and what that adds to the score on all items."""


class Estimates(NamedTuple):
    """What leakcheck estimates of those."""

    clean: float
    matched: Interval
    """Of the gain on leaked items."""
    gain: Interval
    matched_gain: Interval


class Planted(NamedTuple):
    """The example and its repetitions."""

    text: str
    """What the command prints."""
    example: tuple[Answered, Estimates]
    drawn: list[tuple[Answered, Estimates]]
    """The same with answers made up anew."""


def plant(data: Path) -> Planted:
    """Scan the corpus, make up answers, and let leakcheck say what they tell."""
    report = scan([data / CORPUS], bench=BENCH)
    classes = classes_of_items(report, BENCH)
    rows = [json.loads(line) for line in (data / ROWS).read_text(encoding="utf-8").splitlines()]
    answered = _answered(classes, _SEED)
    with TemporaryDirectory(prefix="leakcheck-") as folder:
        for model, scores in answered.scores.items():
            _write_samples(Path(folder) / model, rows, list(scores.values()))
        told = _impact(report, classes, folder)
    drawn = [_answered(classes, _SEED + 1 + number) for number in range(DRAWS)]
    return Planted(
        render(told, _WIDTH),
        (answered, _estimates_of(told)),
        [(each, _estimates(each, classes)) for each in drawn],
    )


def _answered(classes: Mapping[str, ItemClass], seed: int) -> Answered:
    draw = random.Random(seed)
    hard = [draw.random() for _ in classes]
    scores: dict[str, dict[str, float]] = {}
    for model in MODELS:
        chances = _chances(model, hard, classes)
        scores[model.name] = {
            item: float(draw.random() < chance)
            for item, chance in zip(classes, chances, strict=True)
        }
    trained = MODELS[0]
    without = _chances(trained._replace(planted=0.0), hard, classes)
    added = sum(_chances(trained, hard, classes)) - sum(without)
    leaked = sum(each in LEAKED for each in classes.values())
    return Answered(scores, sum(without) / len(hard), added / leaked, added / len(hard))


def _chances(model: Model, hard: Sequence[float], classes: Mapping[str, ItemClass]) -> list[float]:
    plain = [min(1.0, max(0.0, model.skill + 0.6 * (0.5 - each))) for each in hard]
    return [
        chance + model.planted * (1 - chance) if each in LEAKED else chance
        for chance, each in zip(plain, classes.values(), strict=True)
    ]


def _write_samples(folder: Path, rows: Sequence[dict[str, str]], scores: Sequence[float]) -> None:
    """Write samples as lm-evaluation-harness does, with --log_samples."""
    folder.mkdir()
    with (folder / f"samples_{BENCH}_2026-01-02T03-04-05.678901.jsonl").open("w") as file:
        for number, (row, score) in enumerate(zip(rows, scores, strict=True)):
            sample = {
                "doc_id": number,
                "doc": row,
                "target": row["answer"],
                "arguments": {"gen_args_0": {"arg_0": row["question"], "arg_1": {}}},
                "resps": [[""]],
                "filtered_resps": [""],
                "filter": _FILTER,
                "metrics": ["exact_match"],
                "doc_hash": doc_hash(row),
                "exact_match": score,
            }
            file.write(json.dumps(sample) + "\n")


def _impact(report: Report, classes: dict[str, ItemClass], folder: str) -> Impact:
    """Do what `leakcheck impact RUN --results FOLDER --model MODEL --filter FILTER` does."""
    choice = Choice(filter=_FILTER, model=MODELS[0].name)
    results = read_all(files_of([folder]))
    look = look_of_run(benchmarks_of_run(report, [], print), {BENCH: classes})
    gathered = gather(results, {BENCH: classes}, choice, look=look)
    return assess(report, gathered, results, choice=choice)


def _estimates_of(told: Impact) -> Estimates:
    score = told.benchmarks[0].scores[0]
    return _told(score.measures, score.matched)


def _estimates(answered: Answered, classes: Mapping[str, ItemClass]) -> Estimates:
    trained, *others = answered.scores.values()
    return _told(measure(trained, classes), compare_matched(trained, classes, others))


def _told(measures: Measures, matched: Matched | None) -> Estimates:
    clean, gain = measures.clean.mean, measures.gain
    if clean is None or gain is None:
        raise SystemExit("no item is clean")
    if matched is None or matched.difference is None or matched.gain is None:
        raise SystemExit("there are too few items for a matched comparison")
    return Estimates(clean, matched.difference, gain, matched.gain)
