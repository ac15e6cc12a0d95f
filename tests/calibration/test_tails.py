"""Tails: an exponential is recovered from its sample, and too small a sample borrows a decay."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.benchmark.calibration import Tail
from leakcheck.calibration.tails import FEWEST_EXCESSES, POOLED_DECAY, fit_tail


def sample(decay: float, count: int, start: float = 40.0, seed: int = 7) -> np.ndarray:
    """Draw scores that grow rarer by a factor of 2^decay a bit."""
    scale = 1 / (decay * math.log(2))
    drawn = np.random.default_rng(seed).exponential(scale, count)
    return (start + drawn).astype(np.float32)


@pytest.mark.parametrize("count", [0, 1, 5, FEWEST_EXCESSES - 1])
def test_too_few_scores_borrow_the_pooled_decay(count):
    tail = fit_tail(sample(0.3, count), 1000)
    assert (tail.decay, tail.observed) == (POOLED_DECAY, count)


def test_no_score_at_all_counts_as_one():
    assert fit_tail(np.zeros(0, np.float32), 1000).rate(0.0) == pytest.approx(1 / 1000)


def test_few_scores_give_their_rate_where_they_are():
    scores = np.array([50.0, 60.0, 70.0], np.float32)
    assert fit_tail(scores, 1000).rate(50.0) == pytest.approx(3 / 1000)


def test_scores_that_are_all_the_same_have_a_steep_tail_and_not_an_infinite_one():
    tail = fit_tail(np.full(100, 55.0, np.float32), 1000)
    assert POOLED_DECAY < tail.decay < 2
    assert tail.rate(55.0) == pytest.approx(50 / 1000)


@pytest.mark.parametrize("decay", [0.03, 0.1, 0.3])
@pytest.mark.parametrize("count", [100, 400, 5000])
def test_the_decay_of_an_exponential_is_recovered(decay, count):
    # The standard error is one over the root of the number of excesses: half of them, at most 200.
    error = 1 / math.sqrt(min(200, count // 2))
    assert fit_tail(sample(decay, count), 10 * count).decay == pytest.approx(decay, rel=3 * error)


@pytest.mark.parametrize("decay", [0.03, 0.1, 0.3])
def test_the_rate_of_an_exponential_is_recovered(decay):
    tail = fit_tail(sample(decay, 5000), 50_000)
    bits = 40 + 7 / decay  # where 1 score in 128 is
    assert tail.rate(bits) == pytest.approx(0.1 / 128, rel=0.25)


def test_only_the_upper_part_tells_of_the_tail():
    low = np.random.default_rng(3).uniform(40, 50, 5000).astype(np.float32)
    high = sample(0.1, 400, start=50.0)
    tail = fit_tail(np.concatenate([low, high]), 10_000)
    assert tail.decay == pytest.approx(0.1, rel=0.25)


@given(st.integers(20, 400), st.integers(0, 10))
def test_the_order_of_scores_does_not_matter(count, seed):
    scores = sample(0.1, count, seed=seed)
    shuffled = np.random.default_rng(seed).permutation(scores)
    assert fit_tail(scores, 10_000) == fit_tail(shuffled, 10_000)


@given(st.floats(-30, 0), st.floats(0.01, 1), st.floats(1e-9, 0.5))
def test_the_score_at_a_rate_has_that_rate(log2_rate, decay, rate):
    tail = Tail(log2_rate, decay, 100)
    assert tail.rate(tail.bits_at(rate)) == pytest.approx(rate)
