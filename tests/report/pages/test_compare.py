"""Two runs compared, for people and for programs."""

from __future__ import annotations

import json

import pytest

from leakcheck.report import Sheet
from leakcheck.report.pages.compare import compare_page
from leakcheck.report.pages.compare_json import SCHEMA, compare_json
from leakcheck.run.comparison import BenchmarkChange, Comparison, FindingChange, ItemChange
from leakcheck.run.drift import Drift

STILL = BenchmarkChange("riddles", "leaked", "leaked", 12, 12, 1300, 36, 36, 7006)
SAME = Comparison([], [], [STILL], [], [], [], [])
OTHER = Comparison(
    settings=[
        Drift("leakcheck", "1.2.3", "1.3.0"),
        Drift("pack of riddles", "00ff", "11ee"),
        Drift("question field", "", "ask"),
    ],
    coverage=[Drift("documents", 33_443, 40_000)],
    benchmarks=[
        STILL,
        BenchmarkChange("sums", "in_distribution", "leaked", 0, 5, 1319, 7473, 7473, 7473),
        BenchmarkChange("facts", None, "clean", None, 0, 14_042, None, 0, 1816),
    ],
    newly_leaked=[ItemChange("sums", f"test/{n}", "not found", "near") for n in range(12)],
    no_longer_leaked=[ItemChange("riddles", "test/9", "near", "accepted")],
    other_kind=[ItemChange("riddles", "test/4", "near", "verbatim")],
    findings=[
        FindingChange("00c0ffee00c0ffee", "sums", "test/1", "test", "near", 0, 1),
        FindingChange("00c0ffee00c0ffef", "riddles", "test/9", "test", "near", 2, 0),
        FindingChange("00c0ffee00c0fff0", "riddles", "train/9", "train", "verbatim", 1, 1200),
    ],
)


def test_two_runs_that_are_the_same_are_one_line():
    page = compare_page(SAME, Sheet(80))
    assert page == "The same: settings, what was read, verdicts and findings.\n"


@pytest.mark.parametrize("width", [80, 120])
def test_looks_as_in_the_golden_files(width, matches_golden):
    matches_golden(compare_page(OTHER, Sheet(width)), f"compared_{width}.txt")


def test_settings_that_differ_come_before_anything_else():
    lines = compare_page(OTHER, Sheet(80)).splitlines()
    assert "made in different ways" in lines[0]
    labels = [line.strip() for line in lines if line.startswith("  ") and line[2] != " "]
    assert labels[0].startswith("Settings")


def test_json_has_all_of_it(matches_golden):
    text = compare_json(OTHER)
    matches_golden(text, "compared.json")
    told = json.loads(text)
    assert (told["schema"], told["same"]) == (SCHEMA, False)
    assert len(told["newly_leaked"]) == 12  # the page names ten


def test_json_of_two_runs_that_are_the_same_says_so():
    assert json.loads(compare_json(SAME))["same"] is True


def test_a_match_that_is_no_more_than_chance_gives_stands_with_its_verdict():
    match = [ItemChange("facts", "test/9", "not found", "near")]
    chance = Comparison([], [], OTHER.benchmarks, match, [], [], [])
    assert "facts test/9: not found -> near (facts is CLEAN)" in compare_page(chance, Sheet(80))


def test_hostile_names_are_escaped():
    hostile = Comparison([Drift("paths", "a", "b\x1b[31m")], [], [], [], [], [], [])
    assert "\x1b" not in compare_page(hostile, Sheet(80))
