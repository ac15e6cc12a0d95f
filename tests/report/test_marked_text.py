"""Texts with marks: no character of them is lost, and marks stay where they belong."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from leakcheck.report.marked_text import MARKED, beside, marked_text, set_in_lines

WORDS = st.text(st.sampled_from("ab 水é\n"), max_size=60)


def marked(text: Text) -> str:
    return "".join(text.plain[span.start : span.end] for span in text.spans if span.style == MARKED)


def test_ranges_are_marked():
    text = marked_text("nine figs in a bowl", [(0, 4), (13, 19)])
    assert text.plain == "nine figs in a bowl"
    assert marked(text) == "ninea bowl"


def test_what_is_escaped_moves_the_marks_along():
    assert marked(marked_text("a\x07b figs", [(4, 8)])) == "figs"


def test_a_tab_is_a_space_and_a_line_break_is_one():
    assert marked_text("a\tb\r\nc", []).plain == "a b\nc"


@given(WORDS, st.integers(3, 20))
def test_lines_fit_and_hold_all_words(text, width):
    lines = set_in_lines(marked_text(text, []), width, underline=False)
    assert "".join(line.plain for line in lines).replace(" ", "") == "".join(text.split())
    assert all(line.cell_len <= width for line in lines)


@given(WORDS, st.integers(3, 20))
def test_underlines_are_as_wide_as_what_they_are_below(text, width):
    lines = set_in_lines(marked_text(text, [(0, len(text))]), width, underline=True)
    for line, below in pairwise(lines):
        if set(below.plain) == {"~"}:
            assert below.cell_len == line.cell_len


def test_columns_stand_beside_each_other_whatever_their_length():
    left = [Text("水", "dim"), Text("long")]
    rows = beside(left, [Text("a"), Text("b"), Text("c")], 6)
    assert [row.plain for row in rows] == ["水       a", "long     b", "         c"]
    assert [rows[0].plain[span.start : span.end] for span in rows[0].spans] == ["水"]
