"""Chance in a corpus: what it gives, and what `max_expected` leaves of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.benchmark.calibration import Tail
from leakcheck.detection.finding import Finding
from leakcheck.verdict.chance import Chance, is_by_chance

from ..findings import finding_fields

TAIL = Tail(log2_rate=-2.0, decay=0.1, observed=100)


@pytest.fixture(scope="module")
def calibration(make_benchmark):
    made = make_benchmark({"test/0": "What?"}, by_document=TAIL, verbatim_by_document=TAIL)
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
