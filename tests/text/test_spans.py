"""Spans: tokens that stand beside each other are one, and nothing is marked twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.text.spans import joined_spans, placed_tokens


@pytest.mark.parametrize(
    ("tokens", "spans"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([(False, 0, 4)], [], id="not marked"),
        pytest.param([(True, 0, 4), (True, 5, 9)], [(0, 9)], id="neighbours"),
        pytest.param(
            [(True, 0, 4), (False, 5, 9), (True, 10, 12)], [(0, 4), (10, 12)], id="with a gap"
        ),
        pytest.param([(True, 0, 5), (True, 5, 9), (True, 0, 9)], [(0, 9)], id="parts of a word"),
    ],
)
def test_neighbours_are_joined(tokens, spans):
    assert joined_spans(tokens) == spans


@pytest.mark.parametrize("shared", ["", "old", "lantern", "keeper", "old keeper", "lantern keeper"])
def test_where_the_whole_word_is_marked_its_parts_are_not_marked_once_more(shared):
    wanted = set(placed_tokens(f"oldlanternkeeper {shared}")[0].tolist())
    hashes, spans = placed_tokens("an oldLanternKeeper sings")
    tokens = zip(hashes.tolist(), spans, strict=True)
    assert joined_spans((each in wanted, *span) for each, span in tokens) == [(3, 19)]


def test_tokens_are_placed_in_characters_and_not_in_bytes():
    text = "😀 Zoë ties 8 knots ñ"
    _, spans = placed_tokens(text)
    assert [text[start:end] for start, end in spans] == ["Zoë", "ties", "8", "knots", "ñ"]


@given(st.text(max_size=60))
def test_tokens_stand_inside_of_the_text(text):
    hashes, spans = placed_tokens(text)
    assert len(hashes) == len(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
