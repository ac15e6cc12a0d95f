"""What the measuring programs print: demands, tables, and how a page was made."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import NamedTuple

from leakcheck.detection.catalogue import load_benchmark
from leakcheck.version import __version__

__all__ = [
    "Demand",
    "demand_table",
    "made_by",
    "percent",
    "share",
    "spread",
    "table",
    "write_page",
]


class Demand(NamedTuple):
    """Something leakcheck must do, and what it did."""

    subject: str
    demanded: str
    measured: str
    passed: bool


def table(head: Sequence[str], rows: Iterable[Sequence[object]], align: str = "") -> str:
    """Lay out a Markdown table; `align` has a letter for each column, `r` for the right.

    >>> print(table(["corpus", "rows"], [["a", 7]], "lr"))
    | corpus | rows |
    |---|---:|
    | a | 7 |
    """
    rules = ["---:" if side == "r" else "---" for side in align.ljust(len(head), "l")]
    lines = [list(head), *([str(cell) for cell in row] for row in rows)]
    lines_of_text = ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join([lines_of_text[0], f"|{'|'.join(rules)}|", *lines_of_text[1:]])


def percent(share: float) -> str:
    """Write a demanded share.

    >>> percent(0.005)
    '0.5 %'
    """
    return f"{100 * share:.4g} %"


def share(part: int, whole: int) -> str:
    """Write a measured share with what it is a share of.

    >>> share(3, 4)
    '75.00 % (3 of 4)'
    """
    return f"{100 * part / max(1, whole):.2f} % ({part} of {whole})"


def spread(numbers: Sequence[float], digits: int = 1) -> str:
    """Write a median with the least and the greatest.

    >>> spread([3.0, 1.0, 2.0])
    '2.0 (1.0-3.0)'
    """
    middle, least, greatest = median(numbers), min(numbers), max(numbers)
    return f"{middle:,.{digits}f} ({least:,.{digits}f}-{greatest:,.{digits}f})"


def demand_table(demands: Iterable[Demand]) -> str:
    """Lay out demands, those that fell short in bold."""
    return table(
        ["measured on", "demanded", "measured", "result"],
        [
            [each.subject, each.demanded, each.measured, "pass" if each.passed else "**short**"]
            for each in demands
        ],
    )


def made_by(command: str, benchmarks: Sequence[str]) -> str:
    """Say which command made a page, when, with which leakcheck and which packs."""
    packs = ", ".join(
        f"{name} `{load_benchmark(name).pack.header.checksum[:8]}`" for name in benchmarks
    )
    return (
        f"Made by `{command}` with leakcheck {__version__} and the packs that come with it "
        f"(name and start of the checksum): {packs}.\n\n"
        f"Date: {datetime.now(UTC):%Y-%m-%d}"
    )


def write_page(text: str, output: Path | None) -> None:
    """Print a page, and write it to a file if one is asked for."""
    sys.stdout.write(text)
    if output is not None:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8")
