"""Records: rows count outcomes."""

from __future__ import annotations

import pytest

from leakcheck.selftest.outcomes import Outcome
from leakcheck.selftest.records import BenchmarkResult, row_of

OWN = Outcome(True, True, False, False, False)
SIBLING = Outcome(False, True, False, True, False)
OTHER = Outcome(False, False, True, True, False)
MISSED = Outcome(False, False, False, False, True)


def test_a_row_counts_each_document_once_in_each_column():
    row = row_of("HTML", "dressed", False, [OWN, OWN, SIBLING, OTHER, MISSED])
    assert (row.planted, row.own_item, row.own_split, row.other_split) == (5, 2, 3, 1)
    assert (row.missed, row.unplanted, row.variants) == (1, 2, 1)
    assert 0 < row.low < 3 / 5 < row.high < 1


@pytest.mark.parametrize("outcomes", [[OWN], [OWN] * 200], ids=len)
def test_all_of_them_is_never_more_than_all(outcomes):
    row = row_of("HTML", "dressed", False, outcomes)
    assert row.low < row.high == 1.0


def test_a_change_that_fits_no_item_has_a_row_of_nothing():
    row = row_of("HTML", "dressed", False, [])
    assert (row.planted, row.low, row.high) == (0, 0.0, 0.0)


def test_no_finding_in_few_documents_says_little():
    few = BenchmarkResult("riddles", 10, 0, 0, [], []).already_interval
    many = BenchmarkResult("riddles", 2000, 0, 0, [], []).already_interval
    assert few.high > 0.25 > 0.01 > many.high
