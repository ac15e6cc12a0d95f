"""One finding in words: what it counts as, what was found, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from leakcheck.detection.finding import Finding, Kind

__all__ = ["Standing", "described", "place_of", "standing_of", "twins_of"]

MOST_TWINS = 3
"""How many items of the same text are named."""

Standing = Literal["leak", "overlap", "shared", "variant"]
"""What a finding counts as, if nobody accepts it; `shared` and `variant` count as nothing."""

_FOUND: dict[Kind, str] = {
    "verbatim": "verbatim",
    "near": "lightly edited",
    "rewritten": "in other words",
    "variant": "with other numbers",
}


def standing_of(finding: Finding) -> Standing:
    """Tell what a finding counts as: only `leak` is test leakage.

    A variant is another problem, and a test item that is in the train split too is no leak.
    """
    if finding.kind == "variant":
        return "variant"
    if finding.role != "test":
        return "overlap"
    return "shared" if finding.shared else "leak"


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
        f"{finding.bench} {finding.item}{twins}, {_FOUND[finding.kind]}{fields}: "
        f"score {finding.score:.2f}, p-value {finding.p_value:.2g}"
    )


def place_of(finding: Finding) -> str:
    """Say where a finding is: file, record, and place in the record."""
    source = f", {finding.source}" if finding.source else ""
    return f"{finding.path}, row {finding.row}{source}"
