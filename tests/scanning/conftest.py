"""Scans of the example corpus, divided into pieces so small that there are many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import leakcheck
from leakcheck.report.formats import FORMATS
from leakcheck.report.sheet import Sheet
from leakcheck.run.store import write_run
from leakcheck.scanning.keeping import kept_in
from leakcheck.scanning.plan import Plan
from leakcheck.scanning.tasks import Division
from leakcheck.verdict.records import Report, ShardReport

EXAMPLES = Path(__file__).parents[2] / "examples"
SMALL = Division(stretch_bytes=2000, task_bytes=4000)
"""The example corpus is 15 tasks, and its large file stands in many of them."""


@pytest.fixture(autouse=True)
def from_the_repository(monkeypatch) -> None:
    """Scan `examples/corpus` by that name."""
    monkeypatch.chdir(EXAMPLES.parent)


@pytest.fixture(scope="session")
def both() -> leakcheck.Scanner:
    """Return a scanner with the two benchmarks of the examples."""
    return leakcheck.Scanner(["demo", "demo_trivia"])


@pytest.fixture(scope="session")
def outputs() -> Callable[[Report], Mapping[str, str | bytes]]:
    """Render a report in every format; of a sample there is no audit record."""

    def render(report: Report) -> dict[str, str | bytes]:
        names = [name for name in FORMATS if name != "audit" or report.corpus.sample is None]
        return {name: FORMATS[name].render(report, Sheet(width=100)) for name in names}

    return render


@pytest.fixture
def shards(both, tmp_path) -> Callable[[int], list[Path]]:
    """Scan the example corpus in so many shards, and return their runs."""

    def scan(count: int, **plan) -> list[Path]:
        runs = [tmp_path / f"shard-{number}-of-{count}" for number in range(1, count + 1)]
        for number, run in enumerate(runs, start=1):
            with kept_in(run, lambda _: None) as keeper:
                parts = Plan(ShardReport(number, count), **{"division": SMALL, **plan})
                write_run(both.scan(["examples/corpus"], plan=parts, keeper=keeper), run)
                keeper.finish()
        return runs

    return scan
