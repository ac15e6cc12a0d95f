"""Bounds: exactly what a score on all items leaves open of that on the clean ones."""

from __future__ import annotations

from itertools import product

import pytest

from leakcheck.impact.bounds import bounds_of_clean_score


def test_without_clean_items_there_are_no_bounds():
    assert bounds_of_clean_score(0.5, 10, 10) is None


@pytest.mark.parametrize("leaked", [0, 1, 3, 5])
@pytest.mark.parametrize("right", range(7))
def test_the_bounds_are_the_worst_and_the_best_of_all_ways_to_be_right(leaked, right):
    items = 6
    clean_scores = [
        sum(way[leaked:]) / (items - leaked)
        for way in product((0, 1), repeat=items)
        if sum(way) == right
    ]
    bounds = bounds_of_clean_score(right / items, items, leaked)
    assert bounds == pytest.approx((min(clean_scores), max(clean_scores)))
