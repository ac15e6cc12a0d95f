"""Attribution: whose item a passage is, when it matches several.

Matches of one benchmark that lie over each other compete for the passage. The best score wins, over
all splits; what it overlaps is dropped, for a token serves one finding. Where the tokens leave a
tie, symbols decide; where symbols do too, a tie between roles is `shared`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from leakcheck.detection.catalogue import Catalogue
from leakcheck.detection.matches import RawMatches
from leakcheck.text.symbols import symbol_hash

__all__ = ["Owner", "Passage", "attribute"]

TIE_BITS = 0.5
"""Scores closer than this are a tie."""
SMALL_OVERLAP = 0.2
"""Two matches may share this part of the shorter one and still both stand."""


class Passage(NamedTuple):
    """Where a match lies in the text of its batch, in bytes."""

    start: int
    end: int


class Owner(NamedTuple):
    """The item a passage belongs to."""

    row: int
    """Of the raw matches."""
    twins: list[int]
    """Other items of the same text: rows of the raw matches."""
    shared: bool
    """Whether a twin is in a split of another role."""


def attribute(
    matches: RawMatches, rows: Sequence[int], data: memoryview, catalogue: Catalogue
) -> list[Owner]:
    """Attribute the passages of one document.

    Args:
        matches: of a batch.
        rows: those of one document and one benchmark.
        data: the batch's text as UTF-8.
        catalogue: the items.
    """
    ordered = sorted(rows, key=lambda row: (-matches.scores[row], matches.items[row]))
    leaders: list[list[int]] = []
    for row in ordered:
        rivals = [group for group in leaders if _overlap(matches, group[0], row) > SMALL_OVERLAP]
        if not rivals:
            leaders.append([row])
        else:
            rivals[0].append(row)
    return [_owner(matches, group, data, catalogue) for group in leaders]


def _overlap(matches: RawMatches, first: int, second: int) -> float:
    """Return the part of the shorter match that the other one covers."""
    shared = min(matches.ends[first], matches.ends[second]) - max(
        matches.starts[first], matches.starts[second]
    )
    shorter = min(
        matches.ends[first] - matches.starts[first], matches.ends[second] - matches.starts[second]
    )
    return float(shared) / max(1, shorter)


def _owner(
    matches: RawMatches, group: Sequence[int], data: memoryview, catalogue: Catalogue
) -> Owner:
    best = group[0]
    codes = catalogue.question_codes(matches.items[best])
    tied = [
        row
        for row in group
        if matches.scores[best] - matches.scores[row] <= TIE_BITS
        and np.array_equal(catalogue.question_codes(matches.items[row]), codes)
    ]
    if len(tied) > 1:
        tied = _same_symbols(matches, tied, data, catalogue)
    by_role = sorted(tied, key=lambda row: catalogue.role(matches.items[row]) != "test")
    roles = {catalogue.role(matches.items[row]) for row in tied}
    return Owner(by_role[0], by_role[1:], shared="test" in roles and len(roles) > 1)


def _same_symbols(
    matches: RawMatches, tied: list[int], data: memoryview, catalogue: Catalogue
) -> list[int]:
    """Keep the items whose symbols are the passage's too, if there are any."""
    best = tied[0]
    passage = bytes(data[matches.starts[best] : matches.ends[best]]).decode("utf-8", "replace")
    symbols = symbol_hash(passage)
    same = [row for row in tied if catalogue.symbols(matches.items[row]) == symbols]
    return same or tied
