"""The background table: a hash table that answers as a dictionary does."""

from __future__ import annotations

from importlib.resources import as_file, files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.text.background import (
    MOST_BITS,
    STEPS_PER_BIT,
    UNSPACED_RATE,
    background_bits,
    common_tokens,
    is_common,
    load_background,
)
from leakcheck.text.tokens import tokenise, word_hash


@pytest.fixture(scope="module")
def stored() -> dict[int, float]:
    """Return what the file says, token by token."""
    with as_file(files("leakcheck.text") / "background.npz") as path, np.load(path) as arrays:
        return dict(
            zip(
                arrays["hashes"].tolist(),
                (arrays["steps"] / STEPS_PER_BIT).tolist(),
                strict=True,
            )
        )


def rated(token: int, bits: float) -> float:
    """Return what a token carries: a part of it if it is a character of an unspaced script."""
    return bits * UNSPACED_RATE if token >> 30 & 1 else bits


def bits_of(word: str) -> float:
    return float(background_bits(load_background(), np.array([word_hash(word)], np.uint32))[0])


@pytest.mark.parametrize("word", ["zxqvjklw", "vellmarite", "19384756201"])
def test_a_token_outside_the_table_carries_the_most(word):
    assert bits_of(word) == MOST_BITS


@pytest.mark.parametrize("char", ["\u9f98", "\U00020000", "\u1780"])
def test_an_unknown_character_of_an_unspaced_script_carries_a_part_of_that(char):
    assert bits_of(char) == pytest.approx(UNSPACED_RATE * MOST_BITS)


@pytest.mark.parametrize(
    "word",
    [
        *("в", "на", "не", "der", "und", "les", "que", "yang", "dan", "ja", "että", "kwa", "ya"),
        *("من", "في", "এই", "করে", "మరియు", "的", "是", "の", "は", "ก", "า", "이", "수"),
    ],
)
def test_a_common_word_of_any_language_of_a_benchmark_is_known(word):
    assert background_bits(load_background(), tokenise(word).hashes).max() < 12


@pytest.mark.parametrize("word", ["the", "of", "and", "is"])
def test_a_word_that_is_everywhere_carries_few_bits(word):
    assert bits_of(word) < 8


@pytest.mark.parametrize(
    ("common", "rare"),
    [("the", "water"), ("water", "lantern"), ("1", "4096"), ("door", "carillon")],
)
def test_the_rarer_of_two_carries_more(common, rare):
    assert bits_of(common) < bits_of(rare)


def test_the_table_answers_for_every_token_of_the_file(stored):
    assert len(stored) > 10_000
    hashes = np.fromiter(stored, np.uint32, len(stored))
    expected = [rated(token, bits) for token, bits in stored.items()]
    assert background_bits(load_background(), hashes).tolist() == pytest.approx(expected)


def test_no_token_of_the_file_is_free_space_or_beyond_the_most(stored):
    assert 0 not in stored
    assert 0 < min(stored.values()) <= max(stored.values()) <= MOST_BITS


def test_half_of_the_table_is_free_so_that_searches_end_soon():
    hashes = load_background().hashes
    assert len(hashes) & (len(hashes) - 1) == 0
    assert np.count_nonzero(hashes) <= len(hashes) / 2


@given(st.lists(st.integers(1, 2**32 - 1), max_size=50))
@settings(deadline=None)
def test_looks_up_as_a_dictionary_does(stored, hashes):
    found = background_bits(load_background(), np.array(hashes, np.uint32))
    expected = [rated(each, stored.get(each, MOST_BITS)) for each in hashes]
    assert found.tolist() == pytest.approx(expected)


def test_only_common_tokens_of_english_are_common():
    members = common_tokens(13.0)
    assert is_common(members, np.uint32(word_hash("the")))
    assert not is_common(members, np.uint32(word_hash("carillon")))
    assert np.unpackbits(members.view(np.uint8)).mean() < 0.05


def test_gives_the_bits_of_each_token_of_a_text():
    hashes = tokenise("The zxqvjklw").hashes
    the, other = background_bits(load_background(), hashes).tolist()
    assert the < 8
    assert other == MOST_BITS
