"""Closeness: a distribution over items, and what is read from it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.benchmark.closeness import COPY_SHARE, closeness_of

SIMILARITY = st.integers(0, 50).map(lambda step: step / 50)
SIMILARITIES = st.lists(SIMILARITY, min_size=1, max_size=300)


def closeness(*similarities: float):
    return closeness_of(np.array(similarities, np.float32), tokens=7)


def test_without_items_there_is_no_distribution():
    found = closeness()
    assert (found.items, found.copied, found.percentiles) == (0, 0, [])
    assert found.share_above(0.5) == 0


def test_what_is_as_similar_is_not_above():
    assert closeness(0.5, 0.5).share_above(0.5) == 0


def test_what_just_misses_a_copy_is_none():
    assert closeness(COPY_SHARE - 0.01, COPY_SHARE + 0.01).copied == 1


def test_quantiles_lie_between_items():
    assert [closeness(0.0, 1.0).quantile(percent) for percent in (0, 25, 100)] == [0, 0.25, 1]


@given(SIMILARITIES)
def test_a_tenth_or_less_is_above_the_last_tenth(similarities):
    found = closeness(*similarities)
    assert found.share_above(found.quantile(90)) <= 0.1


@given(SIMILARITIES, SIMILARITY)
def test_the_share_above_is_that_of_the_items_to_a_step_between_two(similarities, mark):
    counted = np.mean(np.array(similarities) > mark)
    slack = 0.011 + 2 / len(similarities)
    assert closeness(*similarities).share_above(mark) == pytest.approx(counted, abs=slack)
