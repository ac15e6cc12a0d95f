"""Words in camel case among 64 bytes: found by bits, as by reading letter by letter."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.compiled import kernel
from leakcheck.text.camel_case import find_camel_case, is_camel_case


@kernel
def found(turns, capitals, small):
    return find_camel_case(turns, capitals, small)


@kernel
def is_one(data, start, end):
    return is_camel_case(data, start, end)


def bits(places):
    return np.uint64(sum(1 << place for place in places))


def first_letters(text):
    """Return where words in camel case start that end before the 64th byte."""
    capitals = bits(place for place, char in enumerate(text) if char.isupper())
    small = bits(place for place, char in enumerate(text) if char.islower())
    starts = int(found(capitals & (small << np.uint64(1)), capitals, small))
    return [place for place in range(64) if starts >> place & 1]


@pytest.mark.parametrize(
    "word",
    ["kites", "Kites", "KITES", "HTTPServer", "iPhone", "aB", "kiteS", "kItes", "hT", "fooBarB"],
)
def test_is_not_in_camel_case(word):
    assert first_letters(f"a {word} b") == []


@pytest.mark.parametrize("word", ["hasItem", "HasItem", "fooBarBaz", "isAre"])
def test_is_in_camel_case(word):
    assert first_letters(f"a {word} b") == [2]


def test_a_word_that_may_go_on_behind_the_last_byte_is_left():
    assert first_letters(" " * 57 + "hasItem") == []
    assert first_letters(" " * 56 + "hasItem ") == [56]


@given(st.text("abAB ", max_size=63))
@settings(max_examples=500)
def test_does_what_reading_letter_by_letter_does(text):
    data = np.frombuffer(f"{text} ".encode(), np.uint8)
    expected, start = [], 0
    for word in text.split(" "):
        turns = any(one.islower() and two.isupper() for one, two in pairwise(word))
        if turns and is_one(data, start, start + len(word)):
            expected.append(start)
        start += len(word) + 1
    assert first_letters(text + " ") == expected
