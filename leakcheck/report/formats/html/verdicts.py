"""The verdicts: what a reader must see first, a card for each benchmark, the worst in front."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from leakcheck.report.formats.html.charts import Part, share_bar
from leakcheck.report.formats.html.markup import shown
from leakcheck.report.numbers import by_chance, out_of, percent, points, several
from leakcheck.report.statements import chance_sentence
from leakcheck.report.words import VERDICT_WORDS, sentence

if TYPE_CHECKING:
    from leakcheck.verdict.records import BenchmarkReport, Report, SplitReport, Verdict

__all__ = ["badge", "by_gravity", "cards", "kinds", "total_of"]

GRAVITY: tuple[Verdict, ...] = ("leaked", "inconclusive", "in_distribution", "clean")


def by_gravity(report: Report) -> list[tuple[int, BenchmarkReport]]:
    """Return the benchmarks with their numbers in the report, the worst verdict first."""
    numbered = enumerate(report.benchmarks)
    return sorted(numbered, key=lambda pair: GRAVITY.index(pair[1].verdict))


def cards(report: Report) -> str:
    """Set a card for each benchmark."""
    return "\n".join(
        f'<li class="card {each.verdict}">{"".join(_card(each, number))}</li>'
        for number, each in by_gravity(report)
    )


def badge(verdict: Verdict) -> str:
    """Set a verdict so that it is seen without colours too.

    >>> badge("clean")
    '<span class="badge clean">CLEAN</span>'
    """
    return f'<span class="badge {verdict}">{VERDICT_WORDS[verdict]}</span>'


def total_of(splits: Iterable[SplitReport]) -> tuple[int, int]:
    """Add up the matched items of splits, and all their items."""
    counts = [(split.matched, split.items) for split in splits]
    return sum(matched for matched, _ in counts), sum(items for _, items in counts)


def _card(benchmark: BenchmarkReport, number: int) -> Iterator[str]:
    yield (
        f'<h3><a href="#benchmark-{number}">{shown(benchmark.name)}</a> '
        f"{badge(benchmark.verdict)}</h3><p>{shown(sentence(benchmark.reason))}</p>"
    )
    yield from _test(benchmark)
    yield from _others(benchmark)
    if benchmark.accepted:
        with_accepted = VERDICT_WORDS[benchmark.verdict_with_accepted or benchmark.verdict]
        yield (
            f'<p class="note">{several(benchmark.accepted, "finding")} accepted and not counted; '
            f"with them the verdict would be {with_accepted}.</p>"
        )
    if told := chance_sentence(benchmark):
        yield f'<p class="note">{told}</p>'


def _test(benchmark: BenchmarkReport) -> Iterator[str]:
    test = [split for split in benchmark.splits.values() if split.role == "test"]
    matched, items = total_of(test)
    if not items:
        yield '<p class="note">It has no test split.</p>'
        return
    yield (
        f'<p class="count"><b>{matched:,}</b> of {items:,} test items '
        f"<small>{percent(matched, items)}; {by_chance(test)} expected by chance</small></p>"
    )
    yield share_bar("Test items in the corpus", kinds(test, "leakage"), items)
    if benchmark.verdict == "leaked":
        most = points(benchmark.max_inflation_points)
        yield (
            f'<p class="note">Chance alone gives such matches with a probability of '
            f"{_probability(benchmark.p_value)}. They can inflate the score by at most {most}.</p>"
        )


def _probability(p_value: float) -> str:
    return "under 0.001" if p_value < 0.001 else f"{p_value:.2g}"


def _others(benchmark: BenchmarkReport) -> Iterator[str]:
    matched, items = total_of(split for split in benchmark.splits.values() if split.role != "test")
    if items:
        yield (
            f'<p class="others"><span class="swatch overlap"></span>'
            f"{out_of(matched, items)} items of other splits</p>"
        )


def kinds(splits: Iterable[SplitReport], style: str) -> list[Part]:
    """Count the matched items of splits by kind."""
    splits = list(splits)
    return [
        Part("verbatim", sum(split.verbatim for split in splits), f"{style}-verbatim"),
        Part("near", sum(split.near for split in splits), f"{style}-near"),
        Part("rewritten", sum(split.rewritten for split in splits), f"{style}-rewritten"),
    ]
