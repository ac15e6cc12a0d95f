"""A block for dataset and model cards, below `## Bias, Risks, and Limitations`.

It says what a reader of the card must know to judge a benchmark score: the verdicts with their
counts, what was looked at, with what, and what the scan could not see.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from leakcheck.report.markdown_text import code, plain, table
from leakcheck.report.numbers import out_of, percent
from leakcheck.report.sheet import Sheet
from leakcheck.report.statements import (
    LIMITS,
    accepted_beside,
    accepted_sentence,
    counts_of_test,
    coverage_sentences,
    leakage_sentence,
    notes_of,
    overlap_sentence,
    pack_sentence,
    scanned_sentence,
)
from leakcheck.report.words import VERDICT_WORDS

if TYPE_CHECKING:
    from leakcheck.verdict.records import BenchmarkReport, Report

__all__ = ["render"]

_MEANING = (
    "*Leaked*: test items are in the data, so the score of a model trained on it is not credible. "
    "*In distribution*: no test leakage, but items of the benchmark's other splits are in the "
    "data; the score is credible and must be declared as in-distribution. *Clean*: neither. "
    "*Inconclusive*: it cannot be said."
)


def render(report: Report, sheet: Sheet) -> str:
    """Render the block; its heading fits below one of the second level."""
    parts = (
        f"### Benchmark contamination\n\n{scanned_sentence(report)}\n",
        _verdicts(report),
        f"{_MEANING}\n",
        _statements(report),
        _listed("Coverage", [plain(each) for each in coverage_sentences(report)]),
        _listed("Benchmarks as scanned", [code(pack_sentence(p)) for p in report.settings.packs]),
        _listed("What the scan cannot say", list(LIMITS)),
        _notes(report),
    )
    return "\n".join(part for part in parts if part)


def _verdicts(report: Report) -> str:
    header = ["Benchmark", "Verdict", "Test items found", "Items of other splits found"]
    return table(header, [_cells(each) for each in report.benchmarks])


def _cells(benchmark: BenchmarkReport) -> list[str]:
    matched, items = counts_of_test(benchmark)
    accepted = accepted_beside(benchmark)
    others = [split for split in benchmark.splits.values() if split.role != "test"]
    found, of = sum(split.matched for split in others), sum(split.items for split in others)
    return [
        code(benchmark.name),
        VERDICT_WORDS[benchmark.verdict].lower(),
        f"{out_of(matched, items)} ({percent(matched, items)}){accepted}"
        if items
        else "none to find",
        f"{out_of(found, of)} ({percent(found, of)})" if of else "none to find",
    ]


def _statements(report: Report) -> str:
    """Say in sentences what the table cannot, of the benchmarks with anything to say."""
    lines = []
    for benchmark in report.benchmarks:
        leak = leakage_sentence(benchmark) if counts_of_test(benchmark)[0] else ""
        told = [leak, overlap_sentence(benchmark), accepted_sentence(benchmark)]
        if any(told):
            lines.append(f"{code(benchmark.name)}: {plain(' '.join(filter(None, told)))}")
    return "".join(f"- {line}\n" for line in lines)


def _listed(heading: str, lines: list[str]) -> str:
    return f"**{heading}**\n\n" + "".join(f"- {line}\n" for line in lines) if lines else ""


def _notes(report: Report) -> str:
    """Give the notes of evaluation results as YAML, which takes a JSON string as it is."""
    lines = [
        f"# {json.dumps(each.name)}\nnotes: {json.dumps(notes_of(each, report))}\n"
        for each in report.benchmarks
    ]
    return (
        "<details><summary>For <code>.eval_results/*.yaml</code> of a model trained on this data"
        f"</summary>\n\n```yaml\n{''.join(lines)}```\n\n</details>\n"
    )
