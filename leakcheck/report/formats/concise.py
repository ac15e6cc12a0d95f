"""The leaks as compilers report errors: a line each, then a line each benchmark, then a total.

For hooks: nothing is said of clean benchmarks, and overlap, which is no leak, is only counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from leakcheck.report.numbers import out_of, several
from leakcheck.report.record_lines import line_of, lines_of
from leakcheck.report.sarif_rules import RULES, rule_of
from leakcheck.report.sheet import Sheet
from leakcheck.report.statements import accepted_sentence, counts_of_test, scanned_sentence
from leakcheck.report.words import VERDICT_WORDS, printable, sentence

if TYPE_CHECKING:
    from leakcheck.detection.finding import Finding
    from leakcheck.verdict.records import BenchmarkReport, Report

__all__ = ["MOST_LINES", "render"]

MOST_LINES = 40
"""How many leaks, and how many places that could not be read, are shown."""


def render(report: Report, sheet: Sheet) -> str:
    """Render the leaks of a report, place by place: `path:line: CODE kind item fingerprint`.

    In place of the line `row N` stands where the format has none, with the record from 0.
    """
    lines = [
        *_leaks(report),
        *_unread(report),
        *map(_verdict, (each for each in report.benchmarks if _has_to_be_told(each))),
        *(f"Fits no finding any more: {each}" for each in report.stale),
        f"{scanned_sentence(report)} {_total(report.benchmarks)}",
        *_hint(report.benchmarks),
    ]
    return "".join(f"{printable(line)}\n" for line in lines)


def _leaks(report: Report) -> Iterator[str]:
    leaks = [
        finding
        for finding in report.iter_findings()
        if finding.standing == "leak" and not finding.accepted
    ]
    shown = leaks[:MOST_LINES]
    lines = lines_of(shown, report.files)
    for finding in shown:
        line = line_of(finding, lines)
        place = f"{finding.path}: row {finding.row}" if line is None else f"{finding.path}:{line}"
        yield f"{place}: {_named(finding)}"
    if len(leaks) > MOST_LINES:
        yield f"and {several(len(leaks) - MOST_LINES, 'more place')}: --output-format jsonl"


def _named(finding: Finding) -> str:
    twins = f" = {', '.join(finding.also)}" if finding.also else ""
    return (
        f"{RULES[rule_of(finding)].id} {finding.kind} {finding.bench} {finding.item}{twins} "
        f"[{finding.fingerprint}]"
    )


def _unread(report: Report) -> Iterator[str]:
    from leakcheck.corpus import NOT_A_FORMAT

    skipped = [each for each in report.corpus.skipped if each.reason != NOT_A_FORMAT]
    for each in skipped[:MOST_LINES]:
        row = "" if each.row is None else f" row {each.row}:"
        yield f"{each.path}:{row} not read: {each.reason}"
    if len(skipped) > MOST_LINES:
        yield f"and {several(len(skipped) - MOST_LINES, 'more place')} not read"


def _has_to_be_told(benchmark: BenchmarkReport) -> bool:
    return benchmark.verdict != "clean" or benchmark.accepted + benchmark.by_chance > 0


def _verdict(benchmark: BenchmarkReport) -> str:
    matched, items = counts_of_test(benchmark)
    overlap = sum(each.matched for each in benchmark.splits.values() if each.role != "test")
    others = f", {several(overlap, 'item')} of other splits" if overlap else ""
    doubt = sentence(benchmark.reason) if benchmark.verdict == "inconclusive" else ""
    told = f"{VERDICT_WORDS[benchmark.verdict]}, {out_of(matched, items, 'test items')}{others}."
    more = " ".join(filter(None, (doubt, accepted_sentence(benchmark))))
    return f"{benchmark.name}: {told} {more}".rstrip()


def _hint(benchmarks: tuple[BenchmarkReport, ...]) -> list[str]:
    if not any(each.verdict == "leaked" for each in benchmarks):
        return []
    return ["To see a leak beside its item: leakcheck explain, with the code in brackets."]


def _total(benchmarks: tuple[BenchmarkReport, ...]) -> str:
    counts = Counter(each.verdict for each in benchmarks)
    told = ", ".join(
        f"{count:,} {word.lower()}"
        for verdict, word in VERDICT_WORDS.items()
        if (count := counts[verdict])
    )
    return f"{several(len(benchmarks), 'benchmark')}: {told}."
