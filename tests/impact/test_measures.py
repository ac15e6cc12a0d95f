"""Measures: scores by class, the gain and its z, by hand and against a planted gain."""

from __future__ import annotations

import numpy as np
import pytest

from leakcheck.impact.measures import measure

CLASSES = {
    **{f"test/{n}": "verbatim" for n in range(3)},
    "test/3": "near",
    **{f"test/{n}": "not_found" for n in range(4, 8)},
    "test/8": "untestable",
    "test/9": "variant",
}
RIGHT = {"test/0", "test/1", "test/2", "test/3", "test/4", "test/9"}
SCORES = {item: float(item in RIGHT) for item in CLASSES}


def test_every_class_has_its_mean_and_what_it_is_out_of():
    told = measure(SCORES, CLASSES)
    assert {each: (mean.items, mean.mean) for each, mean in told.by_class.items()} == {
        "verbatim": (3, 1.0),
        "near": (1, 1.0),
        "not_found": (4, 0.25),
        "untestable": (1, 0.0),
        "variant": (1, 1.0),
    }


def test_all_that_is_not_leaked_is_clean_with_and_without_the_untestable():
    told = measure(SCORES, CLASSES)
    assert (told.all.items, told.all.mean) == (10, 0.6)
    assert (told.leaked.items, told.leaked.mean) == (4, 1.0)
    assert (told.clean.items, told.clean.mean) == (6, pytest.approx(2 / 6))
    assert (told.clean_tested.items, told.clean_tested.mean) == (5, pytest.approx(2 / 5))


def test_the_gain_is_all_minus_clean_and_its_z_is_over_sigma_of_the_clean():
    told = measure(SCORES, CLASSES)
    assert told.gain.estimate == pytest.approx(0.6 - 2 / 6)
    sigma = np.std(list(SCORES.values()))
    assert told.z.contam == pytest.approx((0.6 - 2 / 6) / (sigma / np.sqrt(6)))
    assert told.z.not_dirty == pytest.approx(-told.z.contam)
    assert told.z.dirty == pytest.approx(0.4 / (sigma / np.sqrt(4)))
    assert told.z.clean == pytest.approx((0.25 - 0.6) / (sigma / np.sqrt(4)))
    assert told.z.not_clean == pytest.approx((5 / 6 - 0.6) / (sigma / np.sqrt(6)))


def test_without_leaked_items_there_is_no_gain():
    told = measure({"test/4": 1.0}, CLASSES)
    assert tuple(told.gain) == (0.0, 0.0, 0.0)
    assert told.leaked.mean is None
    assert told.z.dirty is None


def test_without_clean_items_the_gain_cannot_be_told():
    told = measure({"test/0": 1.0}, CLASSES)
    assert told.gain is None
    assert told.clean.mean is None
    assert told.z.contam is None


def test_only_items_with_a_score_count():
    told = measure({"test/0": 1.0, "test/5": 0.0}, CLASSES)
    assert (told.all.items, told.leaked.items, told.clean.items) == (2, 1, 1)


@pytest.mark.parametrize("share", [0.01, 0.2, 0.8])
@pytest.mark.parametrize("fractions", [False, True], ids=["0 or 1", "in between"])
def test_a_planted_gain_is_recovered_and_covered(share, fractions):
    random = np.random.default_rng(11)
    items = [f"test/{n}" for n in range(1000)]
    errors, covered, runs = [], 0, 300
    for _ in range(runs):
        leaked = random.random(1000) < share
        chance = np.where(leaked, 0.9, 0.5)
        drawn = (
            random.beta(3 * chance, 3 - 3 * chance) if fractions else random.random(1000) < chance
        )
        classes = {
            item: "near" if own else "not_found" for item, own in zip(items, leaked, strict=True)
        }
        told = measure(dict(zip(items, map(float, drawn), strict=True)), classes)
        planted = leaked.mean() * 0.4
        errors.append(told.gain.estimate - planted)
        covered += told.gain.low <= planted <= told.gain.high
    assert np.mean(errors) == pytest.approx(0.0, abs=0.004)
    assert covered / runs >= 0.92
