"""A passage beside its item: the words both have, and the numbers that differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.run.beside import changed_numbers, shared_spans


@pytest.mark.parametrize(
    ("text", "other", "marked"),
    [
        pytest.param("", "figs", [], id="nothing"),
        pytest.param("figs", "", [], id="nothing beside it"),
        pytest.param("quilt", "figs", [], id="nothing shared"),
        pytest.param("ripe figs", "figs", ["figs"], id="one word"),
        pytest.param("ripe figs", "Figs, ripe", ["ripe figs"], id="neighbours joined"),
        pytest.param("a fig or a date", "a date", ["a", "a date"], id="with a gap"),
        pytest.param("drei Äpfel für Ákos", "Ákos", ["Ákos"], id="beyond ASCII"),
        pytest.param("水は三つ", "三", ["三"], id="without spaces"),
    ],
)
def test_marks_the_words_of_a_text_that_another_has(text, other, marked):
    assert [text[start:end] for start, end in shared_spans(text, other)] == marked


@given(st.text(max_size=60), st.text(max_size=60))
def test_marks_are_in_order_and_inside_of_the_text(text, other):
    borders = [border for span in shared_spans(text, other) for border in span]
    assert borders == sorted(borders)
    assert not borders or (borders[0] >= 0 and borders[-1] <= len(text))


@pytest.mark.parametrize(
    ("item", "passage", "gone", "come"),
    [
        pytest.param("12 figs", "12 figs", [], [], id="the same"),
        pytest.param("twelve figs", "12 figs", [], [], id="in words"),
        pytest.param("1,250 figs", "1250 figs", [], [], id="written otherwise"),
        pytest.param("12 figs", "15 figs", ["12"], ["15"], id="another"),
        pytest.param("3 and 3", "3", ["3"], [], id="once less"),
        pytest.param("5 for 4", "4 for 6 and 7", ["5"], ["6", "7"], id="in their order"),
    ],
)
def test_names_the_numbers_that_differ(item, passage, gone, come):
    assert changed_numbers(item, passage) == (gone, come)
