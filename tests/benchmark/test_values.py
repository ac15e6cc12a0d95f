"""Values: what is missing is said, and what keys, take, drop and labels make of a row."""

from __future__ import annotations

import pytest

from leakcheck.benchmark.card import Layout
from leakcheck.benchmark.values import fields_of

RECORD = {
    "riddle": {"stem": "Which door?", "choices": [{"text": "low"}, {"text": "east"}]},
    "answer": "B",
    "hints": ["(A) look up", "(B) wait"],
    "steps": 3.0,
    "length": 1.5,
    "nothing": None,
    "a.b": "a name with a dot",
}


@pytest.mark.parametrize(
    "key",
    [
        pytest.param("riddles", id="no such name"),
        pytest.param("riddle.root", id="no such name inside"),
        pytest.param("answer.stem", id="inside a text"),
        pytest.param("hints[2]", id="past the end"),
        pytest.param("riddle.choices[].name", id="in one of each"),
        pytest.param(0, id="a column of what has names"),
    ],
)
def test_a_key_that_leads_nowhere_is_an_error(key):
    with pytest.raises(KeyError):
        fields_of(RECORD, Layout({"question": [key]}))


@pytest.mark.parametrize("key", ["q", 2])
def test_columns_have_no_names_and_an_end(key):
    with pytest.raises(KeyError):
        fields_of(["a", "b"], Layout({"question": [key]}))


def test_a_question_that_cannot_be_taken_is_an_error():
    with pytest.raises(ValueError, match="`take`"):
        fields_of(RECORD, Layout({"question": ["answer"]}, take={"question": "Q: (.*)"}))


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (["riddle.stem"], "Which door?"),
        (["riddle.choices[].text"], "low\neast"),
        (["riddle.choices[1].text"], "east"),
        (["riddle.stem", "answer"], "Which door?\nB"),
        (["absent?", "riddle.absent?", "nothing"], ""),
        (["steps", "length"], "3\n1.5"),
        (["a.b"], "a name with a dot"),
    ],
)
def test_a_key_is_a_name_or_a_path(keys, text):
    assert fields_of(RECORD, Layout({"question": keys}))["question"] == text


def test_every_match_of_take_is_a_piece_and_drop_works_on_pieces():
    layout = Layout(
        {"question": ["q"], "choices": ["q"]},
        take={"question": r"\A(.*?)\n", "choices": r"(?m)^\([a-z]\) .*$"},
        drop={"choices": r"\A\([a-z]\) "},
    )
    fields = fields_of({"q": "Which?\n(a) one\n(b) two"}, layout)
    assert fields["question"] == "Which?"
    assert [line.strip() for line in fields["choices"].split("\n")] == ["one", "two"]


@pytest.mark.parametrize(
    ("answer", "text"),
    [("B", "east"), (["A", "B"], "low\neast"), ("none of them", "none of them"), (" A ", "low")],
)
def test_a_label_in_the_answer_is_the_text_of_its_choice(answer, text):
    layout = Layout(
        {"question": ["riddle.stem"], "choices": ["riddle.choices[].text"], "answer": ["answer"]},
        labels=["A", "B", "C"],
    )
    assert fields_of({**RECORD, "answer": answer}, layout)["answer"] == text
