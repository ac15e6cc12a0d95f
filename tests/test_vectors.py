"""Single instructions do what the plain line of Python does that they stand for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.compiled import kernel
from leakcheck.vectors import (
    STACK_NUMBERS,
    between,
    leading_zeros,
    load_eight,
    prefetch,
    stack_numbers,
    trailing_zeros,
)


@kernel
def loaded(data, index):
    return load_eight(data, index)


@kernel
def zeros(number):
    return trailing_zeros(number)


@kernel
def zeros_above(number):
    return leading_zeros(number)


@kernel
def bits_between(data, index, low, high):
    return between(data, index, low, high)


@kernel
def added_on_the_stack(numbers):
    first, second = stack_numbers(), stack_numbers()
    for place in range(len(numbers)):
        first[place] = numbers[place]
        second[len(first) - 1 - place] = numbers[place]
    total = np.uint64(0)
    for place in range(len(numbers)):
        total += first[place] ^ second[len(first) - 1 - place]
    return total, len(first), first[len(numbers) - 1]


@kernel
def fetched(array, index):
    prefetch(array, index)
    return array[index]


@given(st.binary(min_size=8, max_size=40), st.data())
@settings(deadline=None)
def test_eight_bytes_are_one_number_wherever_they_stand(data, draw):
    index = draw.draw(st.integers(0, len(data) - 8))
    expected = int.from_bytes(data[index : index + 8], "little")
    assert int(loaded(np.frombuffer(data, np.uint8), index)) == expected


@pytest.mark.parametrize(
    ("number", "expected"), [(0, 64), (1, 0), (2, 1), (0x8000, 15), (1 << 63, 63), (6, 1)]
)
def test_trailing_zeros_are_counted(number, expected):
    assert zeros(np.uint64(number)) == expected


@pytest.mark.parametrize(
    ("number", "expected"), [(0, 64), (1, 63), (2, 62), (0x8000, 48), (1 << 63, 0), (6, 61)]
)
def test_leading_zeros_are_counted(number, expected):
    assert zeros_above(np.uint64(number)) == expected


def test_what_is_fetched_ahead_is_not_changed():
    assert fetched(np.arange(9), 7) == 7


@given(st.binary(min_size=64, max_size=90), st.integers(0, 255), st.integers(0, 255), st.data())
@settings(deadline=None)
def test_a_bit_tells_of_each_of_64_bytes_if_it_is_between_two(data, one, other, draw):
    index = draw.draw(st.integers(0, len(data) - 64))
    low, high = min(one, other), max(one, other)
    expected = sum((low <= data[index + place] <= high) << place for place in range(64))
    assert int(bits_between(np.frombuffer(data, np.uint8), index, low, high)) == expected


def test_arrays_on_the_stack_hold_what_is_written_and_do_not_overlap():
    numbers = np.arange(1, STACK_NUMBERS + 1, dtype=np.uint64) << np.uint64(40)
    assert added_on_the_stack(numbers) == (0, STACK_NUMBERS, STACK_NUMBERS << 40)
