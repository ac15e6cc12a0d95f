"""Scans whose rows are known: which item stands in each row, and what was found there."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from leakcheck import Finding, Scanner
from leakcheck.benchmark.card import load_card
from leakcheck.benchmark.items import Item, read_items

__all__ = [
    "FIVE",
    "by_row",
    "every_benchmark",
    "items_by_question",
    "items_of",
    "names",
    "read_rows",
    "scanner",
]

FIVE = ("gsm8k", "math", "mmlu", "humaneval", "mbpp")
"""Five of the benchmarks: those that speed is measured with."""


@lru_cache(maxsize=3)
def scanner(*benchmarks: str) -> Scanner:
    """Return the scanner of some benchmarks; the last few are kept."""
    return Scanner(benchmarks)


def every_benchmark() -> list[str]:
    """Return the names of all benchmarks that have a pack."""
    return [benchmark.card.name for benchmark in scanner("all").benchmarks]


def items_of(benchmark: str, data: Path) -> list[Item]:
    """Read the items of a benchmark, of all splits, from the publisher's files."""
    folders = [data / "benchmarks" / benchmark, data / "fewshot_prompts"]
    return read_items(load_card(benchmark), folders)


def items_by_question(benchmark: str, data: Path) -> dict[str, str]:
    """Return the names of a benchmark's items by their questions, white space made even."""
    return {even_spaces(item.fields["question"]): item.item for item in items_of(benchmark, data)}


def even_spaces(text: str) -> str:
    """Replace every run of white space by one space.

    >>> even_spaces(" two  words ")
    'two words'
    """
    return " ".join(text.split())


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read JSON lines, as they are or in gzip."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    # Not splitlines(): U+2028 stands inside texts.
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def by_row(findings: Iterable[Finding]) -> Mapping[int, list[Finding]]:
    """Group the findings of one file by row, the one of most bits first."""
    rows: dict[int, list[Finding]] = defaultdict(list)
    for finding in sorted(findings, key=lambda finding: -finding.bits):
        rows[finding.row].append(finding)
    return rows


def names(finding: Finding) -> tuple[str, ...]:
    """Return the items a finding names: its own and those of the same text."""
    return (finding.item, *finding.also)
