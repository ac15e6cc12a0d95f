from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.cleaning.json_strings import cut_json, strings_of
from leakcheck.cleaning.uncuttable import Uncuttable

keys = st.sampled_from(["a", "b.c", "d[0]", "é"])
leaves = st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=6)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=12,
)


def strings_in(value, place=""):
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from strings_in(each, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from strings_in(each, f"{place}[{number}]")


@given(value=values, is_ascii=st.booleans(), indent=st.sampled_from([None, 0, 2]))
def test_every_string_has_its_place(value, is_ascii, indent):
    text = json.dumps(value, ensure_ascii=is_ascii, indent=indent)
    found = [(place, json.loads(text[start:end])) for place, (start, end) in strings_of(text)]
    assert found == list(strings_in(value))


@given(
    text=st.text(max_size=12) | st.text(alphabet='\\"\n/\U0001f600é', max_size=12),
    data=st.data(),
    is_ascii=st.booleans(),
)
def test_characters_are_cut_as_the_reader_counts_them(text, data, is_ascii):
    if text.isspace() or not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    written = json.dumps({"n": 1.50, "text": text, "z": text}, ensure_ascii=is_ascii)
    edited = json.loads(cut_json(written, {"text": [(start, end)]}, None))
    assert edited == {"n": 1.5, "text": text[:start] + text[end:], "z": text}


@pytest.mark.parametrize(
    ("record", "edited"),
    [
        (
            '{"b":1e5,  "text" :"one two three","a":1.50}',
            '{"b":1e5,  "text" :"one  three","a":1.50}',
        ),
        (r'{"text": "\u0041\/e two\u00e9"}', r'{"text": "\u0041\/e \u00e9"}'),
        (r'{"text": "\ud83d\ude00ab two!"}', r'{"text": "\ud83d\ude00ab !"}'),
        ('{"text": "one two"}\r\n', '{"text": "one "}\r\n'),
        ('{"text": "a\tb two", "n": NaN}', '{"text": "a\tb ", "n": NaN}'),
    ],
    ids=["numbers and spaces", "escapes", "pairs", "line end", "control characters"],
)
def test_all_else_stays_as_it_was_written(record, edited):
    assert cut_json(record, {"text": [(4, 7)]}, None) == edited


def test_several_places_are_cut_at_once():
    record = '{"m": [{"content": "one two"}, {"content": "three"}], "q": "four"}'
    cuts = {"q": [(0, 4)], "m[1].content": [(0, 2)], "m[0].content": [(0, 1), (3, 7)]}
    assert cut_json(record, cuts, None) == (
        '{"m": [{"content": "ne"}, {"content": "ree"}], "q": ""}'
    )


@pytest.mark.parametrize(
    "record",
    [
        '{"text": "seen", "text": "seen"}',
        '{"a": {"b": "one"}, "a.b": "two"}',
        '{"other": "text"}',
        '{"text": 5}',
        '{"text": "x"',
        '{"text": "ab"}',
    ],
    ids=["a key twice", "a place twice", "not there", "no string", "broken", "too short"],
)
def test_what_is_not_surely_the_text_is_not_cut(record):
    cuts = {"a.b" if "a.b" in record else "text": [(0, 3)]}
    with pytest.raises(Uncuttable):
        cut_json(record, cuts, None)
