"""The screen: what it keeps out no exact bound would let in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.compiled import kernel
from leakcheck.detection.catalogue import load_catalogue
from leakcheck.detection.screen import (
    PLACES,
    RAREST,
    WHOLE,
    add_shares,
    gather_codes,
    new_sifting,
    stamp_suspects,
)
from leakcheck.index.item_table import QUESTION

from .conftest import sentence

QUESTIONS = [sentence(seed, words=4 + 3 * seed) for seed in range(12)]


@pytest.fixture(scope="module")
def lookups(make_benchmark):
    made = make_benchmark({f"test/{n}": text for n, text in enumerate(QUESTIONS)})
    return load_catalogue([made]).lookups


@kernel
def passes(item, codes, screen, sifting):
    gather_codes(codes, 0, len(codes), sifting.present)
    sifting.suspects[0] = item
    return stamp_suspects(
        sifting.suspects, 1, sifting.present, screen.rarest, screen.bag_starts, screen.bags,
        sifting.stamps, np.int32(1),
    )  # fmt: skip


@kernel
def summed(others, postings, first_token, screened, sums):
    return add_shares(others, postings, 0, len(others), first_token, screened, sums)


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
    sifting = new_sifting(len(QUESTIONS), 16)
    hashes = np.array([1, *present], np.uint32)
    passed = passes(item, hashes, lookups.screen, sifting)
    assert passed == (sifting.stamps[item] == 1)
    if gained >= lookups.needed_gains[item]:
        assert passed
    if gained < 0.98 * lookups.needed_gains[item] - 1:
        assert not passed


@given(st.lists(st.integers(0, 1 << 30), max_size=30), st.integers(0, 3))
@settings(deadline=None)
def test_hits_that_weigh_enough_together_always_reach_the_whole(lookups, picks, first_token):
    sieve, screen = lookups.sieve, lookups.screen
    slots = np.flatnonzero(sieve.shingles)
    postings = sieve.postings[slots[np.array(picks, np.int64) % len(slots)]]
    others = np.arange(len(picks), dtype=np.int32)
    sums = np.zeros(PLACES, np.uint32)
    most = summed(others, postings, first_token, screen.postings, sums)
    weights = np.zeros(len(QUESTIONS))
    for posting in postings[first_token:].tolist():
        start, count = posting >> 24, posting & 0xFFFFFF
        weights[sieve.items[start : start + count]] += sieve.bits[start : start + count]
    reached = sums[np.arange(len(QUESTIONS)) % PLACES] >= WHOLE
    assert np.all(reached[weights >= lookups.candidate_bits])
    assert most == sums.max()


def test_the_rarest_tokens_of_a_question_are_those_that_gain_most(lookups):
    rarest = lookups.screen.rarest.reshape(-1, RAREST)
    for item in range(len(QUESTIONS)):
        bag = lookups.screen.bags[
            lookups.screen.bag_starts[item] : lookups.screen.bag_starts[item + 1]
        ]
        expected = sorted(bag.tolist(), reverse=True)[:RAREST]
        assert rarest[item].tolist() == expected + [0] * (RAREST - len(expected))
        assert (bag & 0xFFFF).tolist() == lookups.items.codes[question(lookups, item)].tolist()
