"""What a report says of a part: of one shard, or of a sample and what it tells of the whole."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from leakcheck.report.numbers import byte_size, several

if TYPE_CHECKING:
    from leakcheck.verdict.records import EstimateReport, Report

__all__ = ["estimates_of", "estimates_sentence", "interval", "part_sentences"]


def part_sentences(report: Report) -> list[str]:
    """Say that not all was looked at, where that is so."""
    told = []
    if (shard := report.settings.shard) is not None:
        told.append(
            f"This is shard {shard.number:,} of {shard.shards:,} alone; `leakcheck merge` joins "
            "them."
        )
    if (sample := report.corpus.sample) is not None:
        told.append(
            f"This is a sample: of {several(sample.files, 'file')} ({byte_size(sample.bytes)}) "
            f"each unit was drawn with a probability of {100 * sample.share:g} % (seed "
            f"{sample.seed}), and {several(sample.units, 'unit')} were; the numbers of distinct "
            "items are lower bounds."
        )
    return told


def estimates_of(report: Report, bench: str) -> list[EstimateReport]:
    """Return what a sample tells of a benchmark in the whole corpus; nothing without a sample."""
    sample = report.corpus.sample
    return [] if sample is None else [each for each in sample.estimates if each.bench == bench]


def estimates_sentence(report: Report, bench: str) -> str:
    """Say how many passages the whole corpus holds; empty without a sample."""
    told = [
        f"{interval(each)} with {each.role} items ({each.found:,} found)"
        for each in estimates_of(report, bench)
    ]
    return f"Passages in the whole corpus, estimated: {'; '.join(told)}." if told else ""


def interval(estimate: EstimateReport) -> str:
    """Write an estimate with the limits of its interval.

    >>> from leakcheck.verdict.records import EstimateReport
    >>> interval(EstimateReport("gsm8k", "test", 4, 3, 400.0, 72.1, 1360.0))
    '400 (95 %: 72 to 1,360)'
    """
    return (
        f"{estimate.estimated:,.0f} (95 %: {math.floor(estimate.low):,} to "
        f"{math.ceil(estimate.high):,})"
    )
