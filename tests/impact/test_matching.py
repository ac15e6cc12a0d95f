"""The matched comparison: what it recovers where leaked items are easier than the others."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.impact.matching import LEAST_OF_STRATUM, compare_matched, strata_of

ITEMS = [f"test/{n}" for n in range(1000)]


def classes_of(leaked) -> dict[str, str]:
    return {item: "near" if own else "not_found" for item, own in zip(ITEMS, leaked, strict=False)}


def scores_of(values) -> dict[str, float]:
    return {item: float(value) for item, value in zip(ITEMS, values, strict=False)}


def test_without_other_models_there_is_nothing_to_match():
    assert compare_matched(scores_of([1, 0]), classes_of([True, False]), []) is None


def test_without_leaked_items_there_is_nothing_to_match():
    scores = scores_of([1, 0])
    assert compare_matched(scores, classes_of([False, False]), [scores]) is None


@pytest.mark.parametrize(("leaked", "clean"), [(9, 100), (100, 9)], ids=["few leaked", "few clean"])
def test_too_few_items_are_counted_but_give_no_estimate(leaked, clean):
    scores = scores_of([1] * leaked + [0] * clean)
    told = compare_matched(scores, classes_of([True] * leaked + [False] * clean), [scores])
    assert (told.leaked, told.clean, told.difference, told.gain) == (leaked, clean, None, None)
    assert not told.is_like


def test_items_that_another_model_has_no_result_for_are_left_out():
    scores = scores_of([1, 0] * 20)
    other = dict.fromkeys(ITEMS[:30], 1.0)
    told = compare_matched(scores, classes_of([True, False] * 20), [other])
    assert (told.leaked, told.clean) == (15, 15)


def test_with_one_other_model_it_is_the_difference_in_differences():
    leaked = [True] * 10 + [False] * 20
    own = [1] * 9 + [0] + [1] * 10 + [0] * 10  # 0.9 and 0.5
    other = [1] * 6 + [0] * 4 + [1] * 8 + [0] * 12  # 0.6 and 0.4
    told = compare_matched(scores_of(own), classes_of(leaked), [scores_of(other)])
    assert told.difference.estimate == pytest.approx((0.9 - 0.5) - (0.6 - 0.4))
    assert told.gain.estimate == pytest.approx(0.2 * 10 / 30)
    assert told.others_above == pytest.approx(0.4 - 0.5)
    assert told.strata == 1


def test_a_model_that_does_as_the_others_gains_nothing_for_certain():
    scores = scores_of([1, 1, 0, 1] * 20)
    told = compare_matched(scores, classes_of([True, False] * 40), [scores, scores])
    assert tuple(told.difference) == pytest.approx((0.0, 0.0, 0.0))


@given(st.data())
def test_every_item_is_in_one_stratum_and_like_difficulties_stay_together(data):
    values = data.draw(st.lists(st.integers(0, 6), min_size=40, max_size=80))
    difficulty = {f"test/{n}": value / 6 for n, value in enumerate(values)}
    leaked = {f"test/{n}" for n in range(0, len(values), 2)}
    strata = strata_of(difficulty, leaked)
    assert sorted(item for stratum in strata for item in stratum) == sorted(difficulty)
    for stratum in strata:
        own = sum(item in leaked for item in stratum)
        assert min(own, len(stratum) - own) >= LEAST_OF_STRATUM
    of_stratum = [{difficulty[item] for item in stratum} for stratum in strata]
    for one, other in pairwise(of_stratum):
        assert max(one) < min(other)


def confounded(others: int, runs: int, gain: float):
    """Plant a gain on items that are easier to begin with; yield estimate and truth."""
    random = np.random.default_rng(4)
    for _ in range(runs):
        hardness = random.random(1000)
        leaked = random.random(1000) < 0.05 + 0.3 * (hardness < 0.4)
        chance = 1 / (1 + np.exp(5 * (hardness - 0.6)))
        own = np.where(leaked, chance + gain * (1 - chance), chance)
        models = [scores_of(random.random(1000) < chance) for _ in range(others)]
        scores = random.random(1000) < own
        told = compare_matched(scores_of(scores), classes_of(leaked), models)
        plain = scores[leaked].mean() - scores[~leaked].mean()
        yield told.difference, plain, (own - chance)[leaked].mean()


@pytest.mark.parametrize("others", [1, 3, 8])
@pytest.mark.parametrize("gain", [0.0, 0.5])
def test_a_planted_gain_is_told_from_leaked_items_being_easier(others, gain):
    every = list(confounded(others, 60, gain))
    errors = [difference.estimate - truth for difference, _, truth in every]
    plain_errors = [plain - truth for _, plain, truth in every]
    covered = sum(difference.low <= truth <= difference.high for difference, _, truth in every)
    assert np.mean(plain_errors) > 0.15  # what the comparison is there for
    assert np.mean(errors) == pytest.approx(0.0, abs=0.02)
    assert covered >= 51  # of 60; 57 are to be expected
