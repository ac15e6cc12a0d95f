"""A section for each benchmark: its counts, and room for its items, leakage apart from the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from leakcheck.report.formats.html.charts import histogram, share_bar
from leakcheck.report.formats.html.found import GROUPS, Found, FoundItem, Group
from leakcheck.report.formats.html.markup import numeric, shown, table
from leakcheck.report.formats.html.verdicts import badge, by_gravity, kinds, total_of
from leakcheck.report.formats.html.wording import GROUP_TITLES, GROUP_WORDS
from leakcheck.report.numbers import by_chance, out_of, percent, several
from leakcheck.report.words import IN_DISTRIBUTION, sentence
from leakcheck.verdict.verdict import DOUBTFUL

if TYPE_CHECKING:
    from leakcheck.benchmark.card import Role
    from leakcheck.verdict.records import BenchmarkReport, Report, SplitReport

__all__ = ["benchmark_sections"]

_GROUP_OF_ROLE: dict[Role, Group] = {
    "test": "leakage",
    "train": "overlap",
    "dev": "overlap",
    "fewshot": "overlap",
}
_QUIET_HEADS = (
    "Benchmark",
    "Verdict",
    "#Test items found",
    "#By chance",
    "#Items of other splits",
    "#Untestable test items",
)
_HEADS = (
    "Split",
    "#Items",
    "#In the corpus",
    "#Share",
    "#By chance",
    "#Verbatim",
    "#Near",
    "#Rewritten",
    "#With answer",
    "#Low entropy",
    "#Untestable",
)


def benchmark_sections(report: Report, found: Found) -> str:
    """Set the sections in the order of the cards; where nothing was found a line must do."""
    of_bench: dict[str, list[FoundItem]] = defaultdict(list)
    for item in found.items:
        of_bench[item.bench].append(item)
    parts: list[str] = []
    quiet: list[list[str]] = []
    for number, each in by_gravity(report):
        if of_bench[each.name] or total_of(each.splits.values())[0]:
            parts += _section(each, number, of_bench[each.name], found)
        else:
            quiet.append(_quiet_row(each, number))
    if quiet:
        parts.append('<section class="benchmark"><h3>Benchmarks of which nothing was found</h3>')
        parts.append(table("Benchmarks of which nothing was found", _QUIET_HEADS, quiet))
        parts.append("</section>")
    return "\n".join(parts)


def _quiet_row(benchmark: BenchmarkReport, number: int) -> list[str]:
    test = [split for split in benchmark.splits.values() if split.role == "test"]
    others = [split for split in benchmark.splits.values() if split.role != "test"]
    return [
        f'<span id="benchmark-{number}">{shown(benchmark.name)}</span>',
        badge(benchmark.verdict),
        numeric(out_of(*total_of(test))),
        numeric(by_chance(test)),
        numeric(out_of(*total_of(others)) if others else "none there"),
        numeric(out_of(sum(split.untestable for split in test), total_of(test)[1])),
    ]


def _section(
    benchmark: BenchmarkReport, number: int, items: list[FoundItem], found: Found
) -> Iterator[str]:
    yield (
        f'<section class="benchmark" id="benchmark-{number}" aria-labelledby="title-{number}">\n'
        f'<h3 id="title-{number}">{shown(benchmark.name)} {badge(benchmark.verdict)}</h3>'
        f"<p>{shown(sentence(benchmark.reason))}</p>"
    )
    for group in GROUPS:
        of_group = [item for item in items if item.group == group]
        counts = list(_counts(benchmark, group, of_group, found))
        if of_group or counts:
            title, style = _title(benchmark, group)
            yield f'<section class="group {style}">\n<h4>{title}</h4>'
            yield from counts
            yield from _room(number, group, of_group)
            yield "</section>"
    yield "</section>"


def _title(benchmark: BenchmarkReport, group: Group) -> tuple[str, str]:
    """Return the heading of a group and its style: no alarm where there is none."""
    splits = benchmark.splits.values()
    of_group = [split for split in splits if _GROUP_OF_ROLE[split.role] == group]
    if of_group and not total_of(of_group)[0]:
        return f"{GROUP_TITLES[group].partition(':')[0]}: none found", "none-found"
    if group == "leakage" and benchmark.verdict != "leaked":
        if benchmark.p_value < DOUBTFUL:
            return "Test items found: perhaps by chance, look at them", "doubtful"
        return "Test items found: no more than chance gives", "by-chance"
    return GROUP_TITLES[group], group


def _counts(
    benchmark: BenchmarkReport, group: Group, items: list[FoundItem], found: Found
) -> Iterator[str]:
    """Say what a group comes to; nothing where the benchmark has no such splits."""
    splits = {
        name: split
        for name, split in benchmark.splits.items()
        if _GROUP_OF_ROLE[split.role] == group
    }
    if not splits:
        return
    matched, total = total_of(splits.values())
    yield table("Items by split", _HEADS, [_split_row(*each) for each in splits.items()])
    if matched:
        scores = [found.evidence[item.evidence[0]].score for item in items]
        bar = share_bar(f"{GROUP_TITLES[group]}: items", kinds(splits.values(), group), total)
        yield f'<div class="charts"><div>{bar}</div>'
        yield histogram("Scores of the items found", group, scores)
        yield "</div>"
        if group == "overlap":
            yield f'<p class="meaning">{IN_DISTRIBUTION[benchmark.in_distribution]}</p>'


def _split_row(name: str, split: SplitReport) -> list[str]:
    role = "" if split.role == name else f" <small>({split.role})</small>"
    counts = (
        split.verbatim,
        split.near,
        split.rewritten,
        split.with_answer,
        split.low_entropy,
        split.untestable,
    )
    return [
        f"{shown(name)}{role}",
        numeric(f"{split.items:,}"),
        numeric(f"{split.matched:,}"),
        numeric(percent(split.matched, split.items)),
        numeric(by_chance([split])),
        *(numeric(f"{count:,}") for count in counts),
    ]


def _room(number: int, group: Group, items: list[FoundItem]) -> Iterator[str]:
    """Leave room for the items, which the script fills in."""
    if not items:
        return
    yield f'<p class="note">{several(len(items), "item")} with evidence. {GROUP_WORDS[group]}</p>'
    yield f'<div class="items" data-benchmark="{number}" data-group="{group}"></div>'
