"""Evidence: which triples of an item can be looked for, and what they weigh."""

from __future__ import annotations

import numpy as np

from leakcheck.benchmark.card import FIELDS
from leakcheck.corpus_index.closeness.evidence import (
    LEAST_TRIPLES,
    Evidence,
    item_evidence,
    triples_of,
)
from leakcheck.corpus_index.sketching.fingerprints import fingerprint_limit
from leakcheck.index.item_table import CHOICES, QUESTION, ItemTable

from ..naive import naive_fingerprint

Tokens = list[tuple[int, float]]
"""Codes with their bits."""


def table_of(items: list[tuple[Tokens, Tokens]]) -> ItemTable:
    """Lay out the questions and choices of items; other fields are empty."""
    shape = (len(items), len(FIELDS))
    starts, ends = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    tokens: Tokens = []
    for number, fields in enumerate(items):
        for field, added in zip((QUESTION, CHOICES), fields, strict=True):
            starts[number, field] = len(tokens)
            tokens += added
            ends[number, field] = len(tokens)
    bits = np.array([weight for _, weight in tokens], np.float32)
    return ItemTable(
        bench_starts=np.array([0, len(items)]),
        starts=starts,
        ends=ends,
        codes=np.array([code for code, _ in tokens], np.uint16),
        bits=bits,
        damped_bits=bits,
        numbers=np.zeros(len(tokens), np.bool_),
        word_bits=np.zeros(shape, np.float32),
        number_bits=np.zeros(shape, np.float32),
    )


def evidence_of(*items: tuple[Tokens, Tokens], scale: int = 1, chosen=None) -> Evidence:
    wanted = np.arange(len(items)) if chosen is None else np.array(chosen)
    return item_evidence(table_of(list(items)), wanted, scale)


def words(*codes: int, bits: float = 2.0) -> Tokens:
    return [(code, bits) for code in codes]


def test_two_tokens_are_no_evidence():
    found = evidence_of((words(1, 2), []))
    assert (len(found.hashes), found.whole.tolist(), found.enough.tolist()) == (0, [0], [False])


def test_no_triple_reaches_from_the_question_into_the_choices():
    assert len(evidence_of((words(1, 2), words(3, 4))).hashes) == 0


def test_a_triple_that_comes_back_counts_once():
    found = evidence_of((words(1, 2, 3, 1, 2, 3), []))
    assert found.whole.tolist() == [3 * 6]


def test_an_item_needs_a_few_triples():
    codes = range(1, LEAST_TRIPLES + 3)
    found = evidence_of((words(*codes), []), (words(*list(codes)[:-1]), []))
    assert found.enough.tolist() == [True, False]


def test_items_that_were_not_asked_for_have_no_part():
    items = [(words(1, 2, 3), []), (words(4, 5, 6), [])]
    found = evidence_of(*items, chosen=[1])
    assert found.hashes.tolist() == [naive_fingerprint([4, 5, 6])]
    assert found.owners.tolist() == [0]


def test_a_triple_weighs_in_each_item_what_its_tokens_weigh_there():
    found = evidence_of((words(1, 2, 3), []), ([], words(1, 2, 3, bits=5.0)))
    assert found.starts.tolist() == [0, 2]
    assert (found.owners.tolist(), found.bits.tolist()) == ([0, 1], [6, 15])


def test_a_window_is_half_as_long_again_as_question_and_choices():
    found = evidence_of((words(*range(10)), words(*range(20, 30))))
    # Of the 30 tokens of a window, triples end at 28.
    assert found.reach.tolist() == [28]


def test_at_a_scale_the_triples_of_the_lowest_fingerprints_are_left():
    item = (words(*range(400)), [])
    every, some = evidence_of(item).hashes, evidence_of(item, scale=4).hashes
    assert some.tolist() == every[every < fingerprint_limit(4)].tolist()
    assert 60 < len(some) < 140


def test_the_triples_of_texts_stay_within_them():
    codes = np.array([1, 2, 3, 4, 5, 6, 7], np.uint16)
    limit = np.uint64(fingerprint_limit(1))
    hashes, texts, positions = triples_of(codes, np.array([0, 2, 6, 7]), limit)
    assert hashes.tolist() == [naive_fingerprint([3, 4, 5]), naive_fingerprint([4, 5, 6])]
    assert (texts.tolist(), positions.tolist()) == ([1, 1], [2, 3])
