"""Hashes of words: plurals and number words, and what only looks like them."""

from __future__ import annotations

import pytest

from .reading import hashes


@pytest.mark.parametrize(
    ("word", "other"),
    [
        pytest.param("bus", "bu", id="us"),
        pytest.param("glass", "glas", id="ss"),
        pytest.param("axis", "axi", id="is"),
        pytest.param("gas", "ga", id="three-letters"),
        pytest.param("won", "1", id="sounds-like-one"),
        pytest.param("million", "1000000", id="million"),
    ],
)
def test_keeps_a_word_apart_from(word, other):
    assert hashes(word) != hashes(other)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        pytest.param("kites", "kite", id="plural"),
        pytest.param("KITES", "kite", id="plural-in-capitals"),
        pytest.param("three", "3", id="number-word"),
        pytest.param("Threes", "3", id="plural-of-a-number-word"),
        pytest.param("seventy-two", "70 2", id="two-number-words"),
    ],
)
def test_takes_a_word_for(word, other):
    assert hashes(word) == hashes(other)
