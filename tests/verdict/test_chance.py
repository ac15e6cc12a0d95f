"""Chance in a corpus: what it gives, and what `max_expected` leaves of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.benchmark.calibration import ChanceTail
from leakcheck.detection.finding import Finding
from leakcheck.verdict.chance import Chance, is_by_chance

from ..findings import finding_fields

VERBATIM = ChanceTail(log2_rate=-9.0, least_bits=70.0, decay=0.1, near=100)
OTHER = ChanceTail(log2_rate=-30.0, least_bits=65.0, decay=0.1)


@pytest.fixture(scope="module")
def calibration(make_benchmark):
    made = make_benchmark({"test/0": "What?"}, verbatim_chance=VERBATIM, other_chance=OTHER)
    return made.calibration


@pytest.mark.parametrize("verbatim", [True, False])
def test_no_document_gives_nothing(calibration, verbatim):
    assert Chance(calibration, 0).expected_in_all(verbatim=verbatim) == 0.0


@pytest.mark.parametrize("verbatim", [True, False])
def test_what_chance_gives_grows_with_the_corpus(calibration, verbatim):
    one, two = Chance(calibration, 1000), Chance(calibration, 2000)
    assert two.expected(80.0, verbatim=verbatim) == 2 * one.expected(80.0, verbatim=verbatim)


@given(st.floats(70, 1000), st.integers(1, 10**10), st.floats(0.1, 100), st.booleans())
def test_no_more_is_counted_than_was_asked_for(calibration, bits, documents, most, verbatim):
    limited = Chance(calibration, documents, most).expected(bits, verbatim=verbatim)
    assert limited <= most
    assert limited <= Chance(calibration, documents).expected(bits, verbatim=verbatim)


def test_what_no_background_text_gave_is_a_bound(calibration):
    chance = Chance(calibration, 1000)
    assert (chance.at_most(verbatim=True), chance.at_most(verbatim=False)) == (False, True)


def test_a_verdict_takes_no_look_alike_for_rarer_than_one_in_25_000_documents(calibration):
    chance = Chance(calibration, 25_000)
    assert chance.cautious(0.0, verbatim=False) == pytest.approx(1.0)
    assert chance.expected(0.0, verbatim=False) < 0.001


def test_a_verdict_takes_no_more_for_rare_than_the_fit_does(calibration):
    chance = Chance(calibration, 25_000)
    assert chance.cautious(70.0, verbatim=True) == chance.expected(70.0, verbatim=True)


@given(st.floats(0, 1000), st.integers(1, 10**10), st.floats(0.1, 100), st.booleans())
def test_a_limit_leaves_a_verdict_as_few_as_it_leaves_to_count(
    calibration, bits, documents, most, verbatim
):
    limited, free = Chance(calibration, documents, most), Chance(calibration, documents)
    assert limited.cautious(bits, verbatim=verbatim) <= free.cautious(bits, verbatim=verbatim)
    assert limited.cautious(bits, verbatim=verbatim) >= 0.99 * limited.expected(
        max(bits, 70.0), verbatim=verbatim
    )


def test_a_limit_that_is_not_reached_changes_nothing(calibration):
    assert Chance(calibration, 1000, 1e9).expected_in_all(verbatim=False) == Chance(
        calibration, 1000
    ).expected_in_all(verbatim=False)


@pytest.mark.parametrize(
    ("e_value", "max_expected", "by_chance"),
    [
        pytest.param(1e9, None, False, id="no-limit"),
        pytest.param(2.0, 2.0, False, id="as-many-as-allowed"),
        pytest.param(2.1, 2.0, True, id="more-than-allowed"),
        pytest.param(1e-30, 1.0, False, id="a-verbatim-copy"),
    ],
)
def test_a_finding_is_chance_where_more_as_good_are_expected(e_value, max_expected, by_chance):
    finding = Finding(**finding_fields(e_value=e_value))
    assert is_by_chance(finding, max_expected) is by_chance
