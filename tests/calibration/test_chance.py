"""Chance: from what is nearly a finding to how often there is one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.benchmark.calibration import OTHER_UNMEASURED
from leakcheck.calibration.chance import AT_MOST, ENOUGH, POOLED_GROWTH, fit_chance
from leakcheck.calibration.near import LOWERED_BITS, STEP_BITS, NearFinding

DOCUMENTS = 1e6


def near(lacking: float, bits: float = 65.0, item: str = "test/0") -> NearFinding:
    return NearFinding(item, False, lacking, bits)


def sample(count: int, growth: float, seed: int = 7) -> list[NearFinding]:
    """Draw near findings that grow rarer by a factor of 2^growth with every bit they lack less."""
    generator = np.random.default_rng(seed)
    ways = generator.exponential(1 / (growth * np.log(2)), count)
    lacking = np.ceil(np.maximum(0.0, LOWERED_BITS - ways) / STEP_BITS) * STEP_BITS
    return [near(each, item=f"test/{n}") for n, each in enumerate(lacking.tolist())]


def fit(found: list[NearFinding], documents: float = DOCUMENTS):
    return fit_chance(found, documents, OTHER_UNMEASURED)


def test_where_nothing_is_seen_the_rate_is_a_bound_by_the_rule_of_three():
    tail = fit([])
    assert tail.at_most
    bound = AT_MOST / DOCUMENTS * 2 ** (-POOLED_GROWTH * LOWERED_BITS)
    assert tail.rate(0) == pytest.approx(bound, rel=1e-3)
    assert (tail.decay, tail.growth) == (OTHER_UNMEASURED.decay, POOLED_GROWTH)


@pytest.mark.parametrize("count", [1, 2, 4])
def test_of_a_few_nobody_knows_how_well_they_fit(count):
    tail = fit(sample(count, 0.1))
    assert (tail.near, tail.distance, tail.probability) == (count, None, None)
    assert not tail.at_most


@pytest.mark.parametrize("lacking", [0.0, 2.0, 40.0])
def test_what_is_seen_never_makes_a_finding_much_rarer_than_nothing_does(lacking):
    assert fit([near(lacking)]).rate(0) > 0.8 * fit([]).rate(0)


def test_a_whole_finding_makes_findings_more_frequent_than_what_lacks_much():
    assert fit([near(0.0)]).rate(0) > fit([near(38.0)]).rate(0)
    assert fit([near(0.0)]).found == 1


@pytest.mark.parametrize("growth", [0.06, 0.09, 0.13])
def test_the_rate_of_findings_is_recovered(growth):
    found = sample(4000, growth)
    tail = fit(found)
    whole = sum(each.lacking_bits == 0 for each in found) / DOCUMENTS
    assert tail.rate(0) == pytest.approx(whole, rel=0.7)
    assert tail.near < 4000  # the tail starts where there are enough


def test_the_tail_starts_where_there_are_enough():
    low = [near(38.0, item=f"test/{n}") for n in range(500)]
    high = [near(10.0, item=f"train/{n}") for n in range(ENOUGH)]
    assert fit([*low, *high]).near == ENOUGH


def test_twice_the_text_halves_the_rate():
    found = sample(15, 0.1)
    assert fit(found, 2 * DOCUMENTS).rate(0) == pytest.approx(fit(found).rate(0) / 2, rel=1e-3)


def test_much_evidence_of_near_findings_makes_the_decay_slow():
    slow = [near(10.0, 300.0, f"test/{n}") for n in range(10)]
    fast = [near(10.0, 66.0, f"test/{n}") for n in range(10)]
    assert fit(slow).decay < OTHER_UNMEASURED.decay < fit(fast).decay


def test_what_does_not_grow_rarer_step_by_step_does_not_fit():
    heaps = [near(38.0, item=f"test/{n}") for n in range(10)]
    heaps += [near(0.0, item=f"train/{n}") for n in range(9)]
    tail = fit(heaps)
    assert tail.probability is not None
    assert tail.probability < 0.01


def test_what_is_exponential_is_seldom_said_not_to_fit():
    doubted = sum(
        (fit(sample(18, POOLED_GROWTH, seed)).probability or 1) < 0.05 for seed in range(60)
    )
    assert doubted <= 8  # 3 in the mean, and three standard errors


@given(st.lists(st.sampled_from([0.0, 2.0, 10.0, 38.0, 40.0]), max_size=40))
@settings(deadline=None, max_examples=20)  # the goodness takes a thousand fits
def test_the_order_of_near_findings_does_not_matter(lacking):
    found = [near(each, item=f"test/{n}") for n, each in enumerate(lacking)]
    assert fit(found) == fit(found[::-1])
