"""The page of an impact: sentences, tables, and what must be said beside a number."""

from __future__ import annotations

import json

import msgspec
import pytest

from leakcheck.impact.bounds import Bounds
from leakcheck.impact.intervals import Interval
from leakcheck.impact.matching import Matched
from leakcheck.impact.measures import Mean, Measures, ZScores
from leakcheck.impact.records import (
    BenchmarkImpact,
    Impact,
    Overlap,
    ReportedScore,
    ScoreImpact,
)
from leakcheck.impact.results import Problem
from leakcheck.report.pages import impact as impact_page
from leakcheck.report.pages import impact_json
from leakcheck.report.pages.impact_notes import notes_on_score
from leakcheck.report.pages.impact_words import score_sentence

GAIN = Interval(0.002, -0.001, 0.0045)
MATCHED = Matched(3, 4, 11, 1308, Interval(0.2, -0.1, 0.5), Interval(0.0017, -0.001, 0.0042), 0.02)
MEASURES = Measures(
    all=Mean(1319, 0.614),
    clean=Mean(1308, 0.612),
    clean_tested=Mean(1307, 0.6125),
    leaked=Mean(11, 0.9),
    by_class={
        "verbatim": Mean(8, 1.0),
        "near": Mean(3, 0.6667),
        "untestable": Mean(1, 0.0),
        "not_found": Mean(1307, 0.6125),
    },
    gain=GAIN,
    z=ZScores(0.1, -0.1, 2.1, -0.1, 2.2),
)
SCORE = ScoreImpact(
    model="org__tiny",
    tasks=["riddles"],
    filter="strict-match",
    metric="exact_match",
    paths=["a.jsonl"],
    standing="credible",
    measures=MEASURES,
    matched=MATCHED,
    joined_by={"id": 1319},
    without_result=0,
    unjoined=2,
    without_score=1,
    repeated=4,
    differing=1,
)
BENCHMARK = BenchmarkImpact(
    bench="riddles",
    verdict="leaked",
    reason="test items are in the corpus",
    items=1319,
    leaked=11,
    by_class={"verbatim": 8, "near": 3, "untestable": 1, "not_found": 1307},
    max_inflation_points=1100 / 1319,
    in_distribution="easy",
    overlap=[Overlap("train", 70, 7473)],
    standing="credible",
    scores=[SCORE],
    reported=None,
)
IMPACT = Impact(
    tolerance_points=1.0,
    benchmarks=[BENCHMARK],
    without_results=["quiz"],
    problems=[Problem("a.jsonl", 7, "not JSON")],
    notes=["a.jsonl: joined to riddles by id alone: no text confirms it"],
)


def changed(record, **changes):
    return msgspec.structs.replace(record, **changes)


def with_score(**changes) -> ScoreImpact:
    return changed(SCORE, **changes)


def sentence(**changes) -> str:
    return score_sentence("riddles", with_score(**changes))


def page(benchmark=BENCHMARK, width=80, **options) -> str:
    return impact_page.render(changed(IMPACT, benchmarks=[benchmark]), width, **options)


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("width", [80, 120])
def test_the_page_looks_as_it_should(matches_golden, width):
    matches_golden(page(width=width), f"impact_{width}.txt")


def test_the_document_has_all_of_it(matches_golden):
    matches_golden(impact_json.render(IMPACT), "impact.json")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_page(width):
    assert max(map(len, page(width=width).splitlines())) <= width


def test_colour_only_where_it_is_asked_for():
    assert "\x1b" not in page()
    assert "\x1b[1;32mCREDIBLE" in page(colour=True)


def test_a_model_cannot_command_the_terminal():
    told = page(changed(BENCHMARK, scores=[with_score(model="\x1b[2Jevil")]))
    assert "\x1b" not in told


def test_the_sentence_names_the_score_to_report():
    assert sentence() == (
        "riddles: report 61.2 (clean: 1,308 of 1,319 items) beside 61.4; the leak changes it by an "
        "estimated 0.20 points [-0.10, 0.45]; credible."
    )


def test_what_rounds_to_nothing_has_no_sign():
    told = sentence(measures=changed(MEASURES, gain=Interval(-0.00001, -0.001, 0.001)))
    assert "0.00 points [-0.10, 0.10]" in told
    assert "-0.00" not in told


@pytest.mark.parametrize(
    ("standing", "end"),
    [
        ("not_credible", "; not credible."),
        ("undecided", "; whether the score on all items is credible is undecided."),
    ],
)
def test_the_sentence_says_how_the_score_stands(standing, end):
    assert sentence(standing=standing).endswith(end)


def test_the_sentence_of_a_score_without_leaked_items():
    own = changed(MEASURES, leaked=Mean(0, None), gain=Interval(0.0, 0.0, 0.0))
    assert sentence(measures=own) == (
        "riddles: report 61.4 (1,319 items): none of the items with a result is leaked; credible."
    )


def test_the_sentence_of_a_score_of_leaked_items_alone():
    own = changed(MEASURES, clean=Mean(0, None), gain=None)
    assert "there is no clean score to report" in sentence(measures=own, standing="not_credible")


def test_small_numbers_and_what_was_left_out_are_said():
    assert notes_on_score(BENCHMARK, SCORE) == [
        "Caution, small numbers: only 11 leaked items with a result.",
        "Without the 1 untestable item, which no scan could find, the clean score is 61.3 "
        "(1,307 items).",
        "Left out, as no test item of the run: 2 documents.",
        "Without this score: 1 document.",
        "4 items with more than one result, 1 of 4 different; the mean counts.",
    ]


def test_others_that_are_far_better_are_not_relied_on():
    far = changed(MATCHED, others_above=0.3)
    told = flat(page(changed(BENCHMARK, scores=[with_score(matched=far)])))
    assert "Not relied on: the others are 30.0 points above on clean items." in told


def test_too_few_items_to_match_are_said():
    few = Matched(1, 0, 3, 40, None, None, 0.0)
    told = flat(page(changed(BENCHMARK, scores=[with_score(matched=few)])))
    assert "Matched by difficulty (1 other model): too few items, 3 leaked items and 40" in told


def test_overlap_is_to_be_declared_with_what_it_means():
    assert (
        "In-distribution overlap to be declared: train 70 of 7,473 items. Easy in distribution"
        in flat(page())
    )
    assert "overlap" not in page(changed(BENCHMARK, overlap=[]))


def test_an_inconclusive_run_says_so():
    told = changed(BENCHMARK, verdict="inconclusive", reason="too little was read")
    assert "The run is inconclusive (too little was read): more items may be leaked" in flat(
        page(told)
    )


def test_without_results_the_items_are_counted_by_class():
    told = page(changed(BENCHMARK, scores=[], standing="undecided"))
    assert "verbatim 8, near 3, untestable 1, not found 1,307." in flat(told)
    assert "results item by item tell: --results" in flat(told)


@pytest.mark.parametrize(
    ("reported", "said"),
    [
        (ReportedScore(0.83, Bounds(0.8286, 0.837), "credible"), "from 82.9 to 83.7; credible."),
        (ReportedScore(0.83, Bounds(0.1, 1.0), "undecided"), "credible or not is undecided."),
        (ReportedScore(0.83, None, "not_credible"), "every item is leaked"),
    ],
)
def test_a_reported_score_has_its_bounds(reported, said):
    assert said in flat(page(changed(BENCHMARK, scores=[], reported=reported)))


def test_only_the_first_places_that_were_not_used_are_named():
    problems = [Problem("a.jsonl", row, "not JSON") for row in range(8)]
    told = impact_page.render(changed(IMPACT, problems=problems), 80)
    assert "Not used  8 places in the results" in told
    assert "and 3 more: --output-format json" in told


def test_the_document_names_what_tuples_hold():
    told = json.loads(impact_json.render(IMPACT))
    score = told["benchmarks"][0]["scores"][0]
    assert told["schema"] == "leakcheck/impact/1"
    assert score["measures"]["gain"] == GAIN._asdict()
    assert told["benchmarks"][0]["overlap"] == [{"split": "train", "matched": 70, "items": 7473}]
    assert score["sentence"] == sentence()
