"""Gathering: results to scores of items, and what is said of what was left out."""

from __future__ import annotations

import random

import pytest

from leakcheck.choosing import choose
from leakcheck.corpus.shapes import passages_of
from leakcheck.errors import ResultsError
from leakcheck.impact.gathering import Choice, gather
from leakcheck.impact.results import Document, ScoreName, TaskResults
from leakcheck.impact.tasks import TaskName
from leakcheck.impact.texts import look_with

DEMO = {"demo": dict.fromkeys([f"test/{n}" for n in range(24)], "not_found")}
TWO = {**DEMO, "other": {"test/0": "not_found"}}
ACC = ScoreName("", "acc")


@pytest.fixture(scope="module")
def look():
    return look_with(choose(["demo"]), DEMO)


@pytest.fixture
def run_of(rows):
    """Results of the demo's rows in some order, the first of them called 0."""

    def make(order, *, texts=True, task="demo", path="m/a.jsonl", score=ACC) -> TaskResults:
        documents = [
            Document(str(n), tuple(passages_of(rows[place])) if texts else ())
            for n, place in enumerate(order)
        ]
        scores = {score: {n: [float(place % 2)] for n, place in enumerate(order)}}
        return TaskResults(path, "tiny", task, 0, documents, scores, [])

    return make


PLANTED = {f"test/{n}": float(n % 2) for n in range(24)}


def test_rows_in_their_order_are_joined_by_id_without_a_word(run_of, look):
    told = gather([run_of(range(24))], DEMO, Choice(), look=look)
    assert told.scored[0].scores == PLANTED
    assert told.scored[0].joined_by == {"id": 24}
    assert told.notes == []
    assert told.seen[0].ids is None


def test_shuffled_rows_are_joined_by_their_text_and_told(run_of, look):
    order = list(range(24))
    random.Random(1).shuffle(order)
    told = gather([run_of(order)], DEMO, Choice(), look=look)
    assert told.scored[0].scores == PLANTED
    assert told.scored[0].joined_by == {"text": 24}
    assert "ids are not places in the split of demo: 24 of 24 documents" in told.notes[0]
    assert told.seen[0].ids == {f"test/{place}": [n] for n, place in enumerate(order)}


def test_ids_that_no_text_confirms_are_told(run_of):
    told = gather([run_of(range(24), texts=False)], DEMO, Choice())
    assert told.scored[0].scores == PLANTED
    assert told.notes == ["m/a.jsonl: joined to demo by id alone: no text confirms it"]


def test_where_packs_are_missing_no_text_confirms_ids(run_of):
    told = gather([run_of(range(24))], DEMO, Choice())
    assert told.scored[0].scores == PLANTED
    assert told.notes == ["m/a.jsonl: joined to demo by id alone: no text confirms it"]


def test_a_few_texts_that_are_not_known_are_told(run_of, look):
    documents = [Document(str(n), (("question", f"What is {n}?"),)) for n in range(4)]
    results = TaskResults("a.jsonl", "tiny", "demo", 0, documents, {ACC: {0: [1.0]}}, [])
    told = gather([results], DEMO, Choice(), look=look)
    assert told.notes == ["a.jsonl: joined to demo by id; no text is known as an item"]


def test_texts_tell_the_benchmark_where_the_task_does_not(run_of, look):
    told = gather([run_of(range(24), task="sums")], TWO, Choice(), look=look)
    assert told.scored[0].bench == "demo"


def test_a_task_that_nothing_tells_the_benchmark_of_is_refused_with_a_way(run_of):
    results = run_of(range(24), texts=False, task="sums")
    with pytest.raises(ResultsError, match=r"left out: .* \(demo, other\); --task demo=sums would"):
        gather([results], TWO, Choice())
    told = gather([results], TWO, Choice(), named=[TaskName("demo", "sums")])
    assert told.scored[0].bench == "demo"


def test_the_name_of_a_file_serves_where_no_task_is_named(run_of):
    results = run_of(range(24), texts=False, task="", path="runs/demo.csv")
    assert gather([results], TWO, Choice()).scored[0].bench == "demo"


def test_a_metric_that_no_file_has_is_refused_with_those_there_are(run_of):
    with pytest.raises(ResultsError, match=r"a\.jsonl: left out: it has only acc"):
        gather([run_of(range(24))], DEMO, Choice(metric="f1"))


def test_a_file_without_the_metric_is_left_out_beside_one_that_has_it(run_of):
    other = run_of(range(24), path="m/b.jsonl", task="demo_b", score=ScoreName("", "f1"))
    told = gather([run_of(range(24)), other], DEMO, Choice(metric="f1"))
    assert [each.paths for each in told.scored] == [("m/b.jsonl",)]
    assert told.notes[0] == "m/a.jsonl: left out: it has only acc"


def test_documents_of_another_benchmark_are_refused(run_of, look):
    documents = [
        Document(str(n), (("question", f"Who lit lamp {n} of the harbour wall?"),))
        for n in range(24)
    ]
    results = TaskResults("a.jsonl", "tiny", "demo", 0, documents, {ACC: {0: [1.0]}}, [])
    with pytest.raises(ResultsError, match="none of the 24 documents"):
        gather([results], DEMO, Choice(), look=look)
