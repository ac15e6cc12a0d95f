"""Clean samples: what `lm_eval --samples` is given."""

from __future__ import annotations

import pytest

from leakcheck.errors import UsageError
from leakcheck.impact.clean_samples import SeenTask, clean_samples
from leakcheck.impact.tasks import TaskName

FLAT = {"demo": {"test/2": "not_found", "test/1": "near", "test/10": "variant", "test/0": "shared"}}
QUIZ = {"quiz": {"test/law/0": "not_found", "test/law/1": "verbatim", "test/art/0": "untestable"}}


def test_ids_are_those_that_are_not_leaked_in_ascending_order():
    assert clean_samples(FLAT).ids == {"demo": [0, 2, 10]}


def test_a_subset_is_a_task():
    assert clean_samples(QUIZ).ids == {"quiz_law": [0], "quiz_art": [0]}


def test_a_task_without_clean_items_is_not_listed_since_the_harness_would_run_all_of_it():
    told = clean_samples({"demo": {"test/0": "near"}})
    assert (told.ids, told.all_leaked) == ({}, ["demo"])


def test_the_user_names_tasks():
    assert clean_samples(FLAT, [TaskName("demo", "sums")]).ids == {"sums": [0, 2, 10]}
    named = [TaskName("quiz", "q_{subset}_v2")]
    assert clean_samples(QUIZ, named).ids == {"q_law_v2": [0], "q_art_v2": [0]}


@pytest.mark.parametrize(
    ("classes", "task"), [(FLAT, "demo_{subset}"), (QUIZ, "quiz")], ids=["too much", "missing"]
)
def test_a_name_stands_for_one_subset(classes, task):
    with pytest.raises(UsageError, match="subset"):
        clean_samples(classes, [TaskName(next(iter(classes)), task)])


def test_tasks_that_were_run_are_named_as_they_were():
    seen = [SeenTask("demo", "demo_cot", None), SeenTask("demo", "demo_short", None)]
    ids = [0, 2, 10]
    assert clean_samples(FLAT, (), seen).ids == {"demo_cot": ids, "demo_short": ids}
    assert clean_samples(QUIZ, (), [SeenTask("quiz", "my_law", None)]).ids == {"my_law": [0]}


def test_a_task_whose_ids_are_no_places_has_its_own_ids():
    seen = [SeenTask("demo", "shuffled", {"test/2": [7, 3], "test/1": [0], "test/10": [5]})]
    assert clean_samples(FLAT, (), seen).ids == {"shuffled": [3, 5, 7]}
