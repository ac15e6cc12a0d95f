"""The counts as rows for the data contamination database of the CONDA workshop (2024).

Its `contamination_report.csv` is separated by semicolons and has these columns; the splits are
percentages from 0 to 100, empty where nothing is known. Reference and PR are the contributor's.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING

from leakcheck.detection.standing import CHANCE, COUNTED
from leakcheck.report.sheet import Sheet

if TYPE_CHECKING:
    from leakcheck.benchmark.card import Role
    from leakcheck.verdict.records import BenchmarkReport, Report

__all__ = ["COLUMNS", "percentage", "render"]

Accepted = Mapping[tuple[str, str], int]
"""How many items were found but not counted, by benchmark and split."""

COLUMNS = (
    "Evaluation Dataset",
    "Subset",
    "Contaminated Source",
    "Version",
    "Model or corpus",
    "Train Split",
    "Development Split",
    "Test Split",
    "Approach",
    "Reference",
    "PR",
)


def render(report: Report, sheet: Sheet) -> str:
    """Render a row for each benchmark, the clean ones too: the database takes both.

    What a baseline or an allow-list accepts is counted here all the same: it is there.
    """
    page = io.StringIO()
    writer = csv.writer(page, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    source = ", ".join(filter(None, map(_corpus_of, report.settings.paths)))
    accepted = _accepted(report)
    for benchmark in report.benchmarks:
        splits = (percentage(benchmark, role, accepted) for role in ("train", "dev", "test"))
        dataset = _dataset_of(benchmark.name)
        writer.writerow([dataset, "", source, "", "corpus", *splits, "data-based", "", ""])
    return page.getvalue()


def percentage(benchmark: BenchmarkReport, role: Role, accepted: Accepted) -> str:
    """Return how much of the splits of a role was found, from 0 to 100.

    What the verdict puts down to chance is 0; where it leaves the test open, and where the
    benchmark has no such split, the percentage is not known and empty.

    Args:
        benchmark: whose splits are meant.
        role: of the splits.
        accepted: how many items of each benchmark and split were found but not counted.
    """
    splits = {name: split for name, split in benchmark.splits.items() if split.role == role}
    items = sum(split.items for split in splits.values())
    verdict = benchmark.verdict_with_accepted or benchmark.verdict
    if not items or (role == "test" and verdict == "inconclusive"):
        return ""
    if verdict == "clean" or (role == "test" and verdict == "in_distribution"):
        return "0.00"
    found = sum(
        split.matched + accepted.get((benchmark.name, name), 0) for name, split in splits.items()
    )
    share = 100 * found / items
    return f"{share:.2f}" if share >= 0.01 or not found else f"{share:.2g}"


def _accepted(report: Report) -> Accepted:
    """Count the items that would be matched, were they not accepted wherever they stand."""
    counted: set[tuple[str, str]] = set()
    aside: set[tuple[str, str]] = set()
    for finding in report.iter_findings():
        if finding.standing in COUNTED and finding.accepted != CHANCE:
            items = {(finding.bench, item) for item in (finding.item, *finding.also)}
            (aside if finding.accepted else counted).update(items)
    return Counter((bench, item.partition("/")[0]) for bench, item in aside - counted)


def _corpus_of(path: str) -> str:
    """Return the name of a corpus: the last part of its path, if that says anything."""
    name = PurePath(path).name
    return "" if name in ("..", "-") else name


def _dataset_of(name: str) -> str:
    """Return the dataset of a benchmark on the model hub if its card tells one, else its name."""
    from leakcheck.benchmark.card import card_names, load_card

    if name not in card_names():
        return name
    hubs = {split.hub.repository for split in load_card(name).splits if split.hub is not None}
    return hubs.pop() if len(hubs) == 1 else name
