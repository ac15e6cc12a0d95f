"""The comparison as people and programs read it."""

from __future__ import annotations

import json

import msgspec
import pytest

from leakcheck.presets.comparing import (
    BenchmarkComparison,
    Comparison,
    CriterionReport,
    Disagreement,
    SplitSize,
)
from leakcheck.report.pages.presets import SCHEMA, render_json, render_page
from leakcheck.verdict.records import CorpusReport


def criterion(name: str, flagged, *, beside=(0, 0, 0), undecided=None, grades=None):
    return CriterionReport(
        name,
        name,
        "a rule",
        "a paper",
        ["a deviation"],
        flagged,
        undecided or {},
        grades or {},
        *beside,
    )


@pytest.fixture
def comparison() -> Comparison:
    benchmark = BenchmarkComparison(
        name="riddles",
        verdict="in_distribution",
        splits=[SplitSize("train", "train", 7473), SplitSize("test", "test", 1319)],
        criteria=[
            criterion("leakcheck", {"train": 7000, "test": 9}),
            criterion("s1", {"train": 7473, "test": 91}, beside=(9, 82, 0), undecided={"test": 4}),
            criterion(
                "llama2", {"train": 12}, beside=(0, 0, 9), grades={"clean": 1300, "dirty": 0}
            ),
        ],
        disagreements=[
            Disagreement(["s1"], 82, ["test/3", "test/8"]),
            Disagreement(["leakcheck", "s1"], 9, ["test/0"]),
        ],
        agreed=1228,
    )
    return Comparison("1.2.3", ["corpus"], CorpusReport(2, 3000, 41_000_000, 0, []), [benchmark])


PAGE = """\
leakcheck 1.2.3 read 3,000 documents in 2 files (41.0 MB)

riddles  by leakcheck: IN DISTRIBUTION

  flagged by                    test     train too short      both     alone    missed
                            of 1,319  of 7,473
  leakcheck                        9     7,000         0
  s1                              91     7,473         4         9        82         0
  llama2                           0        12         0         0         0         9
  llama2, test items by class: 1,300 clean, 0 dirty

  All agree on 1,228 of 1,319 test items.
    82 flagged by s1 alone (test/3)
    9 flagged by all but llama2 (test/0)

"""


def test_the_page(comparison):
    page = render_page(comparison, 90)
    assert page.startswith(PAGE)
    assert "do not ask which split" in page
    assert all(len(line) <= 90 for line in page.splitlines())


def test_splits_that_are_no_test_share_a_column_where_there_are_many(comparison):
    (benchmark,) = comparison.benchmarks
    splits = [*benchmark.splits, *(SplitSize(f"extra{n}", "dev", 10) for n in range(3))]
    wide = msgspec.structs.replace(benchmark, splits=splits)
    page = render_page(msgspec.structs.replace(comparison, benchmarks=[wide]), 90)
    assert "  flagged by                    test    others too short" in page
    assert "of 7,503" in page


def test_a_long_name_has_a_wider_column(comparison):
    (benchmark,) = comparison.benchmarks
    longer = msgspec.structs.replace(benchmark, splits=[SplitSize("validation", "test", 90)])
    page = render_page(msgspec.structs.replace(comparison, benchmarks=[longer]), 90)
    assert "  flagged by               validation too short" in page


def test_many_groups_are_summed_up(comparison):
    (benchmark,) = comparison.benchmarks
    groups = [Disagreement(["s1"], 20 - n, [f"test/{n}"]) for n in range(10)]
    more = msgspec.structs.replace(benchmark, disagreements=groups)
    page = render_page(msgspec.structs.replace(comparison, benchmarks=[more]), 90)
    assert "    23 in 2 other ways: --output-format json" in page


def test_a_name_cannot_obey_the_terminal(comparison):
    (benchmark,) = comparison.benchmarks
    odd = msgspec.structs.replace(benchmark, name="a\x1b[31m")
    assert "\x1b" not in render_page(msgspec.structs.replace(comparison, benchmarks=[odd]), 90)


def test_the_document_has_all_that_is_known(comparison):
    document = json.loads(render_json(comparison))
    assert document["schema"] == SCHEMA == "leakcheck/presets/1"
    (benchmark,) = document["benchmarks"]
    assert benchmark["criteria"][1]["deviations"] == ["a deviation"]
    assert benchmark["disagreements"][0] == {
        "flagged_by": ["s1"],
        "items": 82,
        "examples": ["test/3", "test/8"],
    }
