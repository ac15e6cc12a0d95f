"""Data files as benchmarks: what cannot be guessed is said, and what usual names give."""

from __future__ import annotations

import json

import pytest

from leakcheck.benchmark.guess import card_of_file
from leakcheck.errors import BenchmarkFilesError, UsageError


@pytest.fixture
def guess(tmp_path):
    def guess_with(record, name="riddles.jsonl", question_field=None):
        path = tmp_path / name
        path.write_text(record if isinstance(record, str) else json.dumps(record) + "\n", "utf-8")
        return card_of_file(path, question_field)

    return guess_with


@pytest.mark.parametrize(
    ("record", "question_field", "message"),
    [
        pytest.param(
            {"id": 1, "words": "Who?"}, None, "has id, words; see --q", id="no usual name"
        ),
        pytest.param({"question": "Who?"}, "riddle", "no field 'riddle'", id="not the one named"),
        pytest.param({"question": {"x": {"y": 1}}}, None, "no field that", id="no text in it"),
        pytest.param("[1, 2]\n", None, "no field names", id="columns"),
        pytest.param("", None, "has no rows", id="empty"),
    ],
)
def test_a_question_that_is_not_there_is_refused(guess, record, question_field, message):
    with pytest.raises(UsageError, match=message):
        guess(record, question_field=question_field)


def test_a_file_that_cannot_be_parsed_is_refused(guess):
    with pytest.raises(BenchmarkFilesError, match="cannot be parsed"):
        guess("{")


@pytest.mark.parametrize(
    ("record", "fields"),
    [
        pytest.param(
            {"id": 1, "problem": "Who?", "solution": "I"},
            {"question": ["problem"], "answer": ["solution?"]},
            id="plain",
        ),
        pytest.param(
            {"Question": "Who?", "A": "a", "B": "b", "C": "c", "D": "d", "Answer": "A"},
            {"question": ["Question"], "choices": ["A?", "B?", "C?", "D?"], "answer": ["Answer?"]},
            id="columns of choices",
        ),
        pytest.param(
            {"question": {"stem": "Who?", "choices": [{"text": "a"}]}, "answerKey": "A"},
            {"question": ["question.stem"], "choices": ["question.choices[].text?"]},
            id="nested",
        ),
        pytest.param(
            {"instruction": "Say.", "input": "x", "output": "y"},
            {"question": ["instruction", "input"], "answer": ["output?"]},
            id="instructions",
        ),
        pytest.param(
            {"prompt": "def f():", "canonical_solution": "pass", "context": "c"},
            {"question": ["prompt"], "code": ["canonical_solution?"], "context": ["context?"]},
            id="code",
        ),
        pytest.param({"turns": ["Who?", "Why?"]}, {"question": ["turns[0]"]}, id="turns"),
    ],
)
def test_usual_names_are_understood(guess, record, fields):
    assert guess(record).fields == fields


def test_the_field_that_was_named_is_the_question_and_nothing_else(guess):
    card = guess({"question": "Who?", "answer": "Why is it so?"}, question_field="answer")
    assert card.fields["question"] == ["answer"]


def test_items_inside_a_document_are_found(guess):
    card = guess({"version": 2, "data": [{"question": "Who?"}]}, "riddles.v2.json")
    assert (card.rows, card.fields) == ("data[]", {"question": ["question"]})
    assert card.name == "riddles"


def test_all_rows_are_test_items(guess):
    card = guess({"question": "Who?"})
    assert [(split.name, split.role, split.items) for split in card.splits] == [
        ("test", "test", None)
    ]
