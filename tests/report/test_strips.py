"""Strips: the darkest cells are where most items are, and nothing leaves the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.report.strips import axis, axis_end, strip


def drawn(values: list[float], end: float, width: int) -> str:
    ordered = sorted(values)
    return strip(lambda percent: ordered[percent * (len(ordered) - 1) // 100], end, width)


@pytest.mark.parametrize("value", [0.0, 0.1, 1.0])
def test_where_all_items_are_equal_there_is_one_mark(value):
    assert drawn([value] * 9, 1.0, 10).strip() == "█"


def test_the_end_of_the_axis_is_the_last_cell():
    assert drawn([1.0], 1.0, 10) == " " * 9 + "█"


@pytest.mark.parametrize(
    ("highest", "end"), [(0.0, 0.1), (0.1, 0.1), (0.11, 0.2), (0.3, 0.3), (0.95, 1.0), (1.0, 1.0)]
)
def test_the_axis_ends_at_the_next_tenth(highest, end):
    assert axis_end(highest) == end


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50), st.integers(1, 90))
def test_a_strip_has_one_median_and_fits(values, width):
    end = axis_end(max(values))
    shown = drawn(values, end, width)
    assert len(shown) <= width
    assert shown.count("█") == 1
    assert len(axis(end, width)) >= width
