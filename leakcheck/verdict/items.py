"""Item by item: which test items of a benchmark are leaked, and which are clean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import pyarrow as pa

from leakcheck.detection.catalogue import Benchmark
from leakcheck.detection.finding import KINDS, Finding
from leakcheck.detection.standing import CHANCE
from leakcheck.verdict.records import ITEM_SCHEMA

__all__ = ["items_of_test"]


def items_of_test(benchmark: Benchmark, findings: Iterable[Finding]) -> pa.Table:
    """List the test items of a benchmark with what was found of each, as `ITEM_SCHEMA` has it.

    Args:
        benchmark: whose items are listed, in its order.
        findings: of this benchmark and perhaps of others.
    """
    pack, card = benchmark.pack, benchmark.card
    test = {split.name for split in card.splits if split.role == "test"}
    places = [place for place, split in enumerate(pack.splits) if split in test]
    items = [pack.items[place] for place in places]
    found = _found(card.name, findings)
    columns = {
        "bench": pa.repeat(card.name, len(items)),
        "split": [pack.splits[place] for place in places],
        "item": items,
        "kind": pa.repeat(_NOT_FOUND.kind, len(items)),
        "shared": pa.repeat(_NOT_FOUND.shared, len(items)),
        "accepted": pa.repeat(_NOT_FOUND.accepted, len(items)),
        "testable": benchmark.testable[places],
    }
    if found:  # of most benchmarks nothing is, and they have many items
        rows = [found.get(item, _NOT_FOUND) for item in items]
        columns |= {name: [getattr(row, name) for row in rows] for name in _Found._fields}
    return pa.table(columns, ITEM_SCHEMA)


class _Found(NamedTuple):
    kind: str = ""
    shared: bool = False
    accepted: str = ""


_NOT_FOUND = _Found()


def _found(bench: str, findings: Iterable[Finding]) -> dict[str, _Found]:
    """Return kind, shared and accepted of the items that were found, twins included."""
    of_item: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.bench == bench:
            for item in (finding.item, *finding.also):
                of_item[item].append(finding)
    return {item: _summed_up(every) for item, every in of_item.items()}


def _summed_up(findings: list[Finding]) -> _Found:
    """Sum up the findings of one item: what counts decides, then what somebody accepted."""
    counted = [finding for finding in findings if not finding.accepted]
    known = [finding for finding in findings if finding.accepted != CHANCE]
    deciding = counted or known or findings
    accepted = deciding[0].accepted
    kind = min((finding.kind for finding in deciding), key=KINDS.index)
    return _Found(kind, any(finding.shared for finding in findings), accepted)
