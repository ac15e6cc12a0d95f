"""What a self-test gives."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from leakcheck.impact.intervals import Interval, wilson
from leakcheck.selftest.changes import Group
from leakcheck.selftest.drawing import Side
from leakcheck.selftest.outcomes import Outcome

__all__ = ["BenchmarkResult", "Row", "SelfTest", "SideResult", "row_of"]


class Row(msgspec.Struct, frozen=True):
    """One kind of change made to the items of one side; each number counts documents."""

    change: str
    group: Group
    promised: bool
    """Whether the docs promise that such items are found."""
    planted: int
    own_item: int
    own_split: int
    """Found as its own or another item of its side."""
    other_split: int
    """An item of the other side was found there, alone or beside the right one."""
    missed: int
    """Nothing was found."""
    unplanted: int
    """An item was found that was not planted."""
    variants: int
    """The item was named as the model of another problem."""
    low: float
    """Of the 95 % interval of `own_split` in `planted`, from 0 to 1; 0 where none was planted."""
    high: float


class SideResult(msgspec.Struct, frozen=True):
    """The test items of a benchmark, or the others."""

    side: Side
    items: int
    """All of the benchmark."""
    without_text: int
    untestable: int
    shared: int
    drawn: int
    """Those that were planted, where a change could be made to them."""
    rows: list[Row]


class BenchmarkResult(msgspec.Struct, frozen=True):
    """What the self-test says of one benchmark."""

    name: str
    documents: int
    """Of the corpus, looked at before anything was planted."""
    already_test: int
    """Those in which test items were found then."""
    already: int
    """Those in which anything was found then; nothing is planted into them."""
    sides: list[SideResult]
    broken: list[str]
    """What the docs promise and this self-test does not show."""

    @property
    def already_interval(self) -> Interval:
        """The share of documents in which test items were found before."""
        return wilson(self.already_test / self.documents, self.documents)


class SelfTest(msgspec.Struct, frozen=True):
    """What a self-test says."""

    version: str
    seed: int
    paths: list[str]
    text_field: str | None
    benchmarks: list[BenchmarkResult]


def row_of(change: str, group: Group, promised: bool, outcomes: Sequence[Outcome]) -> Row:
    """Count the outcomes of one change."""
    planted = len(outcomes)
    own_split = sum(each.own_side for each in outcomes)
    interval = wilson(own_split / planted, planted) if planted else Interval(0.0, 0.0, 0.0)
    return Row(
        change=change,
        group=group,
        promised=promised,
        planted=planted,
        own_item=sum(each.own_item for each in outcomes),
        own_split=own_split,
        other_split=sum(each.other_side for each in outcomes),
        missed=sum(each.missed for each in outcomes),
        unplanted=sum(each.unplanted for each in outcomes),
        variants=sum(each.variant for each in outcomes),
        low=interval.low,
        high=min(1.0, interval.high),
    )
