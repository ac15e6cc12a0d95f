"""A finding is called by the start of its fingerprint, or by its item."""

from __future__ import annotations

import re

import pytest

from leakcheck.errors import UsageError
from leakcheck.run.find import findings_called, table_of


@pytest.fixture(scope="module")
def kept(make):
    return make.run(
        [
            make.finding("aaaa111122223333"),
            make.finding("aaaa222200000000", item="test/4", also=["sums:test/8", "test/6"]),
            make.finding("aaaa111122223333", row=9),
            make.finding("bbbb111122223333", row=11, kind="near"),
            make.finding("cccc111122223333", item="test/5"),
            make.finding("dddd111122223333", item="test/5", bench="sums"),
        ],
        items={"test/7": "", "test/9": "short"},
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        pytest.param("aaa", "at least 4 digits", id="too few digits"),
        pytest.param(
            "aaaa",
            "2 fingerprints begin so.*aaaa111122223333 .riddles:test/3.*"
            "aaaa222200000000 .riddles:test/4",
            id="several begin so",
        ),
        pytest.param(
            "bbbb111122223334", r"nearest are bbbb111122223333 \(riddles:test/3\)", id="a slip"
        ),
        pytest.param("0123456789abcdef", "leakcheck report -f jsonl", id="nothing near"),
        pytest.param("test/5", "several benchmarks.*riddles:test/5, sums:test/5", id="of two"),
        pytest.param("facts:test/5", "did not look for it; it looked for riddles", id="bench"),
        pytest.param("test/77", "no finding of this run", id="no such item"),
        pytest.param("riddles:test/7", "not found in the corpus$", id="clean"),
        pytest.param("test/9", "too short to be found", id="untestable"),
        pytest.param("lantern", "as gsm8k:test/3", id="neither"),
    ],
)
def test_what_is_not_one_finding_is_an_error_that_says_what_there_is(kept, name, told):
    with pytest.raises(UsageError, match=re.compile(told, re.S)):
        findings_called(kept, name)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        pytest.param("aaaa111122223333", [4, 9], id="a fingerprint in two places"),
        pytest.param("aaaa1", [4, 9], id="its first digits"),
        pytest.param("AAAA1", [4, 9], id="in capitals"),
        pytest.param("bbbb", [11], id="four digits"),
        pytest.param("riddles:test/3", [4, 9, 11], id="an item, all of its texts"),
        pytest.param("test/3", [4, 9, 11], id="an item of one benchmark"),
        pytest.param("riddles:test/5", [4], id="of the benchmark that is named"),
        pytest.param("test/6", [4], id="a twin in the same benchmark"),
        pytest.param("riddles:test/6", [4], id="a twin, by its benchmark"),
    ],
)
def test_findings_come_in_the_order_of_the_corpus(kept, name, rows):
    assert [finding.row for finding in findings_called(kept, name)] == rows


def test_an_item_of_the_same_text_in_another_benchmark_is_found_too(make):
    kept = make.run(
        [make.finding(item="test/4", also=["sums:test/8"])],
        benchmarks=[make.benchmark(), make.benchmark("sums")],
    )
    assert [each.item for each in findings_called(kept, "sums:test/8")] == ["test/4"]


def test_of_very_many_that_fit_some_are_named(make):
    kept = make.run([make.finding(f"abcd{n:012x}") for n in range(500)])
    with pytest.raises(UsageError, match=r"500 fingerprints.* and 490 more"):
        findings_called(kept, "abcd")


def test_every_finding_of_the_example_is_called_by_its_fingerprint(example):
    for finding in example.iter_findings():
        assert finding in findings_called(example, finding.fingerprint)


def test_findings_become_the_table_they_came_from(example):
    assert table_of(example.iter_findings()).equals(example.findings.combine_chunks())
