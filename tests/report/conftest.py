"""Reports made by hand, with every verdict, and the files that say how they look."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from leakcheck.detection.finding import FINDING_SCHEMA
from leakcheck.verdict.records import (
    BenchmarkReport,
    CorpusReport,
    PackReport,
    Report,
    SettingsReport,
    SkippedReport,
    SplitReport,
)

from ..findings import finding_fields

SKIPPED = [
    SkippedReport("corpus/web.jsonl", 17, "not JSON: a brace is missing at character 40"),
    SkippedReport("corpus/old.parquet", None, "cannot be opened: Permission denied"),
]


def make_split(role, items, **counts) -> SplitReport:
    zero: dict[str, Any] = dict.fromkeys(
        ("matched", "verbatim", "near", "rewritten", "variant"), 0
    ) | dict.fromkeys(("low_entropy", "with_answer", "shared", "untestable"), 0)
    return SplitReport(role=role, items=items, **{"expected_by_chance": 0.0, **zero, **counts})


def make_benchmark(**changes) -> BenchmarkReport:
    clean = {
        "name": "riddles",
        "verdict": "clean",
        "in_distribution": "hard",
        "max_inflation_points": 0.0,
        "reason": "no test leakage and no in-distribution overlap",
        "p_value": 1.0,
        "splits": {"train": make_split("train", 7000), "test": make_split("test", 1300)},
    }
    return BenchmarkReport(**{**clean, **changes})


def make_report(
    benchmarks: Sequence[BenchmarkReport] = (),
    findings: Sequence[dict[str, Any]] = (),
    skipped: Sequence[SkippedReport] = (),
    unread_bytes: int = 0,
) -> Report:
    return Report(
        version="1.2.3",
        settings=SettingsReport(
            paths=["corpus/"],
            text_field=None,
            tokeniser=1,
            packs=[PackReport(each.name, ["3101c7d5"], "00ff") for each in benchmarks],
        ),
        corpus=CorpusReport(16, 33_443, 10_404_462, unread_bytes, list(skipped)),
        benchmarks=tuple(benchmarks),
        findings=pa.Table.from_pylist(list(findings), FINDING_SCHEMA),
    )


LEAKED = make_benchmark(
    verdict="leaked",
    max_inflation_points=0.92,
    reason="test items are in the corpus: the score is not credible",
    p_value=1e-20,
    splits={
        "train": make_split(
            "train", 7000, matched=30, verbatim=18, near=4, rewritten=8, with_answer=9, variant=2
        ),
        "test": make_split(
            "test",
            1300,
            matched=12,
            expected_by_chance=0.021,
            verbatim=5,
            near=3,
            rewritten=4,
            variant=2,
            with_answer=1,
            shared=1,
            untestable=3,
        ),
        "exemplars": make_split("fewshot", 6, matched=6, verbatim=6, with_answer=6),
    },
)

IN_DISTRIBUTION = make_benchmark(
    name="sums",
    verdict="in_distribution",
    in_distribution="easy",
    reason=(
        "no test leakage; items of other splits are in the corpus: the score is credible and must "
        "be declared as in-distribution"
    ),
    splits={
        "train": make_split("train", 7473, matched=7473, verbatim=7473, with_answer=7473),
        "test": make_split("test", 1319, expected_by_chance=0.4),
    },
)

INCONCLUSIVE = make_benchmark(
    name="brackets",
    verdict="inconclusive",
    in_distribution="unknown",
    reason="42% of the test items have too little text to be found",
    splits={"test": make_split("test", 250, untestable=105, expected_by_chance=0.01)},
)

CLEAN = make_benchmark(
    name="facts",
    splits={
        "dev": make_split("fewshot", 285),
        "val": make_split("dev", 1531),
        "test": make_split("test", 14_042, untestable=120),
    },
)

ALL_CLEAN = make_benchmark(name="code", splits={"test": make_split("test", 164)})

LEAKED_FINDINGS = [
    *[finding_fields(f"test/{n}", path="corpus/web.jsonl") for n in (3, 3, 3, 4, 5)],
    finding_fields("test/9", kind="rewritten", path="corpus/notes/fewshot-prompt.md", row=0),
    finding_fields("test/7", kind="variant", path="corpus/web.jsonl"),
    finding_fields("test/8", shared=True, path="corpus/pairs.tsv"),
    *[finding_fields(f"train/{n}", path="corpus/pairs.tsv", row=n) for n in range(30)],
    finding_fields("exemplars/0", role="fewshot", path="corpus/notes/fewshot-prompt.md", row=0),
]

FIVE = make_report(
    (LEAKED, IN_DISTRIBUTION, CLEAN, INCONCLUSIVE, ALL_CLEAN),
    [*LEAKED_FINDINGS, *[finding_fields(f"train/{n}", bench="sums") for n in range(20)]],
    SKIPPED,
    unread_bytes=12_000,
)


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """Make the parts of a report; what is not given is that of a clean benchmark."""
    return SimpleNamespace(
        benchmark=make_benchmark, finding=finding_fields, report=make_report, split=make_split
    )


@pytest.fixture(scope="session")
def leaked() -> Report:
    return make_report((LEAKED,), LEAKED_FINDINGS)


@pytest.fixture(scope="session")
def five_benchmarks() -> Report:
    """Every verdict, and two places that could not be read."""
    return FIVE


@pytest.fixture
def matches_golden() -> Callable[[str, str], None]:
    """Compare a text with the file of that name; with UPDATE_GOLDEN=1 write the file anew."""

    def compare(text: str, name: str) -> None:
        path = Path(__file__).parent / "golden" / name
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare
