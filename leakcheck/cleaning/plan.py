"""What is to go from each file, in the coordinates of the file as it was scanned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from leakcheck.detection.finding import Finding

__all__ = ["Cuts", "FilePlan", "Span", "merged", "original_offset", "original_row", "plans_of"]

Span = tuple[int, int]
"""Characters of a text: the first, and the one behind the last."""
Cuts = Mapping[str, list[Span]]
"""By the place of a text in its record, what goes from it: ascending, apart from one another."""


@dataclass(slots=True)
class FilePlan:
    """What goes from one file."""

    dropped: set[int] = field(default_factory=set)
    """Records that go whole."""
    cuts: dict[int, dict[str, list[Span]]] = field(default_factory=dict)
    """Passages that go, by record; none of a record that goes whole."""
    why: dict[int, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    """By record, the findings that are the reason, in the order they were found in."""

    @property
    def rows(self) -> set[int]:
        """The records that do not stay as they were."""
        return self.dropped | set(self.cuts)

    def drop(self, row: int) -> None:
        """Take a whole record out."""
        self.dropped.add(row)
        self.cuts.pop(row, None)

    def cut(self, row: int, source: str, span: Span) -> None:
        """Take a passage out of a record, unless all of it goes."""
        if row not in self.dropped:
            of_row = self.cuts.setdefault(row, {})
            of_row[source] = merged([*of_row.get(source, ()), span])


def plans_of(findings: Iterable[Finding], *, whole: bool) -> dict[str, FilePlan]:
    """Plan what goes, by the names of the files; `whole` takes records and not passages."""
    plans: dict[str, FilePlan] = defaultdict(FilePlan)
    for finding in findings:
        plan = plans[finding.path]
        plan.why[finding.row].append(finding)
        if whole:
            plan.drop(finding.row)
        else:
            plan.cut(finding.row, finding.source, (finding.start, finding.end))
    return dict(plans)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Join the spans that touch or overlap.

    >>> merged([(5, 9), (0, 2), (1, 3), (9, 10)])
    [(0, 3), (5, 10)]
    """
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def original_row(row: int, dropped: Iterable[int]) -> int:
    """Tell which record it was that is now at a row, the dropped ones being gone.

    >>> [original_row(row, {1, 2}) for row in range(3)]
    [0, 3, 4]
    """
    for gone in sorted(dropped):
        if gone > row:
            break
        row += 1
    return row


def original_offset(offset: int, cut: Iterable[Span], *, is_end: bool) -> int:
    """Tell where a character was before spans were cut out in front of it.

    An offset at a cut is behind it if it starts something, and in front if it ends it.

    >>> original_offset(4, [(4, 10)], is_end=False), original_offset(4, [(4, 10)], is_end=True)
    (10, 4)
    """
    for start, end in cut:
        if start > offset or (is_end and start == offset):
            break
        offset += end - start
    return offset
