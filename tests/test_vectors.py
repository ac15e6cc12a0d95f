"""Single instructions do what the plain line of Python does that they stand for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.compiled import kernel
from leakcheck.vectors import load_eight, prefetch, trailing_zeros


@kernel
def loaded(data, index):
    return load_eight(data, index)


@kernel
def zeros(number):
    return trailing_zeros(number)


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


def test_what_is_fetched_ahead_is_not_changed():
    assert fetched(np.arange(9), 7) == 7
