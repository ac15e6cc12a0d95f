"""What changed from one run to another, as records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from leakcheck.benchmark.card import Role
from leakcheck.detection.finding import Kind
from leakcheck.run.drift import Drift
from leakcheck.verdict.records import Verdict

__all__ = ["BenchmarkChange", "Comparison", "FindingChange", "ItemChange"]


class ItemChange(NamedTuple):
    """A test item that is counted in one run as it is not in the other."""

    bench: str
    item: str
    before: str
    """The kind it was counted under, or why it was not: `not found`, `variant`, `shared`,
    `accepted`, `chance`, `not looked for`."""
    after: str


class FindingChange(NamedTuple):
    """A text that stands in more or in fewer places than before."""

    fingerprint: str
    bench: str
    item: str
    role: Role
    kind: Kind
    before: int
    """In how many places."""
    after: int


class BenchmarkChange(msgspec.Struct, frozen=True):
    """What became of one benchmark."""

    name: str
    verdict_before: Verdict | None
    """None where the run did not look for it."""
    verdict_after: Verdict | None
    leaked_before: int | None
    """Test items, of ..."""
    leaked_after: int | None
    test_items: int
    """... so many."""
    overlap_before: int | None
    """Items of other splits."""
    overlap_after: int | None
    other_items: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one run to another."""

    settings: list[Drift]
    """What the findings depend on, beside the corpus; these may explain all the rest."""
    coverage: list[Drift]
    """What was read."""
    benchmarks: list[BenchmarkChange]
    newly_leaked: list[ItemChange]
    no_longer_leaked: list[ItemChange]
    other_kind: list[ItemChange]
    """Leaked in both, under another kind."""
    findings: list[FindingChange]

    @property
    def new_leaks(self) -> list[ItemChange]:
        """The newly leaked items of benchmarks that are leaked: more than chance gives."""
        leaked = {each.name for each in self.benchmarks if each.verdict_after == "leaked"}
        return [each for each in self.newly_leaked if each.bench in leaked]

    @property
    def is_same(self) -> bool:
        """Whether nothing changed that a person would ask for."""
        return not (self.settings or self.coverage or self.findings or self.newly_leaked) and not (
            self.no_longer_leaked or self.other_kind or any(map(_moved, self.benchmarks))
        )


def _moved(change: BenchmarkChange) -> bool:
    return (
        change.verdict_before != change.verdict_after
        or change.leaked_before != change.leaked_after
        or change.overlap_before != change.overlap_after
    )
