"""Chance: how probable as many matches as good are in text without any leak."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.benchmark.calibration import Tail
from leakcheck.verdict.verdict import CERTAIN, DOUBTFUL, chance_of, poisson_tail

TAIL = Tail(log2_rate=-2.0, decay=0.1, observed=100)
TAILS = st.builds(Tail, st.floats(-20, 0), st.floats(0.01, 0.5), st.just(100))
BITS = st.lists(st.floats(70, 400), max_size=12)


def given_by(tail: Tail, documents: int):
    """Return how many of so many documents match with at least some bits."""
    return lambda bits: documents * tail.rate(bits)


def exact_tail(count: int, mean: Fraction) -> float:
    """Sum the terms of the Poisson distribution as fractions; e alone is not exact."""
    below = sum((mean**k / math.factorial(k) for k in range(count)), Fraction(0))
    terms, k = Fraction(0), count
    while k < count + 200:
        terms += mean**k / math.factorial(k)
        k += 1
    return float(terms / (below + terms))


@pytest.mark.parametrize(
    ("count", "mean", "probability"),
    [
        pytest.param(0, 0.0, 1.0, id="none-is-certain"),
        pytest.param(0, 5.0, 1.0, id="at-least-none-is-certain"),
        pytest.param(1, 0.0, 0.0, id="any-where-none-can-be"),
        pytest.param(3, -1.0, 0.0, id="a-mean-below-0-is-0"),
        pytest.param(1, 1e-300, 1e-300, id="next-to-never"),
        pytest.param(1, 1000.0, 1.0, id="nearly-always"),
    ],
)
def test_extremes_of_the_poisson_tail(count, mean, probability):
    assert poisson_tail(count, mean) == pytest.approx(probability)


@pytest.mark.parametrize("count", [1, 2, 3, 5, 10, 30])
@pytest.mark.parametrize("mean", ["1/1000", "1/10", "1", "3", "10", "29"])
def test_the_poisson_tail_is_the_sum_of_its_terms(count, mean):
    exact = exact_tail(count, Fraction(mean))
    assert poisson_tail(count, float(Fraction(mean))) == pytest.approx(exact, rel=1e-9)


@given(st.integers(1, 60), st.floats(1e-6, 50))
def test_the_poisson_tail_falls_with_the_count_and_rises_with_the_mean(count, mean):
    probability = poisson_tail(count, mean)
    assert 0 <= probability <= 1
    assert poisson_tail(count + 1, mean) <= probability + 1e-12
    assert poisson_tail(count, mean * 1.5) >= probability - 1e-12


@given(st.integers(1, 40), st.floats(1e-3, 30))
def test_neighbouring_poisson_tails_differ_by_one_term(count, mean):
    term = math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
    difference = poisson_tail(count, mean) - poisson_tail(count + 1, mean)
    assert difference == pytest.approx(term, rel=1e-6, abs=1e-12)


def test_nothing_found_is_certain():
    assert chance_of([], given_by(TAIL, 10**9), 70.0) == 1.0


def test_ten_vague_matches_in_many_documents_are_chance():
    assert chance_of([72.0] * 10, given_by(TAIL, 50_000), 70.0) > DOUBTFUL


def test_one_very_good_match_is_not():
    assert chance_of([400.0], given_by(TAIL, 50_000), 70.0) < CERTAIN


def test_many_matches_that_one_alone_would_not_prove_are_not():
    assert chance_of([150.0], given_by(TAIL, 1000), 70.0) > CERTAIN
    assert chance_of([150.0] * 5, given_by(TAIL, 1000), 70.0) < CERTAIN


@given(BITS, TAILS, st.integers(1, 10**7))
@settings(deadline=None)
def test_chance_is_a_probability(bits, tail, documents):
    assert 0.0 <= chance_of(bits, given_by(tail, documents), 70.0) <= 1.0


@given(BITS, st.floats(70, 400), TAILS, st.integers(1, 10**7))
@settings(deadline=None)
def test_one_more_match_is_never_more_like_chance(bits, another, tail, documents):
    fewer = chance_of(bits, given_by(tail, documents), 70.0)
    assert chance_of([*bits, another], given_by(tail, documents), 70.0) <= fewer + 1e-9


@given(BITS, st.integers(0, 11), st.floats(0, 100), TAILS, st.integers(1, 10**7))
@settings(deadline=None)
def test_a_better_match_is_never_more_like_chance(bits, which, more, tail, documents):
    better = [each + more * (place == which) for place, each in enumerate(bits)]
    worse = chance_of(bits, given_by(tail, documents), 70.0)
    assert chance_of(better, given_by(tail, documents), 70.0) <= worse + 1e-9


@given(BITS, TAILS, st.integers(1, 10**6), st.integers(1, 100))
@settings(deadline=None)
def test_a_larger_corpus_is_never_less_like_chance(bits, tail, documents, times):
    small = chance_of(bits, given_by(tail, documents), 70.0)
    assert chance_of(bits, given_by(tail, documents * times), 70.0) >= small - 1e-9
