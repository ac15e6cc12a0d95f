"""Runs: all of them, each once, as long as they go; against a twin in plain Python."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.presets.grams import gram_hashes, gram_places, gram_table, gram_weights
from leakcheck.presets.record import SkipRule
from leakcheck.presets.runs import Runs, find_runs, mark_skipping, note_reach
from leakcheck.presets.sequences import ItemSequences

from .naive import naive_runs, naive_skipping

TEXTS = st.lists(st.lists(st.integers(0, 3), max_size=14), min_size=1, max_size=4)


def joined(texts) -> tuple[np.ndarray, np.ndarray]:
    codes = np.array([code for text in texts for code in text], np.uint16)
    return codes, np.array([0, *accumulate(map(len, texts))], np.int64)


def sequences(items) -> ItemSequences:
    codes, ends = joined(items)
    bounds = np.stack([ends[:-1], ends[1:]], axis=1)
    return ItemSequences(np.array([0, len(items)]), bounds, codes)


def found(documents, items, n) -> set[tuple[int, ...]]:
    laid_out = sequences(items)
    codes, starts = joined(documents)
    table = gram_table(laid_out, laid_out.bounds[:, 0], laid_out.bounds[:, 1], n)
    runs = find_runs(codes, starts, laid_out, table)
    rows = set()
    for document, item, start, place, length in zip(*runs, strict=True):
        row = (document, item, start - laid_out.bounds[item, 0], place - starts[document], length)
        assert row not in rows, "a run was found twice"
        rows.add(tuple(map(int, row)))
    return rows


@pytest.mark.parametrize(
    ("document", "item"),
    [
        ([], [1, 2, 3]),
        ([1, 2, 3], []),
        ([1, 2, 9, 3], [1, 2, 3]),
        ([3, 2, 1], [1, 2, 3]),
    ],
    ids=["no document", "no item", "too short on either side", "another order"],
)
def test_what_is_no_run(document, item):
    assert found([document], [item], 3) == set()


def test_a_run_goes_as_far_as_both_texts_do():
    assert found([[9, 1, 2, 3, 4, 8]], [[7, 1, 2, 3, 4]], 3) == {(0, 0, 1, 1, 4)}


def test_a_run_ends_with_the_document():
    assert found([[1, 2], [3, 4]], [[1, 2, 3, 4]], 3) == set()


def test_a_run_ends_with_the_item():
    assert found([[1, 2, 3, 4]], [[1, 2], [3, 4]], 3) == set()


@settings(deadline=None)
@given(documents=TEXTS, items=TEXTS, n=st.integers(1, 4))
def test_the_kernel_finds_what_its_twin_finds(documents, items, n):
    assert found(documents, items, n) == naive_runs(documents, items, n)


@settings(deadline=None)
@given(
    documents=TEXTS,
    item=st.lists(st.integers(0, 3), max_size=14),
    exact=st.integers(1, 3),
    more=st.integers(0, 3),
    budget=st.integers(0, 3),
)
def test_spans_that_skip_are_those_of_the_twin(documents, item, exact, more, budget):
    rule = SkipRule(exact, exact + more, budget)
    laid_out = sequences([item])
    codes, starts = joined(documents)
    table = gram_table(laid_out, laid_out.bounds[:, 0], laid_out.bounds[:, 1], exact)
    marks = np.zeros(len(item), np.bool_)
    runs = find_runs(codes, starts, laid_out, table)
    mark_skipping(runs, codes, starts, laid_out, rule, marks)
    assert marks.tolist() == naive_skipping(documents, item, *rule)


def test_ngrams_are_told_apart_by_their_order():
    hashes = gram_hashes(np.array([1, 2, 1, 0, 0], np.uint16), 2)
    assert len(set(hashes.tolist())) == 4


def test_a_table_holds_only_what_lies_between_the_bounds():
    places, owners = gram_places(np.array([2, 5]), np.array([5, 6]), 2)
    assert (places.tolist(), owners.tolist()) == ([2, 3], [0, 0])


def test_an_ngram_weighs_by_how_few_items_have_it():
    items = sequences([[1, 2, 1, 2], [1, 2, 3]])
    weights = gram_weights(items._replace(bounds=_as_questions(items)), 2, ("question",))
    assert weights.tolist() == pytest.approx([0, np.log(2), 0, 0, 0, np.log(2), 0])


def _as_questions(items) -> np.ndarray:
    """Give the whole of every item to its second field of five."""
    starts, ends = items.bounds[:, :1], items.bounds[:, 1:]
    return np.concatenate([starts, starts, ends, ends, ends, ends], axis=1)


def test_reach_is_that_of_the_longest_run_from_each_token():
    starts, lengths = np.array([2, 0, 2]), np.array([3, 4, 5])
    runs = Runs(*(np.zeros(3, np.int64),) * 2, starts, np.zeros(3, np.int64), lengths)
    reach = np.array([0, 9, 0, 0])
    note_reach(runs, reach)
    assert reach.tolist() == [4, 9, 5, 0]
