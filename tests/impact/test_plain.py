"""Plain results: JSON lines and CSV with item and score."""

from __future__ import annotations

import pytest

from leakcheck.impact.reading import read_results
from leakcheck.impact.results import ScoreName

SCORE = ScoreName("", "score")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tiny.csv", "item,score\ntest/0,1\ntest/1,0.5\n"),
        ("tiny.tsv", "item\tscore\ntest/0\ttrue\ntest/1\t0.5\n"),
        ("tiny.jsonl", '{"item": "test/0", "score": true}\n{"item": "test/1", "score": 0.5}\n'),
        ("tiny.json", '[{"item": "test/0", "score": 1}, {"item": "test/1", "score": 0.5}]'),
    ],
)
def test_rows_have_an_item_and_a_score(tmp_path, name, text):
    (tmp_path / name).write_text(text, "utf-8")
    [results] = read_results(tmp_path / name)
    assert results.model == "tiny"
    assert [each.id for each in results.documents] == ["test/0", "test/1"]
    assert results.scores == {SCORE: {0: [1.0], 1: [0.5]}}


def test_models_and_tasks_are_kept_apart(tmp_path):
    path = tmp_path / "all.csv"
    path.write_text("item,score,model,task\n0,1,a,x\n0,0,b,x\n1,1,a,x\n0,1,a,y\n", "utf-8")
    told = [(each.model, each.task, len(each.documents)) for each in read_results(path)]
    assert told == [("a", "x", 2), ("b", "x", 1), ("a", "y", 1)]


def test_a_question_beside_is_the_text_of_the_document(tmp_path):
    path = tmp_path / "tiny.csv"
    path.write_text("question,score\nWhy is it so?,1\n", "utf-8")
    [results] = read_results(path)
    assert results.documents[0].passages == (("question", "Why is it so?"),)


def test_rows_without_an_item_or_a_score_are_told(tmp_path):
    path = tmp_path / "tiny.csv"
    path.write_text("item,score\n0,1\n1,\n,1\n2,good\n", "utf-8")
    [results] = read_results(path)
    assert [each.row for each in results.problems] == [1, 2, 3]
    assert len(results.documents) == 1
