"""Families: connected items, named after the first of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.calibration.families import families


def grouped(items: int, pairs: list[tuple[int, int]]) -> list[int]:
    first, second = (np.array([pair[n] for pair in pairs], np.int32) for n in range(2))
    return families(items, first, second).tolist()


@pytest.mark.parametrize(
    ("items", "pairs", "expected"),
    [
        pytest.param(0, [], [], id="no-items"),
        pytest.param(3, [], [0, 1, 2], id="no-kin"),
        pytest.param(3, [(1, 1)], [0, 1, 2], id="kin-of-itself"),
        pytest.param(3, [(2, 0)], [0, 1, 0], id="named-after-the-first"),
        pytest.param(4, [(0, 1), (1, 0), (0, 1)], [0, 0, 2, 3], id="told-more-than-once"),
        pytest.param(5, [(3, 4), (1, 2)], [0, 1, 1, 3, 3], id="two-families"),
        pytest.param(5, [(3, 4), (2, 3), (1, 2)], [0, 1, 1, 1, 1], id="chain-told-backwards"),
        pytest.param(4, [(0, 1), (2, 3), (3, 0)], [0, 0, 0, 0], id="two-families-joined-late"),
    ],
)
def test_families(items, pairs, expected):
    assert grouped(items, pairs) == expected


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=15))
def test_a_family_is_all_that_can_be_reached(pairs):
    reached = [{item} for item in range(10)]
    for _ in range(10):
        for one, other in pairs:
            together = reached[one] | reached[other]
            for item in together:
                reached[item] = reached[item] | together
    assert grouped(10, pairs) == [min(each) for each in reached]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=15), st.randoms())
def test_the_order_of_pairs_does_not_matter(pairs, chance):
    shuffled = [pair[::-1] if chance.random() < 0.5 else pair for pair in pairs]
    chance.shuffle(shuffled)
    assert grouped(10, shuffled) == grouped(10, pairs)
