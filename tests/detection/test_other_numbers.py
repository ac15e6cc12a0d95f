"""Other numbers: a passage that is an item but for its numbers, and those that are not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.detection.other_numbers import has_symbols
from leakcheck.text.symbols import symbol_hash
from leakcheck.text.tokens import tokenise

QUESTION = "A kite costs 12 coins, and its tail (-3) more. What do 40 kites cost?"


def stands_in(question: str, text: str, passage: tuple[int, int] | None = None) -> bool:
    codes = (tokenise(question).hashes & np.uint32(0xFFFF)).astype(np.uint16)
    data = text.encode()
    span = passage or (0, len(data))
    return has_symbols(symbol_hash(question), codes, span, tokenise(text), memoryview(data))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(QUESTION.replace("-3", "+3"), id="another-sign"),
        pytest.param(QUESTION.replace("coins", "shells"), id="another-word"),
        pytest.param(QUESTION.replace("(-5)", "-5").replace("(-3)", "-3"), id="no-brackets"),
        pytest.param(QUESTION.replace("12 coins", "coins"), id="a-number-less"),
        pytest.param("", id="nothing"),
    ],
)
def test_anything_but_a_number_is_another_text(text):
    assert not stands_in(QUESTION, text)


def test_the_place_of_a_neighbour_is_not_the_passage():
    other = QUESTION.replace("-3", "+3")
    assert not stands_in(QUESTION, f"{other} {QUESTION}", (0, len(other)))
    assert stands_in(QUESTION, f"{other} {QUESTION}", (len(other) + 1, 2 * len(other) + 1))


def test_a_question_of_nothing_stands_nowhere():
    assert not stands_in("", QUESTION)


@given(st.lists(st.integers(0, 9999), min_size=3, max_size=3), st.booleans())
def test_any_whole_numbers_may_stand_in_their_place(numbers, with_dressing):
    first, second, third = numbers
    text = f"a kite costs {first} coins, and its tail (-{second}) more. What do {third} kites cost"
    text = f"**{text}**, please?" if with_dressing else text
    assert stands_in(QUESTION, text)
