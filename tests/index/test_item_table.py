"""The item table: packs one after the other, and what the repeats of a token are worth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.benchmark.card import FIELDS
from leakcheck.index.item_table import (
    CHOICES,
    CONTEXT,
    QUESTION,
    has_tests,
    item_table,
)

TOKEN = st.tuples(st.integers(0, 5), st.integers(2, 36).map(lambda n: n / 2), st.booleans())
ITEM = st.dictionaries(st.sampled_from(FIELDS), st.lists(TOKEN, max_size=7))
BENCHMARK = st.lists(ITEM, min_size=1, max_size=4)


def test_fields_stand_where_the_card_has_them():
    assert [FIELDS[n] for n in (QUESTION, CHOICES, CONTEXT)] == ["question", "choices", "context"]


@pytest.mark.parametrize(
    ("repeats", "damped"),
    [
        pytest.param(1, [8.0], id="once"),
        pytest.param(2, [8.0, 4.0], id="twice"),
        pytest.param(4, [8.0, 4.0, 2.0, 1.0], id="four-times"),
    ],
)
def test_each_repeat_in_a_field_tells_half_as_much(pack_of_codes, repeats, damped):
    table = item_table([pack_of_codes([{"question": [(7, 8.0, False)] * repeats}])])
    assert table.damped_bits.tolist() == damped
    assert table.bits.tolist() == [8.0] * repeats
    assert table.word_bits[0, QUESTION] == sum(damped)


def test_a_token_is_no_repeat_of_one_in_another_field_or_item(pack_of_codes):
    token = [(7, 8.0, False)]
    items = [{"question": token, "choices": token}, {"question": token}]
    assert item_table([pack_of_codes(items)]).damped_bits.tolist() == [8.0] * 3


def test_words_and_numbers_are_summed_apart(pack_of_codes):
    question = [(1, 3.0, False), (2, 10.0, True), (3, 4.5, False), (2, 10.0, True)]
    table = item_table([pack_of_codes([{"question": question}])])
    assert table.word_bits[0].tolist() == [7.5, 0, 0, 0, 0]
    assert table.number_bits[0].tolist() == [15.0, 0, 0, 0, 0]


@given(st.lists(BENCHMARK, min_size=1, max_size=3))
@settings(deadline=None, max_examples=60)
def test_every_field_of_every_item_is_found_again(pack_of_codes, benchmarks):
    table = item_table([pack_of_codes(items) for items in benchmarks])
    assert np.diff(table.bench_starts).tolist() == list(map(len, benchmarks))
    for item, expected in enumerate(item for items in benchmarks for item in items):
        for number, field in enumerate(FIELDS):
            tokens = expected.get(field, [])
            place = slice(table.starts[item, number], table.ends[item, number])
            assert table.codes[place].tolist() == [code for code, _, _ in tokens]
            assert table.bits[place].tolist() == [bits for _, bits, _ in tokens]
            assert table.numbers[place].tolist() == [is_number for _, _, is_number in tokens]
            damped = [
                bits / 2 ** [other for other, _, _ in tokens[:at]].count(code)
                for at, (code, bits, _) in enumerate(tokens)
            ]
            assert table.damped_bits[place].tolist() == pytest.approx(damped)
            sums = table.word_bits[item, number] + table.number_bits[item, number]
            assert sums == pytest.approx(sum(damped))


TESTED = {"question": [(1, 8.0, False)], "code": [(2, 8.0, False)], "context": [(3, 8.0, True)]}


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        pytest.param([{"context": [(3, 8.0, True)]}], [False], id="a-passage-to-be-read"),
        pytest.param([{"code": [(2, 8.0, False)]}], [False], id="code-without-tests"),
        pytest.param(
            [TESTED, {"question": [(1, 8.0, False)]}], [False, False], id="some-have-code"
        ),
        pytest.param(
            [{**TESTED, "context": [(3, 8.0, True)] * (129)}, TESTED],
            [False, True],
            id="a-program-of-its-own",
        ),
        pytest.param([TESTED, TESTED], [True, True], id="tests-of-code"),
    ],
)
def test_a_context_are_tests_where_every_item_has_code(pack_of_codes, items, expected):
    assert has_tests(item_table([pack_of_codes(items)])).tolist() == expected


def test_one_benchmark_says_nothing_of_another(pack_of_codes):
    packs = [pack_of_codes([TESTED]), pack_of_codes([{"question": [(1, 8.0, False)]}])]
    assert has_tests(item_table(packs)).tolist() == [True, False]
