"""Runs made by hand, and the one of our example corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pytest

from leakcheck.detection.finding import FINDING_SCHEMA
from leakcheck.scanning import scan
from leakcheck.verdict.records import (
    ITEM_SCHEMA,
    BenchmarkReport,
    CorpusReport,
    PackReport,
    Report,
    SettingsReport,
    SplitReport,
)

from ..findings import finding_fields

ROOT = Path(__file__).parents[2]


def make_finding(fingerprint: str = "00c0ffee00c0ffee", item: str = "test/3", **changes) -> dict:
    return finding_fields(item, fingerprint=fingerprint, **changes)


def make_benchmark(name: str = "riddles", verdict: str = "leaked", matched: int = 1):
    split = SplitReport("test", 9, matched, *[0] * 9)
    return BenchmarkReport(name, verdict, "hard", 0.0, "because", 1.0, {"test": split})


def make_run(
    findings: Sequence[dict] = (),
    items: Mapping[str, str] | None = None,
    benchmarks: Sequence[BenchmarkReport] | None = None,
    **settings,
) -> Report:
    """Make a run; `items` are test items of riddles with their state, as `near` or `shared`."""
    chosen = [make_benchmark()] if benchmarks is None else list(benchmarks)
    packs = [PackReport(each.name, ["7"], "00ff") for each in chosen]
    rows = [
        {
            "bench": "riddles",
            "split": "test",
            "item": item,
            "kind": {"shared": "near", "accepted": "near"}.get(state, state),
            "shared": state == "shared",
            "accepted": "baseline" if state == "accepted" else "",
            "testable": state != "short",
        }
        for item, state in (items or {}).items()
    ]
    return Report(
        version="1.2.3",
        settings=SettingsReport(
            **{"paths": ["corpus"], "text_field": None, "tokeniser": 1}
            | {"packs": packs}
            | settings
        ),
        corpus=CorpusReport(1, 10, 1000, 0, []),
        benchmarks=tuple(chosen),
        findings=pa.Table.from_pylist(list(findings), FINDING_SCHEMA),
        items=pa.Table.from_pylist(rows, ITEM_SCHEMA),
    )


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    return SimpleNamespace(run=make_run, finding=make_finding, benchmark=make_benchmark)


@pytest.fixture(scope="session")
def example() -> Report:
    """The run of our example corpus, its paths from the root of the repository."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return scan(["examples/corpus"], ["demo", "demo_trivia"])
