"""Building packs: what a token weighs, and what of an item goes into its pack."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.benchmark.build import build_pack, token_bits
from leakcheck.benchmark.items import Item
from leakcheck.text.background import MOST_BITS, UNSPACED_RATE, background_bits, load_background
from leakcheck.text.symbols import symbol_hash
from leakcheck.text.tokens import tokenise, word_hash

WORDS = ["的", "鑫", "the", "of", "water", "lantern", "carillon", "zxqvjklw", "3", "4711"]


def naive_token_bits(words: list[list[str]]) -> list[float]:
    """Weigh the tokens of items one by one, as the docstring of `token_bits` says."""
    every = sum(map(len, words))
    bits = []
    for number, item in enumerate(words):
        for word in item:
            hashes = np.array([word_hash(word)], np.uint32)
            rate = UNSPACED_RATE if word in "的鑫" else 1.0
            known = float(background_bits(load_background(), hashes)[0]) / rate
            ordinary = 2.0**-known if known < MOST_BITS - 0.01 else 0.0
            elsewhere = sum(
                other.count(word) for place, other in enumerate(words) if place != number
            )
            probability = (ordinary + elsewhere / every) / 2
            bits.append(min(18.0, max(1.0, -rate * math.log2(max(probability, 2.0**-18)))))
    return bits


def bits_of(words: list[list[str]]) -> list[float]:
    hashes = [word_hash(word) for item in words for word in item]
    owners = [number for number, item in enumerate(words) for _ in item]
    return token_bits(np.array(hashes, np.uint32), np.array(owners, np.int64)).tolist()


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=8), min_size=1, max_size=6))
@settings(deadline=None)
def test_weighs_as_the_plain_twin_does(words):
    assert bits_of(words) == pytest.approx(naive_token_bits(words), abs=1e-4)


def test_no_tokens_have_no_weights():
    assert bits_of([[], []]) == []


def test_what_stands_in_an_item_only_is_as_rare_as_it_was():
    once, often = bits_of([["zxqvjklw"]]), bits_of([["zxqvjklw"] * 9])
    assert once == [MOST_BITS]
    assert often == [MOST_BITS] * 9


def test_what_other_items_have_too_tells_less():
    alone, shared = bits_of([["carillon", "water"]]), bits_of([["carillon", "water"], ["carillon"]])
    assert shared[0] < alone[0]
    assert shared[1] == alone[1]


def test_wording_that_all_items_have_tells_next_to_nothing():
    assert bits_of([["zxqvjklw"]] * 400)[0] == pytest.approx(1.0, abs=0.01)


def test_weights_are_stored_in_half_bits_from_1_to_18():
    bits = np.array(bits_of([["the"] * 3, ["the"], ["zxqvjklw"]]))
    assert ((bits >= 1) & (bits <= MOST_BITS)).all()


def test_a_pack_holds_each_field_of_each_item_in_order(make_card):
    items = [
        Item("train/0", "train", {"question": "Which door?", "answer": "Door 3"}),
        Item("test/0", "test", {"question": "", "answer": "None"}),
        Item("test/1", "test", {"question": "Who keeps the lantern?"}),
    ]
    pack = build_pack(make_card({"train": 1, "test": 2}), items)
    assert pack.items == ("train/0", "test/0", "test/1")
    assert pack.splits == ("train", "test", "test")
    assert pack.families.tolist() == [0, 1, 2]
    assert pack.symbols.tolist() == [
        symbol_hash("Which door?"),
        0,
        symbol_hash("Who keeps the lantern?"),
    ]
    for field in pack.fields:
        tokens = pack.fields[field]
        for number, item in enumerate(items):
            own = slice(tokens.offsets[number], tokens.offsets[number + 1])
            hashes = tokenise(item.fields.get(field, "")).hashes
            assert tokens.codes[own].tolist() == (hashes & 0xFFFF).tolist()
            assert tokens.numbers[own].tolist() == (hashes >= 1 << 31).tolist()


def test_a_pack_remembers_the_revisions_of_its_sources(make_card):
    pack = build_pack(make_card({"test": 1}), [Item("test/0", "test", {"question": "Who?"})])
    assert (pack.header.name, pack.header.revisions) == ("riddles", ["7"])
