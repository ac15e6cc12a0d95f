"""Finding a finding: by the first digits of its fingerprint, or by the item it is of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from leakcheck.detection.finding import FINDING_SCHEMA, Finding
from leakcheck.errors import UsageError

if TYPE_CHECKING:
    from leakcheck.verdict.records import Report

__all__ = ["LEAST_DIGITS", "findings_called", "table_of"]

LEAST_DIGITS = 4
"""Of a fingerprint; fewer fit too many."""

MOST_NAMED = 10
"""How many of the fingerprints that fit are named."""

_DIGITS = re.compile(r"[0-9a-f]{1,16}", re.IGNORECASE)


def findings_called(report: Report, name: str) -> list[Finding]:
    """Return the findings of a run that a name is for, in the order of the corpus.

    Args:
        report: of the run.
        name: a fingerprint, its first 4 digits or more, or an item as `gsm8k:test/3` or `test/3`.

    Raises:
        UsageError: nothing is called so, or several things are; they are in the message.
    """
    if _DIGITS.fullmatch(name):
        return _by_fingerprint(report, name.lower())
    return _by_item(report, name)


def _by_fingerprint(report: Report, digits: str) -> list[Finding]:
    if len(digits) < LEAST_DIGITS:
        raise UsageError(f"{digits}: give at least {LEAST_DIGITS} digits of a fingerprint")
    fingerprints = report.findings["fingerprint"]
    fitting = report.findings.filter(pc.starts_with(fingerprints, digits))
    several = pc.unique(fitting["fingerprint"]).to_pylist()
    if len(several) > 1:
        raise UsageError(
            f"{digits}: {len(several):,} fingerprints begin so; give more digits: "
            f"{_named(fitting, several)}"
        )
    if not several:
        near = _near(digits, pc.unique(fingerprints).to_pylist())
        hint = f"the nearest are {_named(report.findings, near)}" if near else _NOTHING_NEAR
        raise UsageError(f"{digits}: no finding of this run has such a fingerprint; {hint}")
    return _records(fitting)


_NOTHING_NEAR = "`leakcheck report -f jsonl` lists those that there are"


def _near(digits: str, fingerprints: list[str]) -> list[str]:
    """Name the fingerprints that are a slip away, as far as digits were given."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    starts = [each[: len(digits)] for each in fingerprints]
    most = 1 + len(digits) // 6
    found = process.extract(digits, starts, scorer=OSA.distance, limit=3, score_cutoff=most)
    return [fingerprints[place] for _, _, place in found]


def _named(findings: pa.Table, fingerprints: list[str]) -> str:
    """Name fingerprints with what each is of."""
    known = findings.filter(pc.is_in(findings["fingerprint"], pa.array(fingerprints)))
    known = known.select(["fingerprint", "bench", "item"]).to_pylist()
    item_of = {row["fingerprint"]: f"{row['bench']}:{row['item']}" for row in known}
    named = [f"{each} ({item_of[each]})" for each in fingerprints[:MOST_NAMED]]
    more = len(fingerprints) - len(named)
    return ", ".join(named) + (f" and {more:,} more" if more else "")


def _by_item(report: Report, name: str) -> list[Finding]:
    bench, colon, item = name.rpartition(":")
    findings = report.findings
    if colon:
        findings = findings.filter(_of_bench(findings, bench, item))
    found = findings.filter(_of_item(findings, item, f"{bench}:{item}"))
    own = found.filter(pc.equal(found["item"], item))
    benches = pc.unique((own if len(own) else found)["bench"]).to_pylist()
    if len(benches) > 1 and not colon:
        names = ", ".join(f"{each}:{item}" for each in benches)
        raise UsageError(f"{name}: several benchmarks have such an item; name one of {names}")
    if not benches:
        raise UsageError(_not_found(report, bench, item))
    return _records(found)


def _of_bench(findings: pa.Table, bench: str, item: str) -> pa.ChunkedArray:
    """Tell which findings are of a benchmark, or of another one's item of the same text."""
    own = pc.equal(findings["bench"], bench)
    return pc.or_(own, _also(findings, f"{bench}:{item}"))


def _of_item(findings: pa.Table, item: str, with_bench: str) -> pa.ChunkedArray:
    """Tell which findings are of an item, or of a twin of it."""
    own = pc.or_(pc.equal(findings["item"], item), _also(findings, item))
    return pc.or_(own, _also(findings, with_bench))


def _also(findings: pa.Table, item: str) -> pa.Array:
    # There is no compute function that looks into lists; most of these are empty.
    return pa.array([item in also for also in findings["also"].to_pylist()], pa.bool_())


def _not_found(report: Report, bench: str, item: str) -> str:
    """Say why an item has no finding."""
    asked = [each.name for each in report.benchmarks]
    if bench and bench not in asked:
        return f"{bench}: this run did not look for it; it looked for {', '.join(asked)}"
    items = report.items.filter(pc.equal(report.items["item"], item))
    if bench:
        items = items.filter(pc.equal(items["bench"], bench))
    name = f"{bench}:{item}" if bench else item
    if not len(items):
        return (
            f"{name}: no finding of this run; give the digits of a fingerprint, or an item as "
            "gsm8k:test/3. `leakcheck report -f jsonl` lists the findings"
        )
    looked_at = _looked_at(report)
    if not all(items["testable"].to_pylist()):
        return f"{name}: not found in {looked_at}, and its text is too short to be found at all"
    return f"{name}: not found in {looked_at}"


def _looked_at(report: Report) -> str:
    """Say what of the corpus a run knows."""
    if report.settings.shard is not None:
        return "the shard of the corpus that this run is of"
    return "the corpus" if report.corpus.sample is None else "the sample that this run looked at"


def _records(findings: pa.Table) -> list[Finding]:
    return [msgspec.convert(row, Finding) for row in findings.to_pylist()]


def table_of(findings: Iterable[Finding]) -> pa.Table:
    """Return findings as the table that a report has."""
    rows = [msgspec.structs.asdict(finding) for finding in findings]
    return pa.Table.from_pylist(rows, FINDING_SCHEMA)
