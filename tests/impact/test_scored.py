"""Scored items: which scores are chosen, how several results of an item are counted."""

from __future__ import annotations

import pytest

from leakcheck.errors import ResultsError
from leakcheck.impact.joining import Joined
from leakcheck.impact.results import Document, ScoreName, TaskResults
from leakcheck.impact.scored import Scored, chosen_scores, merged, scored_items

ACC = ScoreName("", "acc")


def results(scores, **changes) -> TaskResults:
    told = {"path": "a.jsonl", "model": "tiny", "task": "demo", "first_id": 0, "problems": []}
    places = max((place for own in scores.values() for place in own), default=0)
    documents = [Document(str(n)) for n in range(places + 1)]
    return TaskResults(**{**told, "documents": documents, "scores": scores, **changes})


def scored(model="tiny", task="demo", name=ACC, **scores) -> Scored:
    items = {f"test/{item[1:]}": score for item, score in scores.items()}
    return Scored("demo", model, (task,), name, items, (f"{task}.jsonl",), {"id": len(items)})


def by_id(*items) -> Joined:
    return Joined(list(items), {"id": len(items)}, 0, 0, 0)


NAMES = {
    ScoreName("strict", "em"): {},
    ScoreName("strict", "f1"): {},
    ScoreName("loose", "em"): {},
}


@pytest.mark.parametrize(
    ("filter_name", "metric", "expected"),
    [
        (None, None, [("strict", "em"), ("loose", "em")]),
        ("strict", None, [("strict", "em")]),
        (None, "f1", [("strict", "f1")]),
        ("loose", "f1", []),
        (None, "acc", []),
    ],
)
def test_each_filter_has_its_first_metric_unless_one_is_named(filter_name, metric, expected):
    assert chosen_scores(results(NAMES), filter_name, metric) == expected


def test_no_filter_is_called_as_the_harness_calls_it():
    assert chosen_scores(results({ACC: {}}), "none", None) == [ACC]


def test_what_is_left_out_is_counted():
    own = results({ACC: {0: [1.0], 1: [0.0], 3: [1.0]}})
    told = scored_items(own, by_id("test/0", "test/0", "test/2", None), "demo", ACC)
    assert told.scores == {"test/0": 0.5}
    assert (told.unjoined, told.without_score, told.repeated, told.differing) == (1, 1, 1, 1)


@pytest.mark.parametrize("score", [-0.1, 1.01, 57.0])
def test_a_score_out_of_range_is_refused_with_what_else_there_is(score):
    own = results({ACC: {0: [score], 1: [0.5]}, ScoreName("", "em"): {0: [1.0]}})
    with pytest.raises(ResultsError, match=r"scores from 0 to 1 are needed; --metric may name em"):
        scored_items(own, by_id("test/0", "test/1"), "demo", ACC)


def test_tasks_of_different_items_are_parts_of_one_score():
    [told] = merged([scored(task="quiz_law", i0=1.0, i1=0.0), scored(task="quiz_art", i2=1.0)])
    assert told.tasks == ("quiz_law", "quiz_art")
    assert len(told.scores) == 3


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(scored(task="demo_cot", i0=0.0, i1=0.0), id="a task of the same items"),
        pytest.param(scored(model="big", i0=0.0), id="another model"),
        pytest.param(scored(name=ScoreName("", "em"), i0=0.0), id="another metric"),
    ],
)
def test_other_scores_stay_apart(other):
    assert len(merged([scored(i0=1.0, i1=1.0), other])) == 2


def test_a_second_file_of_the_same_task_is_averaged_and_counted():
    [told] = merged([scored(i0=1.0, i1=1.0), scored(i0=0.0, i1=1.0)])
    assert told.scores == {"test/0": 0.5, "test/1": 1.0}
    assert (told.repeated, told.differing) == (2, 1)
