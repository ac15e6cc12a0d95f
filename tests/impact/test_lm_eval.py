"""Samples of lm-evaluation-harness: names from the path, scores by filter and metric."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakcheck.impact.lm_eval import is_sample, model_and_task
from leakcheck.impact.reading import read_results
from leakcheck.impact.results import ScoreName


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/org__tiny/samples_gsm8k_2026-01-02T03-04-05.678901.jsonl", ("org__tiny", "gsm8k")),
        ("a/m/samples_mmlu_anatomy_2026-01-02T03-04-05.678901.jsonl", ("m", "mmlu_anatomy")),
        ("a/m/samples_gsm8k.jsonl", ("m", "gsm8k")),
        ("a/m/tiny.jsonl", ("tiny", "")),
    ],
)
def test_the_path_names_model_and_task(path, expected):
    assert model_and_task(Path(path)) == expected


@pytest.mark.parametrize("record", [None, [], {"item": 1, "score": 1}, {"doc_id": 1}])
def test_what_has_no_document_and_metrics_is_no_sample(record):
    assert not is_sample(record)


def test_each_filter_is_a_score_of_its_own_of_the_same_documents(sample, write_samples):
    lines = [
        sample(0, 1.0, filter="strict"),
        sample(1, 0.0, filter="strict"),
        sample(0, 1.0, filter="flexible"),
        sample(1, 1.0, filter="flexible"),
    ]
    [results] = read_results(write_samples(lines))
    assert (results.model, results.task, results.first_id) == ("org__tiny", "demo", 0)
    assert [each.id for each in results.documents] == ["0", "1"]
    assert results.documents[0].passages == (("question", "Invented question 0?"),)
    assert results.scores == {
        ScoreName("strict", "exact_match"): {0: [1.0], 1: [0.0]},
        ScoreName("flexible", "exact_match"): {0: [1.0], 1: [1.0]},
    }


def test_metrics_keep_their_order_and_those_that_are_no_number_are_left_out(sample, write_samples):
    line = sample(0, 1, metrics=["ppl", "acc", "acc_norm"], ppl=[1.0, 2], acc=True, acc_norm=0.5)
    [results] = read_results(write_samples([line]))
    assert results.scores == {
        ScoreName("", "acc"): {0: [1.0]},
        ScoreName("", "acc_norm"): {0: [0.5]},
    }


def test_a_document_that_was_run_twice_has_two_scores(sample, write_samples):
    [results] = read_results(write_samples([sample(0, 1.0), sample(0, 0.0)]))
    assert results.scores == {ScoreName("", "exact_match"): {0: [1.0, 0.0]}}


def test_broken_lines_and_lines_without_a_score_are_told(sample, write_samples):
    lines = [sample(0, 1.0), '{"doc_id": 1', {"other": 1}, sample(3, float("nan"))]
    [results] = read_results(write_samples(lines))
    assert [(each.row, each.reason) for each in results.problems] == [
        (1, "not JSON"),
        (2, "no line of samples: no doc_id or metrics"),
        (3, "none of its metrics is a number"),
    ]
