"""The screen: of each question the tokens that it can least do without."""

from __future__ import annotations

import pytest

from leakcheck.detection.catalogue import load_catalogue
from leakcheck.detection.screen import RAREST
from leakcheck.index.item_table import QUESTION

from .conftest import sentence

QUESTIONS = [sentence(seed, words=4 + 3 * seed) for seed in range(12)]


@pytest.fixture(scope="module")
def lookups(make_benchmark):
    made = make_benchmark({f"test/{n}": text for n, text in enumerate(QUESTIONS)})
    return load_catalogue([made]).lookups


def test_the_rarest_tokens_of_a_question_are_those_that_gain_most(lookups):
    rarest = lookups.screen.rarest.reshape(-1, RAREST)
    for item in range(len(QUESTIONS)):
        bag = lookups.screen.bags[
            lookups.screen.bag_starts[item] : lookups.screen.bag_starts[item + 1]
        ]
        expected = sorted(bag.tolist(), reverse=True)[:RAREST]
        assert rarest[item].tolist() == expected + [0] * (RAREST - len(expected))
        items = lookups.items
        question = slice(items.starts[item, QUESTION], items.ends[item, QUESTION])
        assert (bag & 0xFFFF).tolist() == items.codes[question].tolist()
