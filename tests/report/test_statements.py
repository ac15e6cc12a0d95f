"""What is said in plain sentences: every number with what it is out of."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from leakcheck.report.statements import (
    accepted_sentence,
    coverage_sentences,
    leakage_sentence,
    notes_of,
    overlap_sentence,
    scanned_sentence,
    verdict_sentence,
)
from leakcheck.verdict.records import IndexReport


@pytest.fixture
def benchmarks(five_benchmarks):
    return {each.name: each for each in five_benchmarks.benchmarks}


def test_what_was_not_found_is_counted_too(benchmarks):
    assert leakage_sentence(benchmarks["sums"]) == "0 of 1,319 test items were found."


def test_without_overlap_nothing_is_said_of_it(benchmarks):
    assert overlap_sentence(benchmarks["facts"]) == ""


def test_without_accepted_findings_nothing_is_said_of_them(benchmarks):
    assert accepted_sentence(benchmarks["riddles"]) == ""


def test_a_leaked_score_is_not_called_in_distribution(benchmarks):
    assert "must be declared" not in overlap_sentence(benchmarks["riddles"])


def test_in_distribution_is_to_be_declared(benchmarks):
    assert overlap_sentence(benchmarks["sums"]) == (
        "Items of other splits were found: 7,473 of 7,473 of train (100 %). Scores on the test "
        "split are in-distribution and must be declared as such. Easy in distribution: such "
        "training data alone raises the score."
    )


def test_the_verdict_comes_with_its_reason(benchmarks):
    assert verdict_sentence(benchmarks["brackets"]) == (
        "INCONCLUSIVE: 42% of the test items have too little text to be found."
    )


def test_accepted_findings_come_with_the_verdict_they_hide(make):
    benchmark = make.benchmark(accepted=2, verdict_with_accepted="leaked")
    assert accepted_sentence(benchmark) == (
        "2 findings were accepted by a baseline or an allow-list and not counted; with them the "
        "verdict would be LEAKED."
    )


def test_what_is_taken_for_chance_is_told_beside_what_was_accepted(make):
    benchmark = make.benchmark(by_chance=1)
    told = "1 finding is not counted: more as good are expected by chance than --max-expected "
    assert accepted_sentence(benchmark) == f"{told}allows."
    both = make.benchmark(by_chance=1, accepted=2, verdict_with_accepted="leaked")
    assert accepted_sentence(both).endswith(f"would be LEAKED. {told}allows.")


def test_coverage_says_what_was_not_read_and_what_cannot_be_found(five_benchmarks):
    assert coverage_sentences(five_benchmarks) == [
        "2 places not read in full: 12.0 kB of 10.4 MB (0.12 %).",
        "3 of 1,300 test items of riddles have too little text to be found.",
        "120 of 14,042 test items of facts have too little text to be found.",
        "105 of 250 test items of brackets have too little text to be found.",
    ]


def test_a_scan_of_one_field_says_so(make):
    report = make.report()
    settings = msgspec.structs.replace(report.settings, text_field="data.text")
    told = coverage_sentences(replace(report, settings=settings))
    assert "Only the field data.text of each record was looked at." in told


def test_an_index_is_named_with_its_scale(make):
    report = make.report()
    index = IndexReport("corpus.lki", 4, 20, 3)
    asked = replace(report, corpus=msgspec.structs.replace(report.corpus, index=index))
    assert scanned_sentence(asked) == (
        "leakcheck 1.2.3 asked an index of 33,443 documents in 16 files (10.4 MB) at scale 4, and "
        "looked at 20 documents again, 3 of them by fingerprints alone."
    )


def test_notes_say_all_that_a_score_needs(five_benchmarks, benchmarks):
    assert notes_of(benchmarks["riddles"], five_benchmarks) == (
        "1288/1300 test items not found in the training data (leaked); 3 cannot be found; "
        "in-distribution: 36 items of other splits in training; 2 places not read; "
        "leakcheck 1.2.3, pack 00ff"
    )


def test_accepted_items_are_not_called_absent(make):
    benchmark = make.benchmark(accepted=2, verdict_with_accepted="leaked")
    assert leakage_sentence(benchmark) == "0 of 1,300 test items were found and counted."
    assert notes_of(benchmark, make.report([benchmark])) == (
        "1300/1300 test items clean but for 2 accepted findings (clean; leaked with them); "
        "leakcheck 1.2.3, pack 00ff"
    )


def test_notes_of_a_clean_benchmark_are_short(make):
    benchmark = make.benchmark()
    assert notes_of(benchmark, make.report([benchmark])) == (
        "1300/1300 test items not found in the training data (clean); leakcheck 1.2.3, pack 00ff"
    )
