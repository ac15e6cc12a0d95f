"""Arrays in blocks: broken elements, and cuts at every place."""

from __future__ import annotations

import json
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.corpus.blocks import UnreadRecord
from leakcheck.corpus.formats.json_array import array_elements


def elements(text, size):
    blocks = (text[start : start + size] for start in range(0, len(text), size))
    found = chain.from_iterable(array_elements(blocks))
    return ["LOST" if isinstance(each, UnreadRecord) else each for each in found]


ONE, TWO = {"a": "one"}, {"a": "two"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('[{"a": "one"}, {"a": }, {"a": "two"}]', [ONE, "LOST", TWO], id="middle"),
        pytest.param('[{"a": }, {"a": "one"}, {"a": "two"}]', ["LOST", ONE, TWO], id="first"),
        pytest.param('[{"a": "one"}, {"a": "two"}, {"a": }]', [ONE, TWO, "LOST"], id="last"),
        pytest.param('[{"a": "one"}, {"a": "tw', [ONE, "LOST"], id="truncated-in-a-string"),
        pytest.param('[{"a": "one"}, ', [ONE, "LOST"], id="truncated-between"),
        pytest.param('[{"a": "one"} {"a": "two"}]', [ONE, TWO], id="comma-missing"),
        pytest.param('[{"a": "one"}, {"a": "two"},]', [ONE, TWO], id="comma-too-many"),
        pytest.param('[{"a": "one"}][{"a": "two"}]', [ONE, "LOST", TWO], id="two-arrays"),
        pytest.param('["x", y", "z"]', ["x", "LOST", "z"], id="strings"),
        pytest.param('[{"a": "\tone"}, {"a": "two"}]', [{"a": "\tone"}, TWO], id="raw-tab"),
    ],
)
@pytest.mark.parametrize("size", [30, 1000])
def test_a_broken_element_costs_itself_only(text, expected, size):
    assert elements(text, size) == expected


def test_finds_the_next_element_though_the_broken_one_is_nested():
    text = '[{"id": 1, "t": [{"r": 1}, {"r": }, {"r": 2}]}, {"id": 2, "t": []}]'
    assert elements(text, 1000) == ["LOST", {"id": 2, "t": []}]


def test_counts_the_bytes_of_a_broken_element_over_many_blocks():
    broken = '{"a": nothing, "b": "' + "é" * 500 + '"}, '
    text = f'[{broken}{{"a": "one"}}]'
    blocks = (text[start : start + 40] for start in range(0, len(text), 40))
    [lost, one] = chain.from_iterable(array_elements(blocks))
    assert lost.size_bytes == len(broken.encode())
    assert one == ONE


@pytest.mark.parametrize("size", [1, 3, 5, 7, 11, 100])
def test_space_and_commas_cut_in_two_belong_to_the_broken_element(size):
    broken = "x,x, null , -100000\r\n,\r\n"
    text = f"[{broken}{{}},0\r\n, 12]"
    blocks = (text[start : start + size] for start in range(0, len(text), size))
    [lost, *others] = chain.from_iterable(array_elements(blocks))
    assert lost.size_bytes == len(broken)
    assert others == [{}, 0, 12]


def test_text_behind_the_array_is_told():
    assert elements('[{"a": "one"}] and so on', 1000) == [ONE, "LOST"]


records = st.recursive(
    st.text() | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", '{"a":', "}, {"]), below, max_size=3)
    ),
    max_leaves=10,
)


@given(
    st.lists(records, max_size=8),
    st.sampled_from([None, 0, 2]),
    st.booleans(),
    st.integers(1, 80),
)
def test_reads_every_array_in_blocks_of_any_size(values, indent, ascii_only, size):
    text = json.dumps(values, indent=indent, ensure_ascii=ascii_only)
    assert elements(text, size) == values


@given(st.lists(st.fixed_dictionaries({"a": st.text(), "b": st.text()}), max_size=9))
def test_reads_arrays_of_alike_records(values):
    assert elements(json.dumps(values), 25) == values
