"""Edits: each changes what it says, and nothing of a text it cannot change."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.selftest import edits

ALL = [
    edits.in_capitals,
    edits.with_typos,
    edits.with_sentences_in_another_order,
    edits.with_a_sentence_added,
    edits.with_less_said,
    edits.with_other_names,
    edits.with_other_words,
    edits.without_function_words,
    edits.with_other_numbers,
]
TEXT = (
    "On the quay of Porto Calmo, Ettore counts 17 crates. Each of the crates has 12 lamps, "
    "and Graça takes 30 lamps home. How many lamps are left in total?"
)


@pytest.mark.parametrize("edit", ALL, ids=lambda edit: edit.__name__)
@given(text=st.text(max_size=200), seed=st.integers())
def test_a_text_is_changed_or_refused(edit, text, seed):
    changed = edit(text, Random(seed))
    assert changed is None or changed != text


@pytest.mark.parametrize("edit", ALL, ids=lambda edit: edit.__name__)
def test_the_same_seed_gives_the_same(edit):
    assert edit(TEXT, Random(7)) == edit(TEXT, Random(7)) != TEXT


@pytest.mark.parametrize(
    ("edit", "text"),
    [
        pytest.param(edits.with_typos, "2 + 2 = ?", id="no word to misspell"),
        pytest.param(edits.with_sentences_in_another_order, "One sentence.", id="one sentence"),
        pytest.param(edits.with_less_said, "One sentence. And another.", id="nothing to spare"),
        pytest.param(edits.with_other_names, "A sum of two numbers.", id="no name"),
        pytest.param(edits.with_other_names, "Then in May I left.", id="a month is no name"),
        pytest.param(edits.with_other_words, "A blue stone.", id="no common word"),
        pytest.param(edits.without_function_words, "A blue stone.", id="hardly any"),
        pytest.param(edits.with_other_numbers, "Three stones.", id="no digits"),
    ],
)
def test_what_an_edit_does_not_fit_is_refused(edit, text):
    assert edit(text, Random(0)) is None


def test_typos_keep_the_letters_and_change_few_words():
    changed = edits.with_typos(TEXT, Random(0))
    assert Counter(changed) == Counter(TEXT)
    pairs = zip(changed.split(), TEXT.split(), strict=True)
    assert sum(a != b for a, b in pairs) == len(TEXT.split()) // 10


def test_another_order_keeps_the_words():
    changed = edits.with_sentences_in_another_order(TEXT, Random(0))
    assert Counter(changed.split()) == Counter(TEXT.split())


def test_a_sentence_added_leaves_all_the_others():
    changed = edits.with_a_sentence_added(TEXT, Random(0))
    assert all(sentence in changed for sentence in re.split(r"(?<=[.?]) ", TEXT))


def test_what_is_asked_is_never_dropped():
    for seed in range(20):
        assert edits.with_less_said(TEXT, Random(seed)).endswith("left in total?")


def test_a_name_gets_the_same_name_everywhere():
    changed = edits.with_other_names("When Ole met Ines, Ines laughed at Ole.", Random(3))
    first, second = re.findall(r"[A-Z]\w+", changed)[1:3]
    assert changed == f"When {first} met {second}, {second} laughed at {first}."


def test_every_number_is_another_with_as_many_digits():
    changed = edits.with_other_numbers(TEXT, Random(0))
    before, after = re.findall(r"\d+", TEXT), re.findall(r"\d+", changed)
    assert all(a != b and len(a) == len(b) for a, b in zip(before, after, strict=True))
    assert re.sub(r"\d+", "", changed) == re.sub(r"\d+", "", TEXT)


def test_edits_in_a_row_are_at_least_two():
    both = edits.one_after_the_other(edits.with_other_names, edits.with_other_numbers)
    assert both("There are 12 stones.", Random(0)) is None
    changed = both("Then Ole has 12 stones.", Random(0))
    assert "Ole" not in changed and "12" not in changed
