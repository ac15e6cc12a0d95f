"""Changes: what is planted of an item, and what is left out of it."""

from __future__ import annotations

from random import Random

import pytest

from leakcheck.selftest.changes import CHANGES

ITEM = {
    "question": "When the bell rings, how many has each of the 12 monks? Then Ole leaves.",
    "choices": "four\nfive",
    "answer": "five loaves of rye",
}
BARE = {"question": "Say it."}


def made(fields):
    return {change.name: change.make(fields, Random(0)) for change in CHANGES}


def test_no_two_changes_have_the_same_name():
    assert len({change.name for change in CHANGES}) == len(CHANGES)


def test_only_copies_of_the_whole_item_are_promised():
    texts = made(ITEM)
    promised = [change for change in CHANGES if change.promised]
    assert promised
    assert all(change.group == "copied" for change in promised)
    assert {texts[change.name] for change in promised} == {"\n".join(ITEM.values())}


@pytest.mark.parametrize(
    "name", [change.name for change in CHANGES if change.group in ("edited", "variant")]
)
def test_an_edited_question_never_has_the_answer_beside_it(name):
    text = made(ITEM)[name]
    assert text is None or "rye" not in text


def test_a_question_that_is_all_of_the_item_is_planted_once():
    texts = made(BARE)
    assert texts["question alone"] is None
    assert texts["question and choices"] is None
    assert texts["in the middle"] == "Say it."


def test_another_problem_keeps_the_wording_alone():
    text = made(ITEM)["other numbers"]
    assert "12" not in text and "monks" in text and "four" not in text
