"""Deciding: which rewrites are told, and which need more to be told by."""

from __future__ import annotations

import pytest

from leakcheck.benchmark.card import FIELDS as FIELD_NAMES
from leakcheck.detection import resolve
from leakcheck.detection.catalogue import load_catalogue
from leakcheck.detection.deciding import may_be_decided

STORY = (
    "The glazier of Tarbrook cuts 347 panes for the orangery on Monday and 19 panes for the "
    "belfry on Friday. How many panes does the glazier cut in the week?"
)
REWORDED = (
    "On Monday a glazier from Tarbrook cuts 347 panes for an orangery, and on Friday 19 more "
    "for a belfry. What is the number of panes cut in that week?"
)
CHOICES = "the walnut sapling\nthe juniper hedge\nthe willow by the weir\nthe thicket of bramble"
FIELDS = {"question": ["question"], "choices": ["choices"]}
CODE_FIELDS = {"question": ["question"], "code": ["code"], "context": ["context"]}
TASK = {
    "question": "Write a function to find the tonnage of barges by their draught.",
    "code": "def tonnage(draughts):\n    return [37 * draught - 11 for draught in draughts]",
    "context": "assert tonnage([4, 9, 13]) == [137, 322, 470]\n"
    "assert tonnage([61, 72]) == [2246, 2653]\nassert tonnage([88]) == [3245]",
}
TESTS = TASK["context"].replace("assert", "").replace("tonnage", "capacity")
SHORT = "Who keeps the walnut windmill?"
MISSPELT = "Writ a functon to find the tonnage of barges by ther draught."


def kinds(found) -> list[str]:
    return [each.kind for each in found]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(REWORDED.replace("347", "58").replace("19", "206"), id="other-numbers"),
        pytest.param(
            "The glazier of Tarbrook was paid on Friday for the panes of the orangery.",
            id="the-same-things",
        ),
        pytest.param("It costs 347 on Monday and 19 on Friday.", id="the-same-numbers"),
    ],
)
def test_another_text_is_not_told(find, make_benchmark, text):
    assert find([text], make_benchmark({"test/0": STORY})) == []


def test_a_question_in_other_words_is_told(find, make_benchmark):
    assert kinds(find([REWORDED], make_benchmark({"test/0": STORY}))) in (["near"], ["rewritten"])


def test_without_its_choices_it_needs_its_numbers(find, make_benchmark):
    without = STORY.replace("347", "many").replace("19", "other")
    reworded = REWORDED.replace("347", "many").replace("19", "other")
    asked = {"question": without, "choices": CHOICES}
    made = make_benchmark({"test/0": asked}, fields=FIELDS)
    assert find([reworded], made) == []
    assert len(find([f"{reworded}\n{CHOICES}"], made)) == 1


def test_a_question_that_a_copy_could_not_be_told_by_is_not_told_in_other_words(
    find, make_benchmark
):
    made = make_benchmark({"test/0": "Which magpie keeps the lantern?"})
    assert find(["Which magpie has the lantern kept?"], made) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(MISSPELT, id="the-task-misspelt"),
        pytest.param(TESTS, id="the-tests-alone"),
        pytest.param(f"Feed the geese at dawn.\n{TESTS}", id="the-tests-of-something-else"),
    ],
)
def test_a_task_is_not_told_by(find, make_benchmark, text):
    assert find([text], make_benchmark({"test/0": TASK}, fields=CODE_FIELDS)) == []


def test_a_task_is_told_by_its_tests_beside_it(find, make_benchmark):
    made = make_benchmark({"test/0": TASK}, fields=CODE_FIELDS)
    (finding,) = find([f"{MISSPELT}\n{TESTS}"], made)
    assert "context" in finding.fields


def test_a_context_that_is_to_be_read_tells_nothing(find, make_benchmark):
    without_code = {field: TASK[field] for field in ("question", "context")}
    made = make_benchmark({"test/0": without_code}, fields=CODE_FIELDS)
    assert find([f"{MISSPELT}\n{TESTS}"], made) == []


@pytest.fixture(scope="module")
def shop(make_benchmark):
    return load_catalogue([make_benchmark({"test/0": STORY})])


def scores_of(question: float, choices: float = 0.0) -> list[float]:
    return [{"question": question, "choices": choices}.get(field, 0.0) for field in FIELD_NAMES]


@pytest.mark.parametrize(
    ("question", "contained"),
    [(-20.0, 0.1), (30.0, 0.3), (64.0, 0.49)],
)
def test_little_evidence_is_never_enough(shop, question, contained):
    assert not may_be_decided(0, scores_of(question), contained, shop)


@pytest.mark.parametrize(
    ("question", "choices", "contained"),
    [
        pytest.param(200.0, 0.0, 0.3, id="much-evidence"),
        pytest.param(40.0, 200.0, 0.3, id="in-its-choices"),
        pytest.param(30.0, 0.0, 0.5, id="what-may-stand-there-word-by-word"),
    ],
)
def test_it_may_be_enough(shop, question, choices, contained):
    assert may_be_decided(0, scores_of(question, choices), contained, shop)


def test_what_is_passed_over_would_not_have_been_told(find, make_benchmark, monkeypatch):
    words = REWORDED.split()
    texts = [" ".join(words[first:last]) for first in range(12) for last in range(14, 30)]
    texts += [SHORT]
    made = make_benchmark({"test/0": STORY, "train/0": SHORT})
    found = find(texts, made)
    passed_over = []

    def kept(item, field_scores, contained, catalogue):
        if not may_be_decided(item, field_scores, contained, catalogue):
            passed_over.append(item)
        return True

    monkeypatch.setattr(resolve, "may_be_decided", kept)
    assert find(texts, made) == found
    assert passed_over
    assert found
