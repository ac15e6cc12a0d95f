"""Published corpora of which it is known what they hold of gsm8k."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pages import Demand
from rows_found import scanner

from leakcheck import BenchmarkReport

__all__ = ["known_corpora"]

TRAIN_ITEMS = 7473
TEST_ITEMS = 1319


class _Case(NamedTuple):
    path: str
    demanded: str
    holds: Callable[[int, int], bool]
    """Whether so many matched items of test and of train are right."""
    verdict: str
    exit_code: int


_CASES = (
    *(
        _Case(
            path,
            f"train {TRAIN_ITEMS} of {TRAIN_ITEMS}, test 0",
            lambda test, train: train == TRAIN_ITEMS and test == 0,
            "in_distribution",
            0,
        )
        for path in ("corpora/flan_cot/gsm8k_train.tsv", "corpora/alpacadatacleaned_gsm8k")
    ),
    _Case(
        "corpora/llm_adapters_math",
        f"test at least 1055 of {TEST_ITEMS}, train at most 5",
        lambda test, train: test >= 1055 and train <= 5,
        "leaked",
        1,
    ),
    _Case(
        "groundtruth/gsm8k_model_solutions",
        f"test {TEST_ITEMS} of {TEST_ITEMS}",
        lambda test, _: test == TEST_ITEMS,
        "leaked",
        1,
    ),
    _Case(
        "fewshot_prompts/chain-of-thought-hub/gsm8k",
        "exemplars are train items: train above 0, test 0",
        lambda test, train: train > 0 and test == 0,
        "in_distribution",
        0,
    ),
)


def known_corpora(data: Path) -> list[Demand]:
    """Scan each corpus for gsm8k, in this process for the counts, as a command for its code."""
    return [_measure(case, data) for case in _CASES]


def _measure(case: _Case, data: Path) -> Demand:
    report = scanner("gsm8k").scan([data / case.path]).benchmarks[0]
    test, train = (report.splits[split].matched for split in ("test", "train"))
    code = _exit_code(data / case.path)
    return Demand(
        f"{case.path}, gsm8k",
        f"{case.demanded}; `{case.verdict}`, exit {case.exit_code}",
        f"{_counts(report)}; `{report.verdict}`, exit {code}",
        case.holds(test, train) and (report.verdict, code) == (case.verdict, case.exit_code),
    )


def _counts(report: BenchmarkReport) -> str:
    return ", ".join(
        f"{name} {split.matched} of {split.items}" for name, split in report.splits.items()
    )


def _exit_code(path: Path) -> int:
    command = [sys.executable, "-m", "leakcheck", "scan", str(path), "--bench", "gsm8k", "--quiet"]
    return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode
