"""BigCode: the whole prompt or solution, in lower case."""

from __future__ import annotations

import pytest

PROMPT = "def Lift(crane):\n    '''Return how many crates the crane lifts.'''"
SOLUTION = "    return crane.arms * crane.crates_an_arm"
ITEMS = {"test/0": {"question": PROMPT, "code": SOLUTION}}


@pytest.mark.parametrize(
    "document",
    [PROMPT[:-1], PROMPT.replace("    ", "\t"), "crane.arms * crane.crates_an_arm"],
    ids=["all but the end", "other white space", "a part of the solution"],
)
def test_what_is_no_copy(document, flagged):
    assert flagged("bigcode", ITEMS, [document]) == []


@pytest.mark.parametrize(
    "document",
    [f"# copied\n{PROMPT}\n    pass", PROMPT.upper(), f"def other(crane):\n{SOLUTION}\n"],
    ids=["the prompt", "in capitals", "the solution alone"],
)
def test_what_is_a_copy(document, flagged):
    assert flagged("bigcode", ITEMS, [document]) == ["test/0"]


def test_a_short_text_is_not_decided(flagged):
    assert flagged("bigcode", {"test/0": "print(1)"}, ["print(1)"]) == []
