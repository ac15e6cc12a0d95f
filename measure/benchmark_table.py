"""The table of docs/benchmarks.md, from the cards and the summaries of the packs.

    python measure/benchmark_table.py [PACKS] > docs/benchmarks.md

PACKS is a folder of packs, in place of those that scans read.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

from pages import table

from leakcheck.benchmark.calibration import Summary, read_summary
from leakcheck.benchmark.card import Card, Split, card_names, load_card
from leakcheck.benchmark.folders import pack_folder
from leakcheck.errors import PackError

HEAD = """# Benchmarks

This page is made by `python measure/benchmark_table.py`, from `benchmarks/*.toml` and the packs.

A split is named as its publisher names it; the role it plays stands behind it where it has another
name. *Testable* is the share of the test items that would be found if all their fields were copied;
*null* what 99.9 % of the items do not exceed on other items, in bits. A benchmark without a pack is
downloaded with `leakcheck bench fetch NAME`.
"""


def main(packs: Path | None) -> None:
    """Print the page."""
    cards = [load_card(name) for name in card_names()]
    groups = defaultdict(list)
    rows = []
    for card in cards:
        rows.append(_row(card, _summary(card, packs)))
        for group in card.groups:
            groups[group].append(card.name)
    heading = ["name", "language", "splits", "in distribution", "testable", "null", "licence"]
    print(HEAD)
    print(table(heading, rows))
    print("\n## Groups\n")
    print(table(["group", "benchmarks"], [[k, ", ".join(v)] for k, v in sorted(groups.items())]))
    print("\n## What to know\n")
    print("\n".join(f"- **{card.name}**: {card.note}" for card in cards if card.note))


def _summary(card: Card, packs: Path | None) -> Summary | None:
    try:
        folder = packs or pack_folder(card)
    except PackError:
        return None
    return read_summary(folder / f"{card.name}.calibration.parquet")


def _row(card: Card, summary: Summary | None) -> list[str]:
    testable, null = "", ""
    if summary is not None:
        test = [split.name for split in card.splits if split.role == "test"]
        items = sum(summary.items.get(name, 0) for name in test)
        share = sum(summary.testable.get(name, 0) for name in test) / max(1, items)
        testable, null = f"{100 * share:.1f} %", f"{summary.null_bits:.0f}"
    splits = "; ".join(_split(split, summary) for split in card.splits)
    return [
        card.name,
        card.language,
        splits,
        card.in_distribution,
        testable,
        null,
        card.licence,
    ]


def _split(split: Split, summary: Summary | None) -> str:
    items = split.items if summary is None else summary.items.get(split.name, split.items)
    role = "" if split.role == split.name else f" ({split.role})"
    return f"{split.name}{role} {'?' if items is None else f'{items:,}'}"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
