"""Sifting: what is kept out no exact bound would let in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.compiled import kernel
from leakcheck.detection.blocks import block_shift, forget_blocks, note_blocks
from leakcheck.detection.catalogue import load_catalogue
from leakcheck.detection.hits import Hits
from leakcheck.detection.screen import WHOLE
from leakcheck.detection.sifting import PLACES, add_shares, new_sifting, stamp_suspects
from leakcheck.index.item_table import QUESTION

from .conftest import sentence

QUESTIONS = [sentence(seed, words=4 + 3 * seed) for seed in range(12)]


@pytest.fixture(scope="module")
def lookups(make_benchmark):
    made = make_benchmark({f"test/{n}": text for n, text in enumerate(QUESTIONS)})
    return load_catalogue([made]).lookups


@kernel
def passes(item, codes, screen, reach, sifting):
    shift = block_shift(len(codes))
    note_blocks(codes, 0, len(codes), shift, sifting.blocks)
    sifting.suspects[0], sifting.shares[0] = item, WHOLE
    sifting.hit_blocks[0] = ~np.uint32(0)
    stamped = stamp_suspects(1, shift, screen, reach, sifting, np.int32(1))
    forget_blocks(codes, 0, len(codes), sifting.blocks)
    return stamped


@kernel
def summed(others, postings, first_token, screened, sums):
    hits = Hits(others, others, postings)
    return add_shares(hits, 0, len(others), first_token, screened, sums)


def question(lookups, item: int) -> slice:
    return slice(lookups.items.starts[item, QUESTION], lookups.items.ends[item, QUESTION])


@given(st.integers(0, len(QUESTIONS) - 1), st.data())
@settings(deadline=None, max_examples=200)
def test_an_item_whose_tokens_could_reach_the_floor_always_passes(lookups, item, data):
    place = question(lookups, item)
    codes = lookups.items.codes[place]
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=len(codes), max_size=len(codes))))
    present = set(codes[kept].tolist())
    gained = sum(
        float(gain)
        for code, gain in zip(codes.tolist(), lookups.gains[place], strict=True)
        if code in present
    )
    least = least_gain(lookups, item)
    sifting = new_sifting(len(QUESTIONS), 64, 16)
    hashes = np.array([1, *present], np.uint32)
    passed = passes(item, hashes, lookups.screen, lookups.reach, sifting)
    assert passed == (sifting.stamps[item] == 1)
    assert not sifting.blocks.any()
    if gained >= least:
        assert passed
    if gained < 0.98 * least - 1:
        assert not passed


def least_gain(lookups, item: int) -> float:
    """Return what reaching the floor, or four fifths of a question, gains at least."""
    words, numbers = (
        lookups.items.word_bits[item, QUESTION],
        lookups.items.number_bits[item, QUESTION],
    )
    reached = lookups.floors[item] + 0.3 * words + 0.7 * numbers
    return float(min(reached, 0.8 * 1.3 * (words + numbers)))


@given(st.lists(st.integers(0, 1 << 30), max_size=30), st.integers(0, 3))
@settings(deadline=None)
def test_hits_that_weigh_enough_together_always_reach_the_whole(lookups, picks, first_token):
    sieve, screen = lookups.sieve, lookups.screen
    slots = np.flatnonzero(sieve.shingles)
    postings = sieve.postings[slots[np.array(picks, np.int64) % len(slots)]]
    others = np.arange(len(picks), dtype=np.int32)
    sums = np.zeros(PLACES, np.uint8)
    most = summed(others, postings, first_token, screen.postings, sums)
    weights = np.zeros(len(QUESTIONS))
    for posting in postings[first_token:].tolist():
        start, count = posting >> 24, posting & 0xFFFFFF
        weights[sieve.items[start : start + count]] += sieve.bits[start : start + count]
    reached = sums[np.arange(len(QUESTIONS)) % PLACES] >= WHOLE
    assert np.all(reached[weights >= lookups.candidate_bits])
    assert most == sums.max()
