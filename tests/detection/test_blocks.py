"""Blocks: what is told to be far from a hit, or not together, is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.compiled import kernel
from leakcheck.detection.blocks import (
    BLOCKS,
    CODE_BITS,
    CODE_PLACES,
    LOST,
    block_shift,
    blocks_together,
    is_together,
    near,
)
from leakcheck.detection.clusters import SWEEP_TOKENS
from leakcheck.detection.score import WINDOW_RATIO, WINDOW_SLACK


@kernel
def shift_of(tokens):
    return block_shift(tokens)


@kernel
def stand_together(entries, blocks, window, tokens, shift, there):
    together = blocks_together(tokens, shift)
    return is_together(entries, 0, len(entries), blocks, window, together, there)


@given(st.lists(st.integers(0, 399), min_size=1, max_size=6), st.integers(0, 120))
@settings(deadline=None, max_examples=300)
def test_all_that_a_cluster_may_be_scored_by_is_near_its_hits(hits, reach):
    tokens, shift = 400, shift_of(400)
    blocks = np.bitwise_or.reduce([1 << (hit >> int(shift)) for hit in hits])
    noted = int(near(np.uint32(blocks), reach, shift))
    hits = sorted(hits)
    for first in hits:
        last = first
        for hit in hits:
            if last < hit < last + reach + SWEEP_TOKENS:
                last = hit
        for token in range(max(0, first - reach), min(tokens, last + reach + 1)):
            assert noted >> (token >> int(shift)) & 1


def test_far_from_the_hits_nothing_is_near():
    assert int(near(np.uint32(1 << 10), 16, np.uint32(3))) == 0b1111111 << 7
    assert int(near(np.uint32(1 << 31), 0, np.uint32(3))) == 0b11 << 30


@pytest.mark.parametrize("tokens", [1, 31, 32, 33, 64, 65, 1000, 1 << 20])
def test_a_document_has_no_more_blocks_than_a_number_has_bits(tokens):
    shift = int(shift_of(tokens))
    assert (tokens - 1) >> shift < BLOCKS
    assert shift == 0 or (tokens - 1) >> (shift - 1) >= BLOCKS


@given(st.data(), st.integers(1, 2000), st.integers(1, 60))
@settings(max_examples=300)
def test_what_stands_in_one_window_is_together(data, document, question):
    width = min(document, int(WINDOW_RATIO * question) + WINDOW_SLACK)
    start = data.draw(st.integers(0, document - width))
    places = data.draw(
        st.lists(st.integers(start, start + width - 1), min_size=question, max_size=question)
    )
    assert found_together(places, document)


def test_what_is_farther_apart_than_any_window_is_not_together():
    assert not found_together([0, 1, 2, 900, 901, 902], 1000)
    assert not found_together([10, 500, 990], 1000)


def test_little_of_a_question_may_be_elsewhere():
    assert found_together([0, 1, 2, 900], 1000, lost=LOST)
    assert not found_together([0, 1, 2, 900], 1000, lost=LOST + 1)


def found_together(places: list[int], document: int, lost: int = 2 * LOST) -> bool:
    """Tell if tokens at some places of a document are told to be together, none but few lost."""
    shift = shift_of(document)
    blocks = np.zeros(CODE_PLACES, np.uint32)
    for code, place in enumerate(places):
        blocks[code] |= np.uint32(1 << (place >> int(shift)))
    entries = np.arange(len(places), dtype=np.uint32) | np.uint32(lost << int(CODE_BITS))
    there = np.empty(len(places), np.uint32)
    window = np.uint32((1 << BLOCKS) - 1)
    return bool(stand_together(entries, blocks, window, len(places), shift, there))
