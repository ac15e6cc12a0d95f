"""Which findings are counted, in which files they stand, and how often each item."""

from __future__ import annotations

import pytest

from leakcheck.report.places import Copies, FileCount, copies, counted, fullest_files, place_of


def items_counted(make, findings, bench="riddles"):
    return counted(make.report(findings=findings).findings, bench)["item"].to_pylist()


def test_a_variant_is_not_counted(make):
    assert items_counted(make, [make.finding(kind="variant")]) == []


def test_a_test_item_that_is_in_train_too_is_not_counted(make):
    assert items_counted(make, [make.finding("test/1", shared=True)]) == []


def test_a_finding_of_another_benchmark_is_not_counted(make):
    assert items_counted(make, [make.finding(bench="sums")]) == []


def test_a_train_item_that_is_in_test_too_is_counted(make):
    assert items_counted(make, [make.finding("train/1", shared=True)]) == ["train/1"]


def test_what_is_accepted_is_not_counted(make):
    assert items_counted(make, [make.finding(accepted="baseline")]) == []


@pytest.mark.parametrize(
    ("place", "named"),
    [
        (("a.parquet", None), "a.parquet"),
        (("a.jsonl", 0, ""), "a.jsonl, row 0"),
        (("a.jsonl", 1200, "messages[1].content"), "a.jsonl, row 1,200, messages[1].content"),
    ],
    ids=["a file", "the record is the text", "a field"],
)
def test_a_place_is_named_as_far_as_it_is_known(place, named):
    assert place_of(*place) == named


def test_files_with_leakage_come_before_files_with_more_overlap(make):
    findings = [
        *[make.finding(f"train/{n}", path="b.jsonl") for n in range(9)],
        make.finding("test/1", path="c.jsonl"),
        make.finding("test/2", path="a.jsonl"),
        make.finding("exemplars/0", role="fewshot", path="a.jsonl"),
    ]
    assert fullest_files(make.report(findings=findings).findings) == [
        FileCount("a.jsonl", test=1, overlap=1),
        FileCount("c.jsonl", test=1, overlap=0),
        FileCount("b.jsonl", test=0, overlap=9),
    ]


def test_copies_name_the_item_that_stands_there_most_often(make):
    findings = [make.finding(item) for item in ("test/3", "test/1", "test/3", "test/2")]
    assert copies(make.report(findings=findings).findings) == Copies(4 / 3, 2, "test/3")
