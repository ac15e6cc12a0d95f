"""Differences: what is said of a passage beside its item, and what is not."""

from __future__ import annotations

import numpy as np
import pytest

from leakcheck.detection.alignment import Alignment, order_of
from leakcheck.detection.differences import capitals_of, changes_of
from leakcheck.detection.odds import Question
from leakcheck.text.tokens import tokenise

QUESTION = (
    "Yesterday the glazier Odalys cut 14 panes for the orangery and 9 panes for the belfry, "
    "and Odalys sold 6 of them. How many panes were left?"
)


def question_of(text: str) -> Question:
    hashes = tokenise(text).hashes
    codes, numbers = (hashes & 0xFFFF).astype(np.uint16), hashes >= 1 << 31
    weights = np.full(len(codes), 12.0, np.float32)
    return Question(codes, numbers, weights, weights)


def changes(passage: str, *, verbatim: bool = False, question: str = QUESTION) -> list[str]:
    own = question_of(question)
    hashes, starts, ends = tokenise(passage)
    codes, numbers = (hashes & 0xFFFF).astype(np.uint16), hashes >= 1 << 31
    aligned = Alignment(order_of(own.codes, codes), 0, len(passage), codes, numbers, starts, ends)
    capitals = capitals_of(aligned, memoryview(passage.encode()))
    return changes_of(own, aligned, capitals, verbatim=verbatim)


@pytest.mark.parametrize(
    "passage",
    [
        pytest.param(QUESTION, id="itself"),
        pytest.param(QUESTION.upper(), id="capitals"),
        pytest.param(QUESTION.replace(",", ";"), id="punctuation"),
    ],
)
def test_nothing_is_said_of(passage):
    assert changes(passage, verbatim=True) == []


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        pytest.param(QUESTION.replace("14", "31"), ["numbers"], id="a-number"),
        pytest.param(QUESTION.replace("Odalys", "Ermintrude"), ["names"], id="a-name"),
        pytest.param(
            "How many panes were left? Yesterday the glazier Odalys cut 14 panes for the orangery "
            "and 9 panes for the belfry, and Odalys sold 6 of them.",
            ["reordered"],
            id="the-question-first",
        ),
        pytest.param(
            QUESTION.replace("glazier", "craftsman").replace("orangery", "greenhouse"),
            ["reworded"],
            id="other-words",
        ),
        pytest.param(
            QUESTION + " It was a cold and windy week in the middle of a long winter.",
            ["extended"],
            id="more",
        ),
        pytest.param(QUESTION.partition(", and")[0] + " left?", ["shortened"], id="less"),
    ],
)
def test_says_what_differs(passage, expected):
    assert set(expected) <= set(changes(passage))


@pytest.mark.parametrize(
    "passage",
    [
        pytest.param(QUESTION.replace("Odalys", "she"), id="a-name-left-out"),
        pytest.param(QUESTION.replace("Odalys", "Ermintrude", 1), id="only-one-of-two-places"),
        pytest.param(QUESTION.replace("glazier", "plumber"), id="a-thing"),
        pytest.param(QUESTION.replace("Odalys", "Ermintrude").title(), id="a-headline"),
    ],
)
def test_no_other_name_is_claimed(passage):
    assert "names" not in changes(passage)


def test_what_is_not_verbatim_always_differs_in_something():
    almost = QUESTION.replace("glazier", "plumber")
    assert changes(almost, verbatim=True) == []
    assert changes(almost) == ["reworded"]
    swapped = QUESTION.replace(
        "orangery and 9 panes for the belfry", "belfry and 9 panes for the orangery"
    )
    assert changes(swapped, verbatim=True) == []
    assert changes(swapped) == ["reordered"]
