"""s1, lm-evaluation-harness and HELM: one n-gram is enough; what differs is n and the text."""

from __future__ import annotations

import pytest

from ..conftest import text, words

ITEM = {"question": text(words(30)), "answer": text(words(30, 100))}
CRITERIA = pytest.mark.parametrize(("preset", "n"), [("s1", 8), ("lm-eval", 13), ("helm", 13)])


@CRITERIA
def test_one_word_less_is_clean(preset, n, flagged):
    document = text(words(4, 300), words(n - 1, 3), words(4, 310))
    assert flagged(preset, {"test/0": ITEM}, [document]) == []


@CRITERIA
def test_one_ngram_of_the_question_is_enough(preset, n, flagged):
    document = text(words(4, 300), words(n, 3), words(4, 310))
    assert flagged(preset, {"test/0": ITEM}, [document]) == ["test/0"]


@pytest.mark.parametrize(("preset", "items"), [("s1", []), ("lm-eval", []), ("helm", ["test/0"])])
def test_only_helm_looks_at_the_references(preset, items, flagged):
    assert flagged(preset, {"test/0": ITEM}, [text(words(30, 100))]) == items


def test_helm_looks_at_input_and_references_apart(flagged):
    item = {"question": text(words(10)), "answer": text(words(10, 10))}
    assert flagged("helm", {"test/0": item}, [text(words(20))]) == []


def test_punctuation_is_deleted_as_the_janitor_does(flagged):
    dirty = ",, ".join(words(13, 3)).upper()
    assert flagged("lm-eval", {"test/0": ITEM}, [f"!{dirty}!!"]) == ["test/0"]


def test_the_same_text_in_another_split_is_flagged_too(flagged):
    items = {"train/0": text(words(30)), "test/0": text(words(15), words(15, 200))}
    assert flagged("lm-eval", items, [text(words(30))]) == ["train/0", "test/0"]
