"""Pieces: a sample that is fair, has the size asked for, and does not depend on any order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.corpus_index.closeness.pieces import PIECE_TOKENS, Pieces, TextSizes, draw_pieces

TOKENS = st.lists(st.integers(0, 3 * PIECE_TOKENS), max_size=30)


def sizes(tokens, contents=None) -> TextSizes:
    tokens = np.array(tokens, np.uint32)
    contents = np.arange(len(tokens)) + 7 if contents is None else contents
    return TextSizes(np.arange(len(tokens)), tokens, np.array(contents, np.uint64))


def places(pieces: Pieces) -> set[tuple[int, int]]:
    return set(zip(pieces.texts.tolist(), pieces.numbers.tolist(), strict=True))


def test_no_texts_give_an_empty_sample():
    assert draw_pieces([], 100).all_tokens == 0


def test_texts_without_tokens_give_none():
    assert draw_pieces([sizes([0, 0])], 100).all_tokens == 0


def test_of_copies_of_a_text_there_is_one():
    assert draw_pieces([sizes([50, 50, 50], contents=[1, 1, 2])], 1000).all_tokens == 100


def test_a_long_text_is_cut():
    pieces = draw_pieces([sizes([2 * PIECE_TOKENS + 5])], 10 * PIECE_TOKENS)
    assert places(pieces) == {(0, 0), (0, 1), (0, 2)}
    assert sorted(pieces.tokens.tolist()) == [5, PIECE_TOKENS, PIECE_TOKENS]


@given(TOKENS, st.integers(1, 20_000))
def test_a_sample_ends_with_the_piece_that_fills_it(tokens, wanted):
    pieces = draw_pieces([sizes(tokens)], wanted)
    assert pieces.all_tokens == sum(tokens) or (wanted <= pieces.all_tokens < wanted + PIECE_TOKENS)


@given(TOKENS, st.integers(1, 20_000), st.integers(0, 30))
def test_it_does_not_matter_in_which_batches_texts_come(tokens, wanted, border):
    texts = sizes(tokens)
    first = TextSizes(*(column[:border] for column in texts))
    second = TextSizes(*(column[border:] for column in texts))
    whole = draw_pieces([texts], wanted)
    assert places(draw_pieces([second, first], wanted)) == places(whole)


@given(TOKENS, st.integers(1, 20_000), st.integers(1, 20_000))
def test_a_smaller_sample_is_part_of_a_larger_one(tokens, one, other):
    small, large = sorted((one, other))
    drawn = draw_pieces([sizes(tokens)], large)
    assert places(drawn.cut(small)) == places(draw_pieces([sizes(tokens)], small))
    assert places(drawn.cut(small)) <= places(drawn)


def test_long_and_short_texts_have_a_fair_part():
    tokens = [20] * 20_000 + [400_000]
    drawn = draw_pieces([sizes(tokens)], 200_000)
    of_the_long = int(drawn.tokens[drawn.texts == len(tokens) - 1].sum())
    assert of_the_long / drawn.all_tokens == pytest.approx(0.5, abs=0.1)


def test_places_outside_of_all_pieces_are_told():
    pieces = draw_pieces([sizes([2 * PIECE_TOKENS, 10])], 10 * PIECE_TOKENS)
    kept = pieces.at(pieces.numbers == 0)
    texts, positions = np.array([0, 0, 0, 1, 2]), np.array([0, 1023, 1024, 9, 0])
    inside, numbers = kept.holding(texts, positions)
    assert inside.tolist() == [True, True, False, True, False]
    assert numbers.tolist() == [0, 0, 1]
