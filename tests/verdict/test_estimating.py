"""From a sample to all: what is to be had in closed form."""

from __future__ import annotations

import math

import pytest

from leakcheck.verdict.estimating import estimated, most_units_unseen


def test_nothing_found_has_the_exact_poisson_limit():
    told = estimated([], 0.01)
    assert (told.passages, told.low) == (0, 0)
    assert told.high == pytest.approx(-math.log(0.025) / 0.01)


@pytest.mark.parametrize(
    ("found", "low", "high"),
    [
        pytest.param(1, 0.0253, 5.5716, id="one"),
        pytest.param(10, 4.7954, 18.3904, id="ten"),
        pytest.param(50, 37.1110, 65.9189, id="fifty"),
    ],
)
def test_single_passages_have_the_exact_limits_of_a_poisson_count(found, low, high):
    # Garwood 1936, Biometrika 28:437.
    told = estimated([1] * found, 1e-9)
    assert told.low * 1e-9 == pytest.approx(max(low, 1e-9 * found), rel=1e-3)
    assert told.high * 1e-9 == pytest.approx(high, rel=1e-3)


def test_clusters_make_the_interval_wider():
    alone, together = estimated([1] * 40, 0.1), estimated([8] * 5, 0.1)
    assert alone.passages == together.passages
    assert together.low < alone.low < alone.high < together.high


def test_there_are_never_fewer_than_were_found():
    assert estimated([1], 0.9).low == 1


@pytest.mark.parametrize("share", [0.001, 0.01, 0.5])
def test_so_many_units_would_have_shown_themselves(share):
    units = most_units_unseen(share)
    assert (1 - share) ** units <= 0.05 < (1 - share) ** (units - 1)
