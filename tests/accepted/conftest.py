"""Findings and reports made by hand."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pyarrow as pa
import pytest

from leakcheck.detection.finding import FINDING_SCHEMA, Finding
from leakcheck.verdict.records import CorpusReport, PackReport, Report, SettingsReport

from ..findings import finding_fields


def make_finding(item: str = "test/3", **changes) -> Finding:
    """Make a finding with a fingerprint of its item's own."""
    fingerprint = item.replace("/", "0").rjust(16, "f")
    return Finding(**finding_fields(item, **{"fingerprint": fingerprint, **changes}))


@pytest.fixture
def finding() -> Callable[..., Finding]:
    return make_finding


@pytest.fixture
def report() -> Callable[..., Report]:
    """Make a report of findings, of a scan for these benchmarks with packs of one checksum."""

    def make(*findings: Finding, benchmarks=("riddles",), checksum="c0ffee", tokeniser=2) -> Report:
        packs = [PackReport(name, ["7"], checksum) for name in benchmarks]
        rows = [msgspec.structs.asdict(each) for each in findings]
        return Report(
            version="1.2.3",
            settings=SettingsReport(["corpus"], None, tokeniser, packs),
            corpus=CorpusReport(1, 10, 1000, 0, []),
            benchmarks=(),
            findings=pa.Table.from_pylist(rows, FINDING_SCHEMA),
        )

    return make
