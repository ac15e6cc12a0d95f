"""Banding: chosen by the errors it makes, and keys that agree where all of a band does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.corpus_index.nearness.bands import (
    Banding,
    band_keys,
    candidate_probability,
    choose_banding,
)

BANDING = st.tuples(st.integers(1, 6), st.integers(1, 5)).map(lambda sizes: Banding(*sizes))


def test_two_that_agree_nowhere_share_no_key():
    signatures = np.arange(256, dtype=np.uint32).reshape(2, 128)
    keys = band_keys(signatures, Banding(32, 4))
    assert len(np.unique(keys)) == 64


def test_the_same_values_in_another_band_have_another_key():
    [keys] = band_keys(np.array([[5, 6, 5, 6]], np.uint32), Banding(2, 2))
    assert keys[0] != keys[1]


def test_the_same_values_in_another_order_have_another_key():
    one, other = band_keys(np.array([[5, 6], [6, 5]], np.uint32), Banding(1, 2))
    assert one != other


def test_no_signatures_have_no_keys():
    assert band_keys(np.empty((0, 128), np.uint32), Banding(32, 4)).shape == (0, 32)


@given(st.lists(st.lists(st.integers(0, 3), min_size=30, max_size=30), max_size=6), BANDING)
@settings(deadline=None)
def test_keys_agree_where_the_whole_band_does(rows, banding):
    signatures = np.array(rows, np.uint32).reshape(-1, 30)
    keys = band_keys(signatures, banding)
    bands = [
        [
            (band, *row[band * banding.rows : (band + 1) * banding.rows])
            for band in range(banding.bands)
        ]
        for row in rows
    ]
    for one in range(len(rows)):
        for other in range(len(rows)):
            same = [left == right for left, right in zip(bands[one], bands[other], strict=True)]
            assert (keys[one] == keys[other]).tolist() == same


@pytest.mark.parametrize("threshold", [0.2, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9])
@pytest.mark.parametrize("miss_weight", [0.5, 0.9])
def test_the_choice_is_datasketchs(threshold, miss_weight):
    lsh = pytest.importorskip("datasketch.lsh")
    theirs = lsh._optimal_param(threshold, 64, 1 - miss_weight, miss_weight)
    assert choose_banding(threshold, 64, miss_weight) == theirs


@pytest.mark.parametrize("threshold", [0.1, 0.5, 0.8, 1.0])
def test_a_banding_fits_into_the_signature(threshold):
    banding = choose_banding(threshold)
    assert 1 <= banding.bands * banding.rows <= 128


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.6, 0.7, 0.8, 0.9])
def test_few_are_missed_shortly_above_a_threshold(threshold):
    banding = choose_banding(threshold)
    assert candidate_probability(threshold, banding) > 0.75
    assert candidate_probability(threshold + 0.1, banding) > 0.98
