"""Findings and reports made by hand."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pyarrow as pa
import pytest

from leakcheck.detection.finding import FINDING_SCHEMA, Finding
from leakcheck.verdict.records import CorpusReport, PackReport, Report, SettingsReport


def make_finding(item: str = "test/3", **changes) -> Finding:
    split = item.partition("/")[0]
    fields = {
        "bench": "riddles",
        "split": split,
        "role": split,
        "item": item,
        "kind": "verbatim",
        "score": 1.0,
        "bits": 200.0,
        "e_value": 0.0,
        "p_value": 0.0,
        "fields": ["question"],
        "path": "corpus.jsonl",
        "row": 0,
        "source": "text",
        "start": 0,
        "end": 10,
        "also": [],
        "shared": False,
        "excerpt": "What has keys?",
        "fingerprint": item.replace("/", "0").rjust(16, "f"),
    }
    return Finding(**(fields | changes))


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
