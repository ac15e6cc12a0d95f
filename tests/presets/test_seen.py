"""Evidence of the whole corpus: how far runs go tells every n-gram."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.presets.seen import SeenPart

from .naive import common, naive_seen

TEXT = st.lists(st.integers(0, 2), max_size=12)


def seen(documents, item) -> SeenPart:
    """Gather the evidence as the engine does, from the longest run at every token."""
    reach = [
        max(
            (
                common(document[at:], item[start:])
                for document in documents
                for at in range(len(document))
            ),
            default=0,
        )
        for start in range(len(item))
    ]
    ends = np.maximum.accumulate(np.arange(len(item)) + np.array(reach, np.int64))
    return SeenPart(ends, np.zeros(0, np.bool_), 8)


@settings(deadline=None)
@given(documents=st.lists(TEXT, max_size=3), item=TEXT, n=st.integers(1, 4))
def test_ngrams_are_those_of_the_documents(documents, item, n):
    grams = naive_seen(documents, item, n)
    evidence = seen(documents, item)
    assert evidence.grams(n).tolist() == grams
    covered = {place + step for place, held in enumerate(grams) if held for step in range(n)}
    assert np.flatnonzero(evidence.tokens(n)).tolist() == sorted(covered)


@settings(deadline=None)
@given(documents=st.lists(TEXT, max_size=3), item=TEXT)
def test_the_longest_run_is_that_of_the_best_document(documents, item):
    longest = max(
        (n for n in range(1, len(item) + 1) if any(naive_seen(documents, item, n))), default=0
    )
    assert seen(documents, item).longest() == longest


def test_an_item_of_no_tokens_has_nothing():
    empty = SeenPart(np.zeros(0, np.int64), np.zeros(0, np.bool_), 0)
    assert (empty.length, empty.longest(), empty.grams(3).tolist()) == (0, 0, [])
