"""All of it in a row: a run and results in, what is said of each benchmark's score out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from leakcheck.errors import UsageError
from leakcheck.impact.bounds import bounds_of_clean_score
from leakcheck.impact.classes import CLASSES, LEAKED, ItemClass, classes_of_items
from leakcheck.impact.gathering import Choice, Gathered
from leakcheck.impact.matching import compare_matched
from leakcheck.impact.measures import measure
from leakcheck.impact.records import (
    BenchmarkImpact,
    Impact,
    Overlap,
    ReportedScore,
    ScoreImpact,
    Standing,
)
from leakcheck.impact.results import TaskResults
from leakcheck.impact.scored import Scored
from leakcheck.impact.standing import (
    TOLERANCE_POINTS,
    standing_of_bound,
    standing_of_score,
    worst,
)
from leakcheck.verdict.records import BenchmarkReport, Report

__all__ = ["assess"]


def assess(
    report: Report,
    gathered: Gathered,
    results: Sequence[TaskResults],
    *,
    choice: Choice = Choice(),  # noqa: B008 (a tuple)
    reported: Mapping[str, float] = {},
    tolerance_points: float = TOLERANCE_POINTS,
) -> Impact:
    """Say for each benchmark of a run what its leaked items do to its scores.

    Args:
        report: of the run.
        gathered: the results, joined; without any, only the exact bounds are given.
        results: as they were read, for what could not be read.
        choice: whose `model` is the one that was trained on the corpus.
        reported: scores on all items, from 0 to 1, by benchmark.
        tolerance_points: what a leak may add to a credible score.

    Raises:
        UsageError: a benchmark that a score is reported for is not in the run, or there are no
            results of the model that is named.
    """
    names = [benchmark.name for benchmark in report.benchmarks]
    for bench in reported:
        if bench not in names:
            raise UsageError(f"--score: {bench} is not in the run; it has {', '.join(names)}")
    models = list(dict.fromkeys(each.model for each in gathered.scored))
    if choice.model is not None and choice.model not in models:
        raise UsageError(
            f"--model: there are no results of {choice.model}; there are of {', '.join(models)}"
        )
    given = {each.bench for each in gathered.scored} | set(reported)
    shown = [each for each in report.benchmarks if not given or each.name in given]
    return Impact(
        tolerance_points=tolerance_points,
        benchmarks=[
            _benchmark(report, each, gathered, choice, reported.get(each.name), tolerance_points)
            for each in shown
        ],
        without_results=[each.name for each in report.benchmarks if each not in shown],
        problems=[problem for each in results for problem in each.problems],
        notes=gathered.notes,
    )


def _benchmark(
    report: Report,
    benchmark: BenchmarkReport,
    gathered: Gathered,
    choice: Choice,
    score: float | None,
    tolerance_points: float,
) -> BenchmarkImpact:
    classes = classes_of_items(report, benchmark.name)
    counts = Counter(classes.values())
    leaked = sum(counts[each] for each in LEAKED)
    most = 100 * leaked / len(classes) if classes else 0.0
    conclusive = benchmark.verdict != "inconclusive"
    own = [each for each in gathered.scored if each.bench == benchmark.name]
    scores = [
        _score(each, own, classes, tolerance_points, conclusive)
        for each in own
        if choice.model in (None, each.model)
    ]
    bound = standing_of_bound(most, tolerance_points, conclusive)
    claimed = None
    if score is not None:
        claimed = _reported(score, len(classes), leaked, tolerance_points, conclusive)
    judged = [each.standing for each in scores] + ([claimed.standing] if claimed else [])
    return BenchmarkImpact(
        bench=benchmark.name,
        verdict=benchmark.verdict,
        reason=benchmark.reason,
        items=len(classes),
        leaked=leaked,
        by_class={each: counts[each] for each in CLASSES if counts[each]},
        max_inflation_points=most,
        in_distribution=benchmark.in_distribution,
        overlap=[
            Overlap(name, split.matched, split.items)
            for name, split in benchmark.splits.items()
            if split.role != "test" and split.matched
        ],
        standing=worst(judged) if judged else bound,
        scores=scores,
        reported=claimed,
    )


def _reported(
    score: float, items: int, leaked: int, tolerance_points: float, conclusive: bool
) -> ReportedScore:
    """Judge a reported score by how far the one on clean items can be below it."""
    clean = bounds_of_clean_score(score, items, leaked)
    standing: Standing = "not_credible"
    if clean is not None:
        standing = standing_of_bound(100 * (score - clean.low), tolerance_points, conclusive)
    return ReportedScore(score, clean, standing)


def _score(
    scored: Scored,
    every: Sequence[Scored],
    classes: Mapping[str, ItemClass],
    tolerance_points: float,
    conclusive: bool,
) -> ScoreImpact:
    others = [
        each.scores
        for each in every
        if each.model != scored.model
        and each.name == scored.name
        and set(each.tasks) == set(scored.tasks)
    ]
    measures = measure(scored.scores, classes)
    matched = compare_matched(scored.scores, classes, others)
    return ScoreImpact(
        model=scored.model,
        tasks=list(scored.tasks),
        filter=scored.name.filter,
        metric=scored.name.metric,
        paths=list(scored.paths),
        standing=standing_of_score(measures, matched, tolerance_points, conclusive),
        measures=measures,
        matched=matched,
        joined_by=scored.joined_by,
        without_result=len(classes) - len(scored.scores),
        unjoined=scored.unjoined,
        without_score=scored.without_score,
        repeated=scored.repeated,
        differing=scored.differing,
    )
