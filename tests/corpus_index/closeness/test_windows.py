"""Windows: what the best stretch of a text holds of each item."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.corpus_index.closeness import windows
from leakcheck.corpus_index.closeness.evidence import Evidence
from leakcheck.corpus_index.closeness.windows import (
    FoundTriples,
    best_bits,
    find_triples,
    raise_best,
)

TRIPLES = 6


class Item(NamedTuple):
    bits: dict[int, float]
    """What each of its triples weighs."""
    reach: int


Text = list[tuple[int, int]]
"""Positions, ascending, and the triple at each."""

ITEMS = st.lists(
    st.builds(
        Item,
        st.dictionaries(st.integers(0, TRIPLES - 1), st.integers(1, 5).map(float), min_size=1),
        st.integers(1, 12),
    ),
    min_size=1,
    max_size=4,
)
TEXTS = st.lists(
    st.dictionaries(st.integers(0, 60), st.integers(0, TRIPLES - 1), min_size=1).map(
        lambda places: sorted(places.items())
    ),
    max_size=3,
)


def evidence_of(items: list[Item]) -> Evidence:
    rows = sorted((triple, n) for n, item in enumerate(items) for triple in item.bits)
    return Evidence(
        hashes=np.arange(TRIPLES, dtype=np.uint64) * np.uint64(10),
        starts=np.searchsorted([triple for triple, _ in rows], np.arange(TRIPLES + 1)),
        owners=np.array([n for _, n in rows], np.int32),
        bits=np.array([items[n].bits[triple] for triple, n in rows], np.float32),
        whole=np.array([sum(item.bits.values()) for item in items], np.float32),
        reach=np.array([item.reach for item in items], np.int64),
        enough=np.ones(len(items), np.bool_),
    )


def found_in(texts: list[Text]) -> FoundTriples:
    rows = [(n, position, triple) for n, text in enumerate(texts) for position, triple in text]
    return FoundTriples(*np.array(rows, np.int64).reshape(-1, 3).T.copy())


def best_of(items: list[Item], texts: list[Text]) -> list[float]:
    evidence = evidence_of(items)
    best = best_bits(evidence)
    raise_best(evidence, found_in(texts), best)
    return best.tolist()


def naive_best(item: Item, texts: list[Text]) -> float:
    """Try the window that starts at each triple of each text."""
    windows_of_texts = [
        {triple for position, triple in text if first <= position < first + item.reach}
        for text in texts
        for first, _ in text
    ]
    return max(
        (sum(item.bits.get(triple, 0.0) for triple in held) for held in windows_of_texts),
        default=0.0,
    )


def test_no_text_holds_nothing():
    assert best_of([Item({0: 3.0}, 5)], []) == [0]


def test_what_two_texts_hold_is_not_added():
    assert best_of([Item({0: 3.0, 1: 4.0}, 5)], [[(0, 0)], [(0, 1)]]) == [4]


def test_what_stands_farther_apart_than_a_window_is_not_added():
    assert best_of([Item({0: 3.0, 1: 4.0}, 5)], [[(0, 0), (5, 1)]]) == [4]
    assert best_of([Item({0: 3.0, 1: 4.0}, 6)], [[(0, 0), (5, 1)]]) == [7]


def test_a_triple_that_comes_back_counts_once():
    assert best_of([Item({0: 3.0}, 5)], [[(0, 0), (1, 0), (2, 0)]]) == [3]


def test_a_window_over_the_border_of_two_stretches_is_seen(monkeypatch):
    monkeypatch.setattr(windows, "LEAST_STRETCH", 4)
    text = [(0, 2), (3, 0), (4, 1), (40, 2)]
    assert best_of([Item({0: 3.0, 1: 4.0}, 4)], [text]) == [7]


def test_what_was_better_before_stays():
    evidence = evidence_of([Item({0: 3.0}, 5), Item({1: 2.0}, 5)])
    best = np.array([9.0, 1.0], np.float32)
    raise_best(evidence, found_in([[(0, 0), (1, 1)]]), best)
    assert best.tolist() == [9, 2]


@settings(deadline=None)
@pytest.mark.parametrize("stretch", [1, 512])
@given(items=ITEMS, texts=TEXTS)
def test_the_kernel_agrees_with_trying_every_window(stretch, items, texts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(windows, "LEAST_STRETCH", stretch)
        assert best_of(items, texts) == [naive_best(item, texts) for item in items]


def test_fingerprints_that_no_item_has_are_not_found():
    evidence = evidence_of([Item({0: 3.0, 2: 4.0}, 5)])
    hashes = np.array([5, 20, 0, 1000], np.uint64)
    found = find_triples(evidence, hashes, np.array([0, 1, 1, 2]), np.array([7, 8, 9, 3]))
    assert found.texts.tolist() == [1, 1]
    assert found.positions.tolist() == [8, 9]
    assert found.triples.tolist() == [2, 0]
