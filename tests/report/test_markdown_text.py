"""Texts of others inside Markdown."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.report.markdown_text import code, plain, shortened, table


@given(st.text(st.characters(codec="utf-8")))
def test_code_is_one_piece_that_breaks_out_of_no_cell(text):
    written = code(text)
    assert "|" not in written
    assert "\n" not in written
    assert re.fullmatch(r"|`[^`]+`|<code>[^<>`|\\]+</code>", written)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1))
def test_code_shows_the_text(text):
    written = code(text)
    shown = html.unescape(written[6:-7]) if written.startswith("<code>") else written[1:-1]
    assert shown == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("one\n\ntwo", "`one two`"),
        ("a|b", "<code>a&#124;b</code>"),
        ("a`b", "<code>a&#96;b</code>"),
        ("a\x1b[31m", "<code>a&#92;x1b&#91;31m</code>"),
        ("@team #1 <b>", "`@team #1 <b>`"),
    ],
)
def test_code_is_written_as(text, written):
    assert code(text) == written


def test_a_name_in_a_sentence_mentions_nobody_and_opens_no_tag():
    assert plain("of @team_a <img src=x>") == r"of @<!-- -->team\_a \<img src=x\>"


def test_a_text_without_spaces_is_cut_where_it_must_be():
    assert shortened("x" * 30, 20) == "x" * 20 + "..."


def test_a_table_has_its_rule():
    assert table(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |\n"
