"""The report as Markdown, for a pull request, an issue or a job summary.

However much was found, it has room in a comment on GitHub (65,536 characters). Texts of the corpus
are shown as code, where GitHub neither mentions names nor obeys tags.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from leakcheck.report.evidence import twins_of
from leakcheck.report.markdown_text import code, plain, shortened, table
from leakcheck.report.numbers import by_chance, byte_size, out_of, percent, several
from leakcheck.report.places import place_of
from leakcheck.report.sheet import Sheet
from leakcheck.report.statements import (
    accepted_beside,
    accepted_sentence,
    counts_of_test,
    coverage_sentences,
    pack_sentence,
    scanned_sentence,
)
from leakcheck.report.words import IN_DISTRIBUTION, VERDICT_WORDS, sentence

if TYPE_CHECKING:
    from leakcheck.detection.finding import Finding
    from leakcheck.verdict.records import BenchmarkReport, Report

__all__ = ["render"]

MOST_ITEMS = 20
"""How many items of a benchmark are shown, ..."""
MOST_ITEMS_IN_ALL = 60
"""... how many of all benchmarks together, ..."""
FEWEST_ITEMS = 2
"""... and how many of each all the same."""
MOST_PLACES = 5
"""How many of the things that could not be read, or of the files with a canary, are named."""
EXCERPT_CHARACTERS = 100


def render(report: Report, sheet: Sheet) -> str:
    """Render the verdicts, the leaked items, and apart from them the overlap and the coverage."""
    parts = (
        _lead(report),
        _verdicts(report),
        *_leaks(report),
        _overlap(report),
        _coverage(report),
        _settings(report),
    )
    return "\n".join(part for part in parts if part)


def _lead(report: Report) -> str:
    corpus = report.corpus
    where = (
        f"{several(corpus.documents, 'document')} "
        f"({several(corpus.files, 'file')}, {byte_size(corpus.bytes)})"
    )
    accepted = sum(each.accepted for each in report.benchmarks)
    aside = f" {several(accepted, 'finding')} accepted and not counted." if accepted else ""
    return f"{_found(report.benchmarks)} in {where}.{aside}\n"


def _found(benchmarks: Sequence[BenchmarkReport]) -> str:
    noun = "benchmark" if len(benchmarks) == 1 else "benchmarks"
    leaked = [each for each in benchmarks if each.verdict == "leaked"]
    open_ones = sum(each.verdict == "inconclusive" for each in benchmarks)
    doubt = f", {out_of(open_ones, len(benchmarks))} inconclusive," if open_ones else ""
    if not leaked:
        return f"Found no test leakage of {several(len(benchmarks), 'benchmark')}{doubt}"
    items = sum(counts_of_test(each)[0] for each in leaked)
    of_them = out_of(len(leaked), len(benchmarks))
    return f"Found {several(items, 'leaked test item')} of {of_them} {noun}{doubt}"


def _verdicts(report: Report) -> str:
    header = ["Benchmark", "Verdict", "Test items found", "By chance", "Items of other splits"]
    return table(header, [_verdict_cells(each) for each in report.benchmarks])


def _verdict_cells(benchmark: BenchmarkReport) -> list[str]:
    splits = benchmark.splits.values()
    matched, items = counts_of_test(benchmark)
    accepted = accepted_beside(benchmark)
    others = [split for split in splits if split.role != "test"]
    test = [split for split in splits if split.role == "test"]
    found = out_of(sum(split.matched for split in others), sum(split.items for split in others))
    return [
        code(benchmark.name),
        f"**{VERDICT_WORDS[benchmark.verdict]}**",
        f"{out_of(matched, items)} ({percent(matched, items)}){accepted}" if items else "",
        by_chance(test) if items else "",
        found if others else "",
    ]


def _leaks(report: Report) -> Iterator[str]:
    by_bench: dict[str, dict[str, list[Finding]]] = {}
    for finding in report.iter_findings():
        if finding.standing == "leak" and not finding.accepted:
            of_bench = by_bench.setdefault(finding.bench, {})
            of_bench.setdefault(finding.item, []).append(finding)
    room = MOST_ITEMS_IN_ALL // max(1, len(by_bench))
    most = min(MOST_ITEMS, max(FEWEST_ITEMS, room))
    for benchmark in report.benchmarks:
        if benchmark.name in by_bench:
            yield _leaked_items(benchmark, by_bench[benchmark.name], most)


def _leaked_items(benchmark: BenchmarkReport, by_item: dict[str, list[Finding]], most: int) -> str:
    """Show the items with the surest findings first."""
    best = [
        min(findings, key=lambda each: (-each.bits, each.path)) for findings in by_item.values()
    ]
    best.sort(key=lambda each: -each.bits)
    rows = [_item_cells(each, len(by_item[each.item])) for each in best[:most]]
    leaked = benchmark.verdict == "leaked"
    what = "leaked test items" if leaked else "test items matched, not certain"
    header = ["Item", "Kind", "Score", "p-value", "Places", "First place", "Passage"]
    more = len(best) - len(rows)
    rest = f"\nand {more:,} more: `--output-format jsonl` has them all.\n" if more else ""
    return (
        f"### {code(benchmark.name)}: {what}\n\n{sentence(benchmark.reason)}\n\n"
        f"{table(header, rows)}{rest}"
    )


def _item_cells(finding: Finding, places: int) -> list[str]:
    twins = f" = {', '.join(map(code, twins_of(finding)))}" if finding.also else ""
    return [
        f"{code(finding.item)}{twins}",
        finding.kind,
        f"{finding.score:.2f}",
        f"{finding.p_value:.2g}",
        f"{places:,}",
        place_of(code(finding.path), finding.row),
        code(shortened(finding.excerpt, EXCERPT_CHARACTERS)),
    ]


def _overlap(report: Report) -> str:
    rows = [
        [
            code(benchmark.name),
            code(name),
            f"{out_of(split.matched, split.items)} ({percent(split.matched, split.items)})",
            f"{split.verbatim:,}",
            f"{split.near:,}",
            f"{split.rewritten:,}",
            IN_DISTRIBUTION[benchmark.in_distribution],
        ]
        for benchmark in report.benchmarks
        for name, split in benchmark.splits.items()
        if split.role != "test" and split.matched
    ]
    if not rows:
        return ""
    header = ["Benchmark", "Split", "Items found", "Verbatim", "Near", "Rewritten", "What it means"]
    return (
        "### Overlap with other splits: no leakage\n\nWhere there is no test leakage either, "
        f"scores are credible and must be declared as in-distribution.\n\n{table(header, rows)}"
    )


def _coverage(report: Report) -> str:
    lines = [scanned_sentence(report), *map(plain, coverage_sentences(report))]
    for skipped in report.corpus.skipped[:MOST_PLACES]:
        place = place_of(code(skipped.path), skipped.row)
        lines.append(f"Not read: {place}: {code(skipped.reason)}")
    if (more := len(report.corpus.skipped) - MOST_PLACES) > 0:
        lines.append(f"and {more:,} more places: `--output-format json`")
    for canary in report.canaries[:MOST_PLACES]:
        place = place_of(code(canary.path), canary.row)
        lines.append(f"The canary string of {code(canary.bench)} is in {place}.")
    if (more := len(report.canaries) - MOST_PLACES) > 0:
        lines.append(f"and {more:,} more files with a canary string: `--output-format json`")
    accepted = ((each.name, accepted_sentence(each)) for each in report.benchmarks)
    lines += [f"{code(name)}: {told}" for name, told in accepted if told]
    if report.stale:
        one = len(report.stale) == 1
        entries = "1 entry" if one else f"{len(report.stale):,} entries"
        fit = "fits" if one else "fit"
        lines.append(f"{entries} of the baseline or allow-list {fit} no finding.")
    return "### Coverage\n\n" + "".join(f"- {line}\n" for line in lines)


def _settings(report: Report) -> str:
    settings = report.settings
    lines = [f"Scanned: {', '.join(map(code, settings.paths))}"]
    lines += [code(pack_sentence(pack)) for pack in settings.packs]
    listed = "".join(f"- {line}\n" for line in lines)
    return f"<details><summary>Settings</summary>\n\n{listed}\n</details>\n"
