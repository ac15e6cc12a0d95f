"""The command as a user calls it, with a scan that says what the test wants."""

from __future__ import annotations

import importlib
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from leakcheck.cli import leakcheck
from leakcheck.detection.finding import FINDING_SCHEMA
from leakcheck.verdict.records import (
    BenchmarkReport,
    CorpusReport,
    Report,
    SettingsReport,
    SkippedReport,
    SplitReport,
)

SCAN = importlib.import_module(
    "leakcheck.scanning"
)  # the package's own name for it is the function


def report_of(*verdicts: str, skipped: int = 0) -> Report:
    split = SplitReport("test", 40, *[0] * 10)
    benchmarks = [
        BenchmarkReport(f"bench{n}", verdict, "hard", 0.0, "because", 1.0, {"test": split})
        for n, verdict in enumerate(verdicts)
    ]
    unread = [SkippedReport("corpus.jsonl", row, "not JSON") for row in range(skipped)]
    return Report(
        version="1.2.3",
        settings=SettingsReport(["corpus"], None, 1, []),
        corpus=CorpusReport(1, 10, 1000, 0, unread),
        benchmarks=tuple(benchmarks),
        findings=FINDING_SCHEMA.empty_table(),
    )


@pytest.fixture
def run() -> Callable[..., Result]:
    return lambda *arguments, **options: CliRunner().invoke(leakcheck, arguments, **options)


@pytest.fixture
def scan_gives(monkeypatch) -> Callable[..., list]:
    """Let a scan give a report of these verdicts, or raise; the calls made are in the list."""
    monkeypatch.setattr("leakcheck.cli.first_run.announce_compilation", lambda say: None)

    def prepare(*verdicts: str | BaseException, skipped: int = 0) -> list:
        calls = []

        def scan(paths, bench, **options):
            calls.append((paths, bench, options))
            if isinstance(verdicts[0], BaseException):
                raise verdicts[0]
            return report_of(*verdicts, skipped=skipped)

        monkeypatch.setattr(SCAN, "scan", scan)
        return calls

    return prepare
