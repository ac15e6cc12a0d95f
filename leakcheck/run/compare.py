"""Two runs compared: what is new, what is gone, and what changed beside the corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from leakcheck.benchmark.card import Role
from leakcheck.detection.finding import Kind
from leakcheck.detection.standing import CHANCE, COUNTED_KINDS, standing_of
from leakcheck.run.comparison import BenchmarkChange, Comparison, FindingChange, ItemChange
from leakcheck.run.drift import coverage_drift, settings_drift
from leakcheck.verdict.records import BenchmarkReport, Report

__all__ = ["compare_runs"]


def compare_runs(before: Report, after: Report) -> Comparison:
    """Compare two runs, of the same corpus at two times or of two corpora.

    Findings are the same if benchmark, item and text are: where they stand does not matter, so that
    a corpus that was put into other files compares as the same.
    """
    items = list(_item_changes(before, after))
    return Comparison(
        settings=list(settings_drift(before, after)),
        coverage=list(coverage_drift(before, after)),
        benchmarks=list(_benchmark_changes(before.benchmarks, after.benchmarks)),
        newly_leaked=[each for each in items if _leaks(each.after) and not _leaks(each.before)],
        no_longer_leaked=[each for each in items if _leaks(each.before) and not _leaks(each.after)],
        other_kind=[each for each in items if _leaks(each.before) and _leaks(each.after)],
        findings=_finding_changes(before, after),
    )


def _leaks(state: str) -> bool:
    return state in COUNTED_KINDS


def _item_changes(before: Report, after: Report) -> Iterator[ItemChange]:
    """Yield the test items that are counted otherwise, in the order of the benchmarks."""
    old, new = _states(before.items), _states(after.items)
    for bench, item in {**old, **new}:
        was = old.get((bench, item), "not looked for")
        became = new.get((bench, item), "not looked for")
        if was != became and (_leaks(was) or _leaks(became)):
            yield ItemChange(bench, item, was, became)


def _states(items: pa.Table) -> dict[tuple[str, str], str]:
    """Return how each test item is counted, as `ItemChange.before` has it."""
    columns = (items[name].to_pylist() for name in ("bench", "item", "kind", "shared", "accepted"))
    return {
        (bench, item): _state(kind, shared, accepted)
        for bench, item, kind, shared, accepted in zip(*columns, strict=True)
    }


def _state(kind: str, shared: bool, accepted: str) -> str:
    if not kind:
        return "not found"
    if accepted:
        return CHANCE if accepted == CHANCE else "accepted"
    standing = standing_of("test", kind, shared)
    return kind if standing == "leak" else standing


def _benchmark_changes(
    before: Sequence[BenchmarkReport], after: Sequence[BenchmarkReport]
) -> Iterator[BenchmarkChange]:
    old = {each.name: each for each in before}
    new = {each.name: each for each in after}
    for name in {**old, **new}:
        was, became = old.get(name), new.get(name)
        counted = next(each for each in (became, was) if each is not None)
        yield BenchmarkChange(
            name=name,
            verdict_before=was.verdict if was else None,
            verdict_after=became.verdict if became else None,
            leaked_before=_matched(was)[0],
            leaked_after=_matched(became)[0],
            test_items=sum(each.items for each in counted.splits.values() if each.role == "test"),
            overlap_before=_matched(was)[1],
            overlap_after=_matched(became)[1],
            other_items=sum(each.items for each in counted.splits.values() if each.role != "test"),
        )


def _matched(benchmark: BenchmarkReport | None) -> tuple[int, int] | tuple[None, None]:
    """Count matched items: of the test, and of the other splits."""
    if benchmark is None:
        return None, None
    splits = benchmark.splits.values()
    test = sum(each.matched for each in splits if each.role == "test")
    return test, sum(each.matched for each in splits) - test


def _finding_changes(before: Report, after: Report) -> list[FindingChange]:
    """Compare the findings as multisets of texts, of the benchmarks that both runs looked for."""
    both = {each.name for each in before.benchmarks} & {each.name for each in after.benchmarks}
    old, new = _places(before.findings, both), _places(after.findings, both)
    changes = [
        FindingChange(
            *text, *(new.get(text) or old[text])[1:], _count(old, text), _count(new, text)
        )
        for text in {**old, **new}
        if _count(old, text) != _count(new, text)
    ]
    return sorted(
        changes, key=lambda each: (each.bench, each.role != "test", _by_number(each.item))
    )


def _by_number(item: str) -> list[tuple[int, str]]:
    """Sort `test/9` before `test/10`."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in item.split("/")]


Text = tuple[str, str, str]
"""Fingerprint, benchmark and item."""


def _places(findings: pa.Table, benches: set[str]) -> dict[Text, tuple[int, Role, Kind]]:
    """Count the places of each text."""
    key = ["fingerprint", "bench", "item"]
    findings = findings.filter(pc.is_in(findings["bench"], pa.array(sorted(benches), pa.string())))
    by_text = findings.group_by(key).aggregate(
        [([], "count_all"), ("role", "min"), ("kind", "min")]
    )
    names = [*key, "count_all", "role_min", "kind_min"]
    rows = zip(*(by_text[name].to_pylist() for name in names), strict=True)
    return {tuple(row[:3]): tuple(row[3:]) for row in rows}


def _count(places: dict[Text, tuple[int, Role, Kind]], text: Text) -> int:
    return places[text][0] if text in places else 0
