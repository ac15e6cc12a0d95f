"""Which strings of a record are passages, and where they are said to stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.corpus.shapes import passages_of

LONG = "a remark that grows and grows " * 8


@pytest.mark.parametrize(
    "record",
    [
        pytest.param({}, id="empty"),
        pytest.param({"text": ""}, id="empty-string"),
        pytest.param({"text": " \n\t\u3000"}, id="blank"),
        pytest.param({"score": 3, "ok": True, "none": None}, id="no-strings"),
        pytest.param(
            {"id": "a-17", "URL": "https://example.org/1", "date": "today"}, id="metadata"
        ),
        pytest.param([[], {}, 1, None], id="empty-nested"),
        pytest.param("", id="string-record"),
    ],
)
def test_yields_no_passage(record):
    assert list(passages_of(record)) == []


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        pytest.param({"url": LONG}, {"url": LONG}, id="long-value-under-a-metadata-name"),
        pytest.param(
            {"from": "The boat leaves at nine from the old harbour."},
            {"from": "The boat leaves at nine from the old harbour."},
            id="a-translation-has-a-side-named-from",
        ),
        pytest.param({"name": "short"}, {"name": "short"}, id="unknown-name"),
        pytest.param({"a": '{"b": "c"}'}, {"a": '{"b": "c"}'}, id="json-in-a-string-is-text"),
    ],
)
def test_leaves_out_nothing_that_may_be_text(record, expected):
    assert dict(passages_of(record)) == expected


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        pytest.param({"text": "Tea.", "id": "4", "url": "u"}, [("text", "Tea.")], id="text"),
        pytest.param(
            {"instruction": "Sort.", "input": "", "output": "Sorted."},
            [("instruction", "Sort."), ("output", "Sorted.")],
            id="alpaca",
        ),
        pytest.param(
            {"messages": [{"role": "user", "content": "Hm?"}, {"role": "x", "content": "Ah."}]},
            [("messages[0].content", "Hm?"), ("messages[1].content", "Ah.")],
            id="openai",
        ),
        pytest.param(
            {"messages": [{"role": "user", "content": [{"type": "text", "text": "Look."}]}]},
            [("messages[0].content[0].text", "Look.")],
            id="openai-parts",
        ),
        pytest.param(
            {"id": "9", "conversations": [{"from": "human", "value": "Hello there"}]},
            [("conversations[0].value", "Hello there")],
            id="sharegpt",
        ),
        pytest.param(
            {"instances": [{"input": "p", "output": "q"}]},
            [("instances[0].input", "p"), ("instances[0].output", "q")],
            id="self-instruct",
        ),
        pytest.param(["one", ["two", 3]], [("[0]", "one"), ("[1][0]", "two")], id="array"),
        pytest.param("whole", [("", "whole")], id="string"),
    ],
)
def test_walks_a_record_in_its_own_order(record, expected):
    assert list(passages_of(record)) == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        pytest.param("absent", [], id="absent"),
        pytest.param("data.absent", [], id="absent-below"),
        pytest.param("data.text.more", [], id="below-a-string"),
        pytest.param("score", [], id="not-a-string"),
        pytest.param("url", [("url", "u")], id="asked-for-by-name-is-never-metadata"),
        pytest.param("data.text", [("data.text", "deep")], id="dotted"),
        pytest.param("dotted.name", [("dotted.name", "flat")], id="a-name-with-a-dot-in-it"),
        pytest.param("turns[].content", [("turns[0].content", "a")], id="list"),
        pytest.param("turns.content", [("turns[0].content", "a")], id="list-without-brackets"),
        pytest.param("turns", [("turns[0].content", "a")], id="all-below"),
    ],
)
def test_takes_one_field_only(field, expected):
    record = {
        "url": "u",
        "score": 1,
        "data": {"text": "deep", "note": "no"},
        "dotted.name": "flat",
        "turns": [{"role": "user", "content": "a"}],
    }
    assert list(passages_of(record, field)) == expected


texts = st.text(min_size=1).filter(lambda text: not text.isspace())
values = st.recursive(
    texts | st.integers() | st.none(),
    lambda below: (
        st.lists(below, max_size=3) | st.dictionaries(st.sampled_from("pqrs"), below, max_size=3)
    ),
    max_leaves=12,
)


def strings_in(value):
    """Do it the plain way."""
    if isinstance(value, str):
        return [value]
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for element in below for text in strings_in(element)]


@given(values)
def test_finds_every_string(record):
    assert [text for _, text in passages_of(record)] == strings_in(record)
