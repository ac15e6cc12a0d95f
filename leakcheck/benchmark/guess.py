"""Guessing which fields of a data file are an item's, from what they are usually called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from leakcheck.benchmark.card import Card, Field, Split
from leakcheck.benchmark.formats import FORMATS
from leakcheck.benchmark.items import open_rows
from leakcheck.benchmark.values import value_of
from leakcheck.errors import UsageError

__all__ = ["DATA_SUFFIXES", "card_of_file"]

DATA_SUFFIXES = tuple(
    f"{kind}{compression}"
    for kind in FORMATS
    if kind not in (".txt", ".xml")
    for compression in ("", ".gz")
)
"""What the name of a file ends in that is taken for a benchmark."""

_USUAL: dict[Field, list[list[str]]] = {
    "question": [
        ["body", "question"],
        ["instruction", "input"],
        ["question"],
        ["problem"],
        ["prompt"],
        ["query"],
        ["instruction"],
        ["question_content"],
        ["question.stem"],
        ["input"],
        ["goal"],
        ["sentence"],
        ["ctx"],
        ["turns[0]"],
        ["text"],
    ],
    "choices": [
        ["choices[].text"],
        ["question.choices[].text"],
        ["choices.text"],
        ["choices"],
        ["options"],
        ["endings"],
        ["a", "b", "c", "d", "e"],
        ["a", "b", "c", "d"],
        ["option1", "option2"],
        ["sol1", "sol2"],
    ],
    "answer": [["answer"], ["answers"], ["target"], ["solution"], ["completion"], ["output"]],
    "code": [["canonical_solution"], ["code"]],
    "context": [["context"], ["passage"], ["article"]],
}
"""The names of each field, whatever their case, those that say more first."""


def card_of_file(path: Path, question_field: str | None = None) -> Card:
    """Make a card for a data file, every row of which is an item of a test split.

    Args:
        path: a file of a format that benchmarks are read from.
        question_field: the key of the question, in place of a guess.

    Raises:
        UsageError: no field is called as questions usually are, or the one named is not there.
        BenchmarkFilesError: the file cannot be read.
    """
    rows, record = _first_record(path)
    fields = _guessed(record)
    if question_field is not None:
        if not _leads_somewhere(record, question_field):
            raise UsageError(_no_question(path, record, f"no field {question_field!r}"))
        fields = {name: keys for name, keys in fields.items() if keys != [question_field]}
        fields["question"] = [question_field]
    if "question" not in fields:
        raise UsageError(_no_question(path, record, "no field that is called as a question is"))
    return Card(
        name=path.name.partition(".")[0],
        title=path.name,
        publisher="the user",
        licence="not stated",
        language="not stated",
        in_distribution="unknown",
        in_distribution_reason="a file of the user's own",
        item_id="{split}/{n}",
        sources=[],
        splits=[Split("test", "test", path.name)],
        fields=fields,
        rows=rows,
    )


def _first_record(path: Path) -> tuple[str, Mapping[str, object]]:
    """Return where the rows of a file are, and the first of them."""
    row = next(open_rows(path, ""), None)
    record = row.record if row else {}
    if not isinstance(record, Mapping):
        raise UsageError(f"{path}: its rows have no field names; write a card for it")
    for name, value in record.items():
        # A JSON document that holds the items under some name, beside what it says of itself.
        if path.suffix == ".json" and _is_table(value) and not _guessed(record).get("question"):
            return f"{name}[]", value[0]
    return "", record


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _guessed(record: Mapping[str, object]) -> dict[Field, list[str | int]]:
    names = {name.lower(): name for name in record}
    fields: dict[Field, list[str | int]] = {}
    for field, ways in _USUAL.items():
        for way in ways:
            keys = [_as_it_is(key, names) for key in way]
            if all(_leads_somewhere(record, key) for key in keys):
                # What the first row has the others need not have, but for the question.
                optional = "" if field == "question" else "?"
                fields[field] = [key + optional for key in keys]
                break
    return fields


def _as_it_is(key: str, names: Mapping[str, str]) -> str:
    first = key.replace("[", ".", 1).partition(".")[0]
    return names.get(first, first) + key[len(first) :]


def _leads_somewhere(record: Mapping[str, object], key: str) -> bool:
    try:
        value = value_of(record, key)
    except KeyError:
        return False
    return isinstance(value, str | int | float) or (
        isinstance(value, Sequence) and not any(isinstance(each, dict) for each in value)
    )


def _no_question(path: Path, record: Mapping[str, object], what: str) -> str:
    return f"{path}: {what}; it has {', '.join(record) or 'no rows'}; see --question-field"
