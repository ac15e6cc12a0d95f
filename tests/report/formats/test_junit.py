"""JUnit: a suite is a split, a case an item, and only a leak fails."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.report import Sheet
from leakcheck.report.formats import junit
from leakcheck.verdict.records import ITEM_SCHEMA


def item(name, **changes):
    row = {
        "bench": "riddles",
        "split": "test",
        "item": name,
        "kind": "",
        "shared": False,
        "accepted": "",
        "testable": True,
    }
    return row | changes


@pytest.fixture
def suites(make):
    """Return the suites of a benchmark with these items, by name."""

    def parsed(items, findings=(), verdict="leaked", **changes):
        report = make.report([make.benchmark(verdict=verdict, **changes)], findings)
        text = junit.render(
            replace(report, items=pa.Table.from_pylist(items, ITEM_SCHEMA)), Sheet()
        )
        return {suite.get("name"): suite for suite in ElementTree.fromstring(text)}

    return parsed


def outcome(case):
    return next((child.tag for child in case), "passed")


@pytest.mark.parametrize(
    ("changes", "verdict", "expected"),
    [
        ({}, "leaked", "passed"),
        ({"kind": "variant"}, "leaked", "passed"),
        ({"testable": False}, "leaked", "skipped"),
        ({"kind": "near", "shared": True}, "leaked", "skipped"),
        ({"kind": "near", "accepted": "allow: ours"}, "leaked", "skipped"),
        ({"kind": "near"}, "clean", "skipped"),
        ({"kind": "near"}, "inconclusive", "skipped"),
        ({"kind": "near"}, "leaked", "failure"),
        ({"kind": "verbatim", "testable": False}, "leaked", "failure"),
    ],
)
def test_only_a_leaked_item_fails(suites, changes, verdict, expected):
    suite = suites([item("test/3", **changes)], verdict=verdict)["riddles/test"]
    (case,) = suite.findall("testcase")
    assert outcome(case) == expected


def test_why_an_item_is_accepted_is_told(suites):
    rows = [item("test/3", kind="near", accepted="allow: ours")]
    skipped = suites(rows)["riddles/test"].find("testcase/skipped")
    assert skipped.get("message") == "accepted: allow: ours"


def test_the_counts_are_those_of_the_cases(suites):
    rows = [item("test/0"), item("test/1", kind="near"), item("test/2", testable=False)]
    suite = suites(rows)["riddles/test"]
    assert [suite.get(name) for name in ("tests", "failures", "errors", "skipped")] == [
        "3",
        "1",
        "0",
        "1",
    ]


def test_overlap_is_one_case_that_passes(suites, make):
    splits = {"train": make.split("train", 7000, matched=30, verbatim=30)}
    suite = suites([], splits=splits)["riddles/train"]
    (case,) = suite.findall("testcase")
    assert outcome(case) == "passed"
    assert case.get("name") == (
        "overlap, 30 of 7,000 items (0.43 %): in-distribution, to be declared"
    )


def test_the_evidence_of_a_twin_is_its_own(suites, make):
    rows = [item("test/4", kind="verbatim")]
    failure = suites(rows, [make.finding(also=["test/4"])])["riddles/test"].find(".//failure")
    assert failure.text == (
        "corpus/web.jsonl, row 4, messages[1].content\n"
        "Which door does the lantern keeper open at dusk?\n"
    )


def test_of_many_passages_the_rest_is_counted(suites, make):
    findings = [make.finding(row=row) for row in range(8)]
    suite = suites([item("test/3", kind="verbatim")], findings)["riddles/test"]
    assert suite.find(".//failure").text.endswith("and 3 more passages\n")


def test_accepted_passages_are_no_evidence(suites, make):
    findings = [make.finding(path="ours.jsonl", accepted="baseline"), make.finding()]
    suite = suites([item("test/3", kind="verbatim")], findings)["riddles/test"]
    assert "ours.jsonl" not in suite.find(".//failure").text


@given(st.text())
def test_any_text_makes_sound_xml(make, text):
    report = make.report(
        [make.benchmark(name=text, verdict="leaked")],
        [make.finding(bench=junit.legal(text), path=junit.legal(text))],
    )
    row = item("test/3", bench=junit.legal(text), kind="near", accepted="")
    report = replace(report, items=pa.Table.from_pylist([row], ITEM_SCHEMA))
    root = ElementTree.fromstring(junit.render(report, Sheet()))
    assert len(root) == 2


def test_renders_as_in_the_golden_file(make, leaked, matches_golden):
    rows = [
        item("test/2"),
        item("test/3", kind="verbatim"),
        item("test/7", kind="variant"),
        item("test/8", kind="verbatim", shared=True),
        item("test/9", kind="rewritten"),
        item("test/10", testable=False),
    ]
    report = replace(leaked, items=pa.Table.from_pylist(rows, ITEM_SCHEMA))
    matches_golden(junit.render(report, Sheet()), "leaked.xml")
