"""What is to be kept in mind beside a score: small numbers, what was left out, overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leakcheck.report.numbers import out_of, several
from leakcheck.report.pages.impact_words import points_of
from leakcheck.report.words import IN_DISTRIBUTION

if TYPE_CHECKING:
    from leakcheck.impact.records import BenchmarkImpact, ScoreImpact

__all__ = ["notes_on_benchmark", "notes_on_score"]

FEW_ITEMS = 30
"""With fewer the interval is wide, and a few items decide."""


def notes_on_score(impact: BenchmarkImpact, score: ScoreImpact) -> list[str]:
    """Say what to keep in mind of one score."""
    own = score.measures
    told = []
    few = [
        several(mean.items, f"{word} item")
        for word, mean in (("leaked", own.leaked), ("clean", own.clean))
        if own.leaked.items and 0 < mean.items < FEW_ITEMS
    ]
    if few:
        told.append(f"Caution, small numbers: only {' and '.join(few)} with a result.")
    if own.clean_tested.items != own.clean.items:
        tested = points_of(own.clean_tested.mean)
        untestable = own.clean.items - own.clean_tested.items
        told.append(
            f"Without the {several(untestable, 'untestable item')}, which no scan could find, the "
            f"clean score is {tested} ({own.clean_tested.items:,} items)."
        )
    told += _left_out(impact, score)
    return told


def _left_out(impact: BenchmarkImpact, score: ScoreImpact) -> list[str]:
    told = []
    if score.without_result:
        told.append(f"No result for {out_of(score.without_result, impact.items, 'test items')}.")
    if score.unjoined:
        told.append(f"Left out, as no test item of the run: {several(score.unjoined, 'document')}.")
    if score.without_score:
        told.append(f"Without this score: {several(score.without_score, 'document')}.")
    if score.repeated:
        different = out_of(score.differing, score.repeated)
        told.append(
            f"{several(score.repeated, 'item')} with more than one result, {different} different; "
            "the mean counts."
        )
    return told


def notes_on_benchmark(impact: BenchmarkImpact) -> list[str]:
    """Say what holds for all scores of a benchmark: overlap, and what the run could not tell."""
    told = []
    if impact.verdict == "inconclusive":
        told.append(
            f"The run is inconclusive ({impact.reason.rstrip('.')}): more items may be leaked than "
            "are listed."
        )
    if impact.overlap:
        found = ", ".join(
            f"{each.split} {out_of(each.matched, each.items)}" for each in impact.overlap
        )
        told.append(
            f"In-distribution overlap to be declared: {found} items. "
            f"{IN_DISTRIBUTION[impact.in_distribution]}"
        )
    return told
