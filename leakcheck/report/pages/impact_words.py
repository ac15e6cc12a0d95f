"""What is said of a score's credibility, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leakcheck.report.numbers import out_of, several
from leakcheck.report.words import printable

if TYPE_CHECKING:
    from leakcheck.impact.classes import ItemClass
    from leakcheck.impact.intervals import Interval
    from leakcheck.impact.matching import Matched
    from leakcheck.impact.measures import Mean, ZScores
    from leakcheck.impact.records import BenchmarkImpact, ScoreImpact, Standing

__all__ = [
    "CLASS_WORDS",
    "STANDING_COLOURS",
    "STANDING_WORDS",
    "bound_sentence",
    "interval_of",
    "matched_sentence",
    "name_of_score",
    "points_of",
    "reported_sentence",
    "score_sentence",
    "z_sentence",
]

STANDING_WORDS: dict[Standing, str] = {
    "credible": "CREDIBLE",
    "not_credible": "NOT CREDIBLE",
    "undecided": "UNDECIDED",
}
STANDING_COLOURS: dict[Standing, str] = {
    "credible": "bold green",
    "not_credible": "bold red",
    "undecided": "bold magenta",
}
CLASS_WORDS: dict[ItemClass, str] = {
    "verbatim": "verbatim",
    "near": "near",
    "rewritten": "rewritten",
    "flagged": "flagged by the preset",
    "variant": "other numbers only",
    "shared": "also in another split",
    "allowed": "allowed",
    "untestable": "untestable",
    "not_found": "not found",
}
Z_BEYOND = 2.0
"""Llama 2 calls a benchmark affected if all four subsets are farther from the whole than this."""


def points_of(score: float | None) -> str:
    """Write a score from 0 to 1 as points out of 100.

    >>> points_of(0.61234), points_of(None)
    ('61.2', '-')
    """
    return "-" if score is None else f"{100 * score:.1f}"


def _change(value: float) -> str:
    """Write a difference in points; a small one keeps what it has."""
    number = 100 * value
    # What rounds to nothing has no sign.
    return f"{number:z.2f}" if abs(number) < 1 else f"{number:.1f}"


def interval_of(interval: Interval) -> str:
    """Write an estimate with its interval, in points.

    >>> from leakcheck.impact.intervals import Interval
    >>> interval_of(Interval(0.021, -0.004, 0.046))
    '2.1 points [-0.40, 4.6]'
    """
    low, high = _change(interval.low), _change(interval.high)
    return f"{_change(interval.estimate)} points [{low}, {high}]"


def name_of_score(score: ScoreImpact) -> str:
    """Name a score: task, metric and filter."""
    tasks = score.tasks[0]
    if len(score.tasks) > 1:
        tasks = f"{score.tasks[0]} and {several(len(score.tasks) - 1, 'more task')}"
    told = f"{tasks}, {score.metric}" + (f" ({score.filter})" if score.filter else "")
    return printable(told)


def score_sentence(bench: str, score: ScoreImpact) -> str:
    """Say which score to report, and whether the one on all items is credible."""
    own = score.measures
    name = printable(bench)
    if not own.leaked.items:
        return (
            f"{name}: report {points_of(own.all.mean)} ({_items(own.all)}): none of the items with "
            f"a result is leaked{_standing(score)}."
        )
    if own.gain is None:
        return (
            f"{name}: every item with a result is leaked ({own.all.items:,}): there is no clean "
            "score to report, and this one is not credible."
        )
    clean = f"clean: {out_of(own.clean.items, own.all.items, 'items')}"
    return (
        f"{name}: report {points_of(own.clean.mean)} ({clean}) beside "
        f"{points_of(own.all.mean)}; the leak changes it by an estimated "
        f"{interval_of(own.gain)}{_standing(score)}."
    )


def _items(mean: Mean) -> str:
    return several(mean.items, "item")


def _standing(score: ScoreImpact) -> str:
    match score.standing:
        case "credible":
            return "; credible"
        case "not_credible":
            return "; not credible"
        case "undecided":
            return "; whether the score on all items is credible is undecided"


def z_sentence(z: ZScores) -> str:
    """Give the z-scores that papers give.

    >>> from leakcheck.impact.measures import ZScores
    >>> z_sentence(ZScores(2.5, -2.5, 3.1, -2.5, 3.1))[:15]
    'z of the gain, '
    """
    subsets = {
        "clean": z.clean,
        "not clean": z.not_clean,
        "not dirty": z.not_dirty,
        "dirty": z.dirty,
    }
    shown = ", ".join(f"{name} {_z(each)}" for name, each in subsets.items())
    beyond = sum(each is not None and abs(each) > Z_BEYOND for each in subsets.values())
    return (
        f"z of the gain, as in ConTAM: {_z(z.contam)}. z of Llama 2's subsets: {shown}; "
        f"{beyond} of 4 beyond {Z_BEYOND:g}."
    )


def _z(value: float | None) -> str:
    return "-" if value is None else f"{value:+z.1f}"


def matched_sentence(matched: Matched) -> str:
    """Say what the comparison with items of like difficulty gives."""
    models = several(matched.models, "other model")
    leaked, clean = several(matched.leaked, "leaked item"), several(matched.clean, "clean item")
    if matched.difference is None or matched.gain is None:
        return f"Matched by difficulty ({models}): too few items, {leaked} and {clean}."
    said = (
        f"Matched by difficulty ({models}, {several(matched.strata, 'grade')}): {leaked} and "
        f"{clean} as hard differ by {interval_of(matched.difference)} more than for the others; "
        f"on all items that is {interval_of(matched.gain)}."
    )
    if matched.is_like:
        return said
    word = "above" if matched.others_above > 0 else "below"
    apart = points_of(abs(matched.others_above))
    return f"{said} Not relied on: the others are {apart} points {word} on clean items."


def bound_sentence(impact: BenchmarkImpact) -> str:
    """Say what the leak can do at most."""
    leaked = out_of(impact.leaked, impact.items, "items")
    if not impact.leaked:
        return f"None of {several(impact.items, 'test item')} is leaked."
    most = f"{impact.max_inflation_points:.2f}".rstrip("0").rstrip(".")
    said = (
        f"{leaked} are leaked: they can add at most {most} of 100 points to a score on all of them."
    )
    if impact.scores or impact.standing == "credible":
        return said
    return f"{said} What they do add, results item by item tell: --results."


def reported_sentence(impact: BenchmarkImpact) -> str:
    """Say what a reported score leaves open of the score on clean items."""
    assert impact.reported is not None
    own = impact.reported
    said = f"Of the reported {points_of(own.score)}: "
    if own.clean is None:
        return said + "every item is leaked, so nothing can be said of clean ones; not credible."
    clean = out_of(impact.items - impact.leaked, impact.items, "items")
    least, most = points_of(own.clean.low), points_of(own.clean.high)
    verdict = "credible" if own.standing == "credible" else "credible or not is undecided"
    return f"{said}the score on the clean ones ({clean}) is from {least} to {most}; {verdict}."
