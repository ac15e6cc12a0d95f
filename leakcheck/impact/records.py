"""What is said of the scores of a run's benchmarks."""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from leakcheck.benchmark.card import Difficulty
from leakcheck.impact.bounds import Bounds
from leakcheck.impact.classes import ItemClass
from leakcheck.impact.joining import By
from leakcheck.impact.matching import Matched
from leakcheck.impact.measures import Measures
from leakcheck.impact.results import Problem
from leakcheck.verdict.records import Verdict

__all__ = ["BenchmarkImpact", "Impact", "Overlap", "ReportedScore", "ScoreImpact", "Standing"]

Standing = Literal["credible", "not_credible", "undecided"]
"""Whether a score on all items may be reported as it is; `undecided` where that cannot be told."""


class Overlap(NamedTuple):
    """Items of a split that is not a test, found in the corpus: in-distribution data."""

    split: str
    matched: int
    items: int


class ReportedScore(msgspec.Struct, frozen=True):
    """A score on all items that somebody reports, with no results item by item."""

    score: float
    clean: Bounds | None
    """What the score on the clean items can be; None where no item is clean."""
    standing: Standing


class ScoreImpact(msgspec.Struct, frozen=True):
    """What the leak does to one score of one model."""

    model: str
    tasks: list[str]
    filter: str
    metric: str
    paths: list[str]
    standing: Standing
    measures: Measures
    matched: Matched | None
    """None without leaked items, or without other models."""
    joined_by: dict[By, int]
    """Documents joined by hash, id and text."""
    without_result: int
    """Test items without a result."""
    unjoined: int
    """Documents that are no item of the benchmark."""
    without_score: int
    """Documents without this score, as NaN."""
    repeated: int
    """Items with several results, whose mean is taken, ..."""
    differing: int
    """... of which so many differ."""


class BenchmarkImpact(msgspec.Struct, frozen=True):
    """What the leak does to the scores on one benchmark."""

    bench: str
    verdict: Verdict
    """Of the run."""
    reason: str
    items: int
    leaked: int
    by_class: dict[ItemClass, int]
    """All test items by what was found of them."""
    max_inflation_points: float
    """100 * leaked / items: what the leak can add to any score at most."""
    in_distribution: Difficulty
    overlap: list[Overlap]
    standing: Standing
    """The worst of the scores', or what the bound alone says where there are none."""
    scores: list[ScoreImpact]
    reported: ReportedScore | None


class Impact(msgspec.Struct, frozen=True):
    """What a run and results of an evaluation say together."""

    tolerance_points: float
    """What a leak may add to a credible score."""
    benchmarks: list[BenchmarkImpact]
    without_results: list[str]
    """Benchmarks of the run that no results are of, where there are results of others."""
    problems: list[Problem]
    notes: list[str]
