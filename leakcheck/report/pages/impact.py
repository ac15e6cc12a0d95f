"""Impact as text for people: a block for each benchmark, a table for each of its scores."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from leakcheck.impact.classes import LEAKED
from leakcheck.report.console import rendered
from leakcheck.report.numbers import out_of, several
from leakcheck.report.pages.impact_notes import notes_on_benchmark, notes_on_score
from leakcheck.report.pages.impact_words import (
    CLASS_WORDS,
    STANDING_COLOURS,
    STANDING_WORDS,
    bound_sentence,
    matched_sentence,
    name_of_score,
    points_of,
    reported_sentence,
    score_sentence,
    z_sentence,
)
from leakcheck.report.places import place_of
from leakcheck.report.sheet import Sheet
from leakcheck.report.words import printable

if TYPE_CHECKING:
    from rich.console import RenderableType

    from leakcheck.impact.measures import Mean
    from leakcheck.impact.records import BenchmarkImpact, Impact, ScoreImpact

__all__ = ["render"]

MOST_NAMED = 5
"""How many of the places without a result that can be used are named."""


def render(impact: Impact, width: int, *, colour: bool = False) -> str:
    """Render what was found for a page of `width` columns, with or without colour codes."""
    return rendered(_parts(impact), Sheet(width=width, colour=colour))


def _parts(impact: Impact) -> Iterator[RenderableType]:
    from rich.text import Text

    for place, benchmark in enumerate(impact.benchmarks):
        if place:
            yield ""
        yield from _benchmark(benchmark)
    if impact.without_results:
        yield ""
        yield Text(f"No results of {printable(', '.join(impact.without_results))}.")
    if impact.notes:
        yield ""
        yield Text("Notes", "bold")
        for note in impact.notes:
            yield _indented(note)
    if impact.problems:
        yield ""
        yield from _problems(impact)


def _benchmark(benchmark: BenchmarkImpact) -> Iterator[RenderableType]:
    from rich.text import Text

    standing = Text(STANDING_WORDS[benchmark.standing], STANDING_COLOURS[benchmark.standing])
    yield Text.assemble((printable(benchmark.bench), "bold"), "  ", standing)
    yield Text(bound_sentence(benchmark))
    if not benchmark.scores:
        counts = [f"{CLASS_WORDS[each]} {count:,}" for each, count in benchmark.by_class.items()]
        yield Text(f"Test items: {', '.join(counts)}.")
    if benchmark.reported is not None:
        yield Text(reported_sentence(benchmark))
    for note in notes_on_benchmark(benchmark):
        yield Text(note)
    for score in benchmark.scores:
        yield ""
        yield from _score(benchmark, score)


def _score(benchmark: BenchmarkImpact, score: ScoreImpact) -> Iterator[RenderableType]:
    from rich.text import Text

    yield Text.assemble((printable(score.model), "bold"), f"  {name_of_score(score)}")
    yield _table(benchmark, score)
    yield _indented(score_sentence(benchmark.bench, score))
    if score.measures.leaked.items and score.measures.gain is not None:
        yield _indented(z_sentence(score.measures.z))
    if score.matched is not None:
        yield _indented(matched_sentence(score.matched))
    for note in notes_on_score(benchmark, score):
        yield _indented(note)


def _table(benchmark: BenchmarkImpact, score: ScoreImpact) -> RenderableType:
    from rich.padding import Padding
    from rich.table import Table

    own = score.measures
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column("items")
    for head in ("score", "with a result"):
        table.add_column(head, justify="right")

    def add(word: str, mean: Mean, total: int) -> None:
        table.add_row(word, points_of(mean.mean), out_of(mean.items, total))

    add("all", own.all, benchmark.items)
    groups = (
        ("clean", own.clean, benchmark.items - benchmark.leaked),
        ("leaked", own.leaked, benchmark.leaked),
    )
    for word, group, total in groups:
        add(word, group, total)
        for each, mean in own.by_class.items():
            of_group = (each in LEAKED) == (group is own.leaked)
            if of_group and not (each == "not_found" and mean == own.clean):
                add(f"  {CLASS_WORDS[each]}", mean, benchmark.by_class[each])
    return Padding(table, (0, 0, 0, 2))


def _indented(text: str) -> RenderableType:
    from rich.padding import Padding
    from rich.text import Text

    return Padding(Text(printable(text)), (0, 0, 0, 2))


def _problems(impact: Impact) -> Iterator[RenderableType]:
    from rich.text import Text

    yield Text.assemble(
        ("Not used", "bold"), f"  {several(len(impact.problems), 'place')} in the results"
    )
    for each in impact.problems[:MOST_NAMED]:
        yield _indented(f"{place_of(each.path, each.row)}: {each.reason}")
    if len(impact.problems) > MOST_NAMED:
        yield _indented(f"and {len(impact.problems) - MOST_NAMED:,} more: --output-format json")
