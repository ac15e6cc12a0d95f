"""One finding in words: which item was found, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leakcheck.report.words import KIND_WORDS

if TYPE_CHECKING:
    from leakcheck.detection.finding import Finding

__all__ = ["described", "twins_of"]

MOST_TWINS = 3
"""How many items of the same text are named."""


def twins_of(finding: Finding) -> list[str]:
    """Name the items of the same text, the first few of them and how many more there are."""
    more = len(finding.also) - MOST_TWINS
    named = list(finding.also[:MOST_TWINS])
    return [*named, f"{more:,} more"] if more > 0 else named


def described(finding: Finding) -> str:
    """Say which item was found and how, without any of its text."""
    twins = f" (the same text: {', '.join(twins_of(finding))})" if finding.also else ""
    fields = f", {' and '.join(finding.fields)}" if finding.fields else ""
    return (
        f"{finding.bench} {finding.item}{twins}, {KIND_WORDS[finding.kind]}{fields}: "
        f"score {finding.score:.2f}, p-value {finding.p_value:.2g}"
    )
