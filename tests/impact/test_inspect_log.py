"""Logs of inspect_ai: both forms of file, epochs, letters for scores, logs that were cut off."""

from __future__ import annotations

import json
import zipfile

import pytest

from leakcheck.errors import ResultsError
from leakcheck.impact.inspect_log import score_of
from leakcheck.impact.reading import read_results
from leakcheck.impact.results import ScoreName

HEADER = {"version": 2, "status": "success", "eval": {"task": "demo", "model": "mock/model"}}
ZIP_ZSTANDARD = 93
MATCH = ScoreName("", "match")


def sample(number, value, epoch=1, **changes):
    told = {"id": number, "epoch": epoch, "input": f"Question {number}?", "target": "1"}
    return {**told, "scores": {"match": {"value": value}}, **changes}


@pytest.mark.parametrize(
    ("value", "expected"),
    [("C", 1.0), ("I", 0.0), ("P", 0.5), ("N", 0.0), ("Yes", 1.0), (True, 1.0), (0.3, 0.3)],
)
def test_values_stand_for_scores(value, expected):
    assert score_of(value) == expected


@pytest.mark.parametrize("value", [float("nan"), None, [1.0], {"a": 1}, "unclear"])
def test_what_is_no_score_is_none(value):
    assert score_of(value) is None


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, ZIP_ZSTANDARD])
def test_an_eval_file_is_read_from_its_summaries(write_eval, compression):
    members = {"summaries.json": [sample(1, "C"), sample(2, "I")], "header.json": HEADER}
    [results] = read_results(write_eval(members, compression))
    assert (results.model, results.task, results.first_id) == ("mock/model", "demo", None)
    assert [each.id for each in results.documents] == ["1", "2"]
    assert results.documents[0].passages == (("input", "Question 1?"),)
    assert results.scores == {MATCH: {0: [1.0], 1: [0.0]}}


@pytest.mark.parametrize(
    "members",
    [
        {"_journal/summaries/1.json": [sample(1, "C")], "_journal/start.json": HEADER},
        {"samples/1_epoch_1.json": sample(1, "C"), "header.json": HEADER},
    ],
    ids=["from the journal", "from the samples"],
)
def test_an_eval_file_that_was_cut_off_is_read_as_far_as_it_goes(write_eval, members):
    [results] = read_results(write_eval(members))
    assert results.scores == {MATCH: {0: [1.0]}}


def test_a_json_log_is_the_same(tmp_path):
    path = tmp_path / "log.json"
    path.write_text(json.dumps(HEADER | {"samples": [sample("a", "P")]}), "utf-8")
    [results] = read_results(path)
    assert results.documents[0].id == "a"
    assert results.scores == {MATCH: {0: [0.5]}}


def test_the_epochs_of_a_sample_are_averaged_without_those_that_have_no_score(write_eval):
    samples = [sample(1, "C", 1), sample(1, "I", 2), sample(1, float("nan"), 3), sample(2, "C", 1)]
    [results] = read_results(write_eval({"summaries.json": samples, "header.json": HEADER}))
    assert results.scores == {MATCH: {0: [0.5], 1: [1.0]}}
    assert [each.reason for each in results.problems] == ["sample 1 has no score"]


def test_every_scorer_and_every_part_of_a_score_has_its_name(write_eval):
    scores = {"judge": {"value": {"style": 0.5, "truth": "C"}}, "match": {"value": "I"}}
    members = {"summaries.json": [sample(1, "C", scores=scores)], "header.json": HEADER}
    [results] = read_results(write_eval(members))
    assert [name.metric for name in results.scores] == ["judge/style", "judge/truth", "match"]


def test_chat_messages_and_choices_are_the_text_of_a_sample(write_eval):
    chat = [{"role": "system", "content": "Answer."}, {"role": "user", "content": "Why?"}]
    members = {
        "summaries.json": [sample(1, "C", input=chat, choices=["So", "Thus"])],
        "header.json": HEADER,
    }
    [results] = read_results(write_eval(members))
    texts = [text for _, text in results.documents[0].passages]
    assert texts == ["Answer.", "Why?", "So", "Thus"]


@pytest.mark.parametrize(
    "members",
    [{"other.json": []}, {"header.json": {"version": 2}, "summaries.json": []}],
    ids=["no log", "no header"],
)
def test_another_zip_is_refused(write_eval, members):
    with pytest.raises(ResultsError, match=r"log\.eval: not a log of inspect_ai"):
        read_results(write_eval(members))


def test_a_damaged_zip_is_refused(write_eval, tmp_path):
    path = write_eval({"summaries.json": [sample(1, "C")], "header.json": HEADER})
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(ResultsError, match="damaged"):
        read_results(path)
