"""Differences from fingerprints: what is never said, and what can be told without the text."""

from __future__ import annotations

import numpy as np
import pytest

from leakcheck.corpus_index.searching.differing import changes_from
from leakcheck.corpus_index.searching.likeness import Question, Window

TOKENS = 20
ALL = range(2, TOKENS)
CODES = np.arange(100, 100 + TOKENS, dtype=np.uint16)


def question(numbers=(), rare=(), kept=ALL, found=ALL) -> Question:
    def marks(places):
        column = np.zeros(TOKENS, np.bool_)
        column[list(places)] = True
        return column

    return Question(
        CODES, np.full(TOKENS, 10, np.float32), *map(marks, (numbers, rare, kept, found))
    )


def window(codes=CODES, tokens=TOKENS) -> Window:
    return Window(np.asarray(codes, np.uint16), tokens)


def test_nothing_is_said_of_what_is_verbatim():
    assert changes_from(question(rare=[3], numbers=[3]), window(CODES[:3]), "verbatim") == []


def test_nothing_is_said_where_all_that_is_seen_is_there():
    assert changes_from(question(rare=[3, 7, 11]), window(), "near") == []


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        (question(numbers=[8], rare=[8], found=set(ALL) - {8, 9, 10}), np.delete(CODES, 8)),
        (question(numbers=[8], found=set(ALL) - {8, 9, 10}), CODES),
    ],
    ids=["a rare one", "a common one by its triples"],
)
def test_a_number_that_is_not_there_is_told(asked, there):
    assert "numbers" in changes_from(asked, window(there), "variant")


@pytest.mark.parametrize(
    "asked",
    [
        question(numbers=[8], found=set(ALL) - {3, 4, 5, 8, 9, 10}),
        question(numbers=[8], kept=[3, 9, 10, 15], found=[3, 15]),
    ],
    ids=["other triples are gone too", "few triples are kept"],
)
def test_a_common_number_is_not_told_where_its_triples_do_not_say_it(asked):
    assert "numbers" not in changes_from(asked, window(), "near")


def test_rare_tokens_in_another_order_are_told():
    rare = range(0, TOKENS, 2)
    turned = np.concatenate((CODES[10:], CODES[:10]))
    assert "reordered" in changes_from(question(rare=rare), window(turned), "rewritten")
    swapped = CODES.copy()
    swapped[[0, 2]] = swapped[[2, 0]]
    assert "reordered" not in changes_from(question(rare=rare), window(swapped), "near")


def test_words_that_are_not_there_are_told():
    rare = range(0, TOKENS, 2)
    assert changes_from(question(rare=rare), window(CODES[:16]), "near") == ["reworded"]
    broken = question(rare=[0], found=set(ALL) - {5, 6, 7, 12, 13, 14})
    assert changes_from(broken, window(), "near") == ["reworded"]


def test_without_rare_words_or_triples_nothing_is_said_of_words():
    assert changes_from(question(kept=(), found=()), window([]), "near") == []


def test_length_is_told_where_the_unseen_ends_do_not_matter():
    rare, kept = [5, 14], ()
    asked = question(rare=rare, kept=kept, found=())
    assert changes_from(asked, window(CODES[[5, 14]], 25), "near") == ["extended"]
    assert changes_from(asked, window(CODES[[5, 14]], 24), "near") == []
    assert changes_from(asked, window(CODES[[5, 14]], 10), "near") == []  # ten at the ends
    whole = question(rare=[0, 19], kept=(), found=())
    assert changes_from(whole, window(CODES[[0, 19]], 15), "near") == ["shortened"]
    assert changes_from(whole, window(CODES[[0, 19]], 16), "near") == []
