"""Llama 2, appendix A.6: tokens in runs of more than 10, a budget of four, four classes."""

from __future__ import annotations

import pytest

from leakcheck.presets.criteria.llama2 import PRESET

from ..conftest import text, words

ITEM = words(40)


def changed(*places: int) -> str:
    """The item with other words at some places."""
    return text([f"{word}x" if at in places else word for at, word in enumerate(ITEM)])


@pytest.mark.parametrize(
    ("document", "contaminated"),
    [
        (text(ITEM[:10]), 0),
        (text(ITEM[:10], words(1, 300)), 0),
        (changed(*range(5, 40, 6)), 0),
        (changed(9, 19, 29, 39), 0),
    ],
    ids=[
        "ten tokens are not longer than ten",
        "a mismatch at the end adds nothing",
        "no ten alike",
        "a mismatch among the first ten",
    ],
)
def test_what_is_not_contaminated(document, contaminated, scores):
    assert scores("llama2", {"test/0": text(ITEM)}, [document])["test/0"] == contaminated / 40


@pytest.mark.parametrize(
    ("document", "contaminated"),
    [
        (text(ITEM[:11]), 11),
        (changed(10), 39),
        (changed(10, 12, 14, 16), 36),
        (changed(10, 12, 14, 16, 18), 35),
        (changed(10, 39), 38),
        (text(ITEM), 40),
    ],
    ids=[
        "eleven tokens",
        "ten, one that differs, and the rest",
        "four that differ",
        "a fifth ends the span, and another begins behind it",
        "no mismatch at the end",
        "the whole item",
    ],
)
def test_what_is_contaminated(document, contaminated, scores):
    share = scores("llama2", {"test/0": text(ITEM)}, [document])["test/0"]
    assert share == pytest.approx(contaminated / 40)


def test_a_fifth_that_differs_ends_a_span(scores):
    # Behind the fifth there are nine tokens: too few to begin another span.
    document = changed(10, 15, 20, 25, 30)
    assert scores("llama2", {"test/0": text(ITEM)}, [document])["test/0"] == 26 / 40


@pytest.mark.parametrize(
    ("share", "classes"),
    [
        (0.0, {"clean", "not dirty"}),
        (0.199, {"clean", "not dirty"}),
        (0.2, {"not clean", "not dirty"}),
        (0.799, {"not clean", "not dirty"}),
        (0.8, {"not clean", "dirty"}),
        (1.0, {"not clean", "dirty"}),
    ],
)
def test_the_four_classes_overlap(share, classes):
    assert {each.name for each in PRESET.grades if each.least <= share < each.below} == classes


def test_the_answer_is_part_of_the_sample(scores):
    item = {"question": text(ITEM[:20]), "answer": text(ITEM[20:])}
    assert scores("llama2", {"test/0": item}, [text(ITEM[15:30])])["test/0"] == 15 / 40


def test_a_span_goes_on_into_the_next_field_of_a_record(scores):
    item = {"question": text(ITEM[:6]), "answer": text(ITEM[6:20])}
    record = {"prompt": text(ITEM[:6]), "response": text(ITEM[6:20])}
    assert scores("llama2", {"test/0": item}, [record])["test/0"] == 1.0
