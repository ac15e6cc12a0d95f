"""Intervals: the published examples, and what they cover in simulations."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.impact.intervals import Term, combination, wilson, z_score

MEANS = st.floats(0.0, 1.0)
COUNTS = st.integers(1, 5000)


@given(MEANS, COUNTS)
def test_a_score_interval_holds_its_mean_and_stays_from_0_to_1(mean, count):
    interval = wilson(mean, count)
    assert -1e-12 <= interval.low <= mean <= interval.high <= 1 + 1e-12


@given(MEANS, COUNTS)
def test_the_interval_of_one_mean_is_its_score_interval(mean, count):
    assert combination([Term(1.0, mean, count)]) == pytest.approx(wilson(mean, count))


@given(MEANS, COUNTS, MEANS, COUNTS)
def test_a_difference_the_other_way_round_is_the_same_with_its_sign_changed(one, m, other, n):
    there = combination([Term(1, one, m), Term(-1, other, n)])
    back = combination([Term(-1, one, m), Term(1, other, n)])
    assert (-back.estimate, -back.high, -back.low) == pytest.approx(tuple(there))


@pytest.mark.parametrize(
    ("one", "m", "other", "n", "low", "high"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (5, 56, 0, 29, -0.0381, 0.1926),
        (10, 10, 0, 10, 0.6075, 1.0000),
    ],
)
def test_differences_are_those_that_newcombe_gives_for_his_method_10(one, m, other, n, low, high):
    interval = combination([Term(1, one / m, m), Term(-1, other / n, n)])
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("leaked", "clean", "leaked_right", "clean_right"),
    [(1000, 300, 0.9, 0.5), (12, 1300, 0.95, 0.6), (30, 130, 0.5, 0.3), (20, 20, 0.6, 0.1)],
)
def test_19_of_20_intervals_cover_the_difference(leaked, clean, leaked_right, clean_right):
    random = np.random.default_rng(5)
    draws = 2000
    ones = random.binomial(leaked, leaked_right, draws) / leaked
    others = random.binomial(clean, clean_right, draws) / clean
    covered = 0
    for one, other in zip(ones.tolist(), others.tolist(), strict=True):
        interval = combination([Term(1, one, leaked), Term(-1, other, clean)])
        covered += interval.low <= leaked_right - clean_right <= interval.high
    assert 0.93 <= covered / draws <= 0.99


def test_intervals_of_scores_in_between_are_at_least_as_wide_as_a_bootstrap_makes_them():
    random = np.random.default_rng(9)
    scores = random.beta(3, 2, 200)
    means = scores[random.integers(0, 200, (4000, 200))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    interval = wilson(float(scores.mean()), 200)
    assert interval.low <= low
    assert high <= interval.high


@pytest.mark.parametrize(
    ("mean", "count", "all_mean", "deviation", "expected"),
    [(0.7, 100, 0.6, 0.5, 2.0), (0.5, 25, 0.6, 0.5, -1.0), (0.6, 10, 0.6, 0.2, 0.0)],
)
def test_z_is_in_standard_errors_of_the_subset(mean, count, all_mean, deviation, expected):
    assert z_score(mean, count, all_mean, deviation) == pytest.approx(expected)


def test_scores_that_are_all_the_same_have_no_z():
    assert z_score(1.0, 10, 1.0, 0.0) is None


def test_z_varies_as_a_standard_normal_over_samples():
    random = np.random.default_rng(2)
    samples = random.binomial(400, 0.3, 4000) / 400
    z = [z_score(float(mean), 400, 0.3, math.sqrt(0.21)) for mean in samples]
    assert np.mean(z) == pytest.approx(0.0, abs=0.05)
    assert np.std(z) == pytest.approx(1.0, abs=0.05)
