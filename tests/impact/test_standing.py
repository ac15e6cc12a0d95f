"""Standings: credible, not credible, or undecided."""

from __future__ import annotations

import pytest

from leakcheck.impact.intervals import Interval
from leakcheck.impact.matching import Matched
from leakcheck.impact.measures import Mean, Measures, ZScores
from leakcheck.impact.standing import standing_of_bound, standing_of_score, worst

NO_Z = ZScores(None, None, None, None, None)
SOME = Mean(100, 0.5)


def measures(low, high) -> Measures:
    return Measures(SOME, SOME, SOME, SOME, {}, Interval((low + high) / 2, low, high), NO_Z)


def matched(low, high, others_above=0.0) -> Matched:
    interval = Interval((low + high) / 2, low, high)
    return Matched(3, 2, 50, 50, interval, interval, others_above)


@pytest.mark.parametrize(
    ("plain", "other", "expected"),
    [
        pytest.param((0.1, 0.3), None, "not_credible", id="all of the interval is beyond"),
        pytest.param((0.0, 0.3), None, "undecided", id="a part of it is beyond"),
        pytest.param((-0.3, 0.3), None, "undecided", id="wide"),
        pytest.param((0.001, 0.009), None, "credible", id="a sure gain, but a small one"),
        pytest.param((-0.2, -0.1), None, "credible", id="leaked items are answered worse"),
        pytest.param((0.1, 0.3), (-0.01, 0.005), "undecided", id="leaked items are only easier"),
        pytest.param((-0.2, 0.0), (0.1, 0.3), "not_credible", id="leaked items are harder"),
        pytest.param((0.0, 0.005), (-0.01, 0.008), "credible", id="both within"),
        pytest.param((0.0, 0.005), (-0.01, 0.03), "undecided", id="the matched one is wide"),
        pytest.param((0.1, 0.3), (-0.1, 0.0, 0.4), "not_credible", id="others too good to compare"),
    ],
)
def test_a_score_is_judged_by_the_interval_of_the_gain(plain, other, expected):
    compared = None if other is None else matched(*other)
    assert standing_of_score(measures(*plain), compared, 1.0, True) == expected


def test_a_score_of_leaked_items_alone_is_not_credible():
    nothing = Mean(0, None)
    own = Measures(SOME, nothing, nothing, SOME, {}, None, NO_Z)
    assert standing_of_score(own, None, 1.0, True) == "not_credible"


def test_what_the_run_could_not_tell_cannot_be_credible():
    assert standing_of_score(measures(0.0, 0.0), None, 1.0, False) == "undecided"
    assert standing_of_bound(0.0, 1.0, False) == "undecided"


@pytest.mark.parametrize(
    ("most", "expected"), [(0.0, "credible"), (1.0, "credible"), (1.1, "undecided")]
)
def test_without_results_the_bound_decides(most, expected):
    assert standing_of_bound(most, 1.0, True) == expected


def test_the_worst_of_several_is_that_of_the_benchmark():
    assert worst(["credible", "undecided", "not_credible"]) == "not_credible"
    assert worst([]) == "credible"
