"""Outcomes: what the findings in a document say of the item that was planted there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from leakcheck.detection.finding import Finding
from leakcheck.selftest.drawing import Side

__all__ = ["Outcome", "outcome_of"]


class Outcome(NamedTuple):
    """What was made of a planted item; only findings that count for the verdict do here."""

    own_item: bool
    """It was found, as itself or as an item of the same text."""
    own_side: bool
    """It, or another item of its side, was found."""
    other_side: bool
    """An item of the other side was found, alone or beside it."""
    unplanted: bool
    """An item that was not planted was found, in its place or beside it."""
    variant: bool
    """It was named as the model of another problem, which is not counted."""

    @property
    def missed(self) -> bool:
        """Whether nothing was found."""
        return not (self.own_side or self.other_side)


def outcome_of(findings: Sequence[Finding], item: str, side: Side) -> Outcome:
    """Sort the findings in the document that an item was planted in."""
    sides = [(finding, _side(finding)) for finding in findings]
    counted = [(finding, found) for finding, found in sides if found is not None]
    return Outcome(
        own_item=any(found == side and _names(finding, item) for finding, found in counted),
        own_side=any(found == side for _, found in counted),
        other_side=any(found != side for _, found in counted),
        unplanted=any(not _names(finding, item) for finding, _ in counted),
        variant=any(
            finding.standing == "variant" and _names(finding, item) for finding in findings
        ),
    )


def _side(finding: Finding) -> Side | None:
    """Return the side that a finding counts for, if it counts."""
    match finding.standing:
        case "leak":
            return "test"
        case "overlap":
            return "other"
        case _:
            return None


def _names(finding: Finding, item: str) -> bool:
    return item == finding.item or item in finding.also
