"""The page of a self-test: numbers with what they are out of, and what they mean."""

from __future__ import annotations

import json

import pytest

from leakcheck.report.pages.selftest import render_json, render_page
from leakcheck.selftest.outcomes import Outcome
from leakcheck.selftest.records import BenchmarkResult, SelfTest, SideResult, row_of

OWN = Outcome(True, True, False, False, False)
SIBLING = Outcome(False, True, False, True, False)
OTHER = Outcome(False, False, True, True, False)
MISSED = Outcome(False, False, False, False, False)
VARIANT = Outcome(False, False, False, False, True)


def result(**changes) -> SelfTest:
    test = SideResult(
        "test",
        1000,
        3,
        7,
        2,
        100,
        [
            row_of("in the middle", "copied", True, [OWN] * 100),
            row_of("question and choices", "copied", False, []),
            row_of("question alone", "copied", False, [OWN] * 40 + [MISSED] * 10),
            row_of("HTML", "dressed", False, [OWN] * 99 + [MISSED]),
            row_of("typos", "edited", False, [OWN] * 80 + [SIBLING] * 4 + [MISSED] * 16),
            row_of("other names", "edited", False, [OWN] * 30 + [MISSED] * 20),
            row_of("typos in Greek", "edited", False, [MISSED]),
            row_of("other numbers", "variant", False, [OWN] * 2 + [VARIANT] * 60 + [MISSED] * 28),
        ],
    )
    other = SideResult(
        "other", 50, 0, 0, 0, 50, [row_of("in the middle", "copied", True, [OWN] * 49 + [OTHER])]
    )
    benchmark = {
        "name": "riddles",
        "documents": 2000,
        "already_test": 1,
        "already": 4,
        "sides": [test, other],
        "broken": [],
    }
    return SelfTest("1.2.3", 0, ["corpus"], None, [BenchmarkResult(**{**benchmark, **changes})])


def flat(page: str) -> str:
    return " ".join(page.split())


def test_a_row_has_its_counts_and_its_interval():
    page = flat(render_page(result(), 80))
    assert "planted own item its split other missed 95 %" in page
    assert "typos 100 80 84 0 16 76-90" in page
    assert "in the middle 50 49 49 1 0 90-100" in page


@pytest.mark.parametrize(
    "said",
    [
        "3 whose text is not at hand, 7 with too little text to be found at all, 2 with the same",
        "test items were found in 1 of 2,000 of your documents (95 %: under 0.01 % to 0.28 %)",
        "items of other splits in 3 more. They may be true",
        "of 90 test items so changed 2 were called test leakage, 60 were named as a variant",
        "An item that was not planted was named in 5 of 451 documents.",
        "all 100, wherever they stood, were found. With their question alone: 40 of 50 found.",
        "Written down in another way: 99 of 100 found.",
        "Of 100 that were edited by rule, without their answer, 75 would be found; fewest with "
        "“other names”: 30 of 50.",
        "Items of other splits were called test leakage in 1 of 50 documents.",
        "nor what has too little text: 7 test items.",
    ],
    ids=lambda said: said[:24],
)
def test_the_page_says(said):
    assert said in flat(render_page(result(), 80))


def test_what_no_item_allowed_has_no_row():
    assert "question and choices" not in render_page(result(), 80)


def test_other_numbers_stand_among_the_false_positives_alone():
    table, _, below = render_page(result(), 80).partition("False positives")
    assert "other numbers" not in table
    assert "other numbers" in below


def test_a_broken_promise_is_said_in_place_of_a_kept_one():
    assert "as the docs promise" in render_page(result(), 80)
    page = render_page(result(broken=["test items: 3 of 9 found"]), 80)
    assert "FAILED  test items: 3 of 9 found" in page
    assert "as the docs promise" not in page


def test_a_benchmark_of_test_items_alone_has_one_table():
    (test, other) = result().benchmarks[0].sides
    empty = SideResult("other", 0, 0, 0, 0, 0, [])
    page = render_page(result(sides=[test, empty]), 80)
    assert "Test items  " in page
    assert "Items of other splits  " not in page
    assert "were called test leakage in" not in page
    assert other.drawn


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_page_keeps_to_the_width(width):
    page = render_page(result(), width)
    assert max(map(len, page.splitlines())) <= max(width, 80)


def test_json_has_all_the_numbers():
    document = json.loads(render_json(result()))
    assert document["schema"] == "leakcheck/selftest/1"
    assert document["tool"] == {"name": "leakcheck", "version": "1.2.3"}
    (benchmark,) = document["benchmarks"]
    assert benchmark["sides"][0]["rows"][4] | {"low": 0, "high": 0} == {
        "change": "typos",
        "group": "edited",
        "promised": False,
        "planted": 100,
        "own_item": 80,
        "own_split": 84,
        "other_split": 0,
        "missed": 16,
        "unplanted": 4,
        "variants": 0,
        "low": 0,
        "high": 0,
    }
