"""Cutting passages out of values as columns hold them: strings, lists, structs, maps."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from leakcheck.cleaning.plan import Cuts, Span
from leakcheck.cleaning.uncuttable import Uncuttable
from leakcheck.corpus.columns import text_columns
from leakcheck.corpus.shapes import passages_of

__all__ = ["cut_row"]


def cut_row(row: pa.Table, cuts: Cuts, text_field: str | None) -> pa.Table:
    """Cut spans of characters out of a table of one row.

    Raises:
        Uncuttable: a place is not there or twice, a value cannot be put back as it was, or nothing
            is left of the texts.
    """
    try:
        done: set[str] = set()
        for number, name in enumerate(row.schema.names):
            here = {place: cuts[place] for place in cuts if _is_below(place, name)}
            if here:
                array = _cut_column(row, number, name, here, done)
                row = row.set_column(number, row.schema.field(number), array)
        if left := set(cuts) - done:
            raise Uncuttable(f"no text stands at {min(left)!r}")
        record = row.select(text_columns(row.schema, text_field)).to_pylist()[0]
    except (ValueError, TypeError, OverflowError, pa.ArrowException) as error:
        raise Uncuttable(str(error)) from error
    if not any(True for _ in passages_of(record, text_field)):
        raise Uncuttable("no text is left")
    return row


def _is_below(place: str, name: str) -> bool:
    return place == name or place.startswith((f"{name}.", f"{name}["))


def _cut_column(row: pa.Table, number: int, name: str, cuts: Cuts, done: set[str]) -> pa.Array:
    kind, column = row.schema.field(number).type, row.column(number).combine_chunks()
    value = column[0].as_py()
    # An Arrow file has one dictionary for all of its batches, and so no room for another text.
    if _has_dictionary(kind) or not pa.array([value], kind).equals(column):
        raise Uncuttable(f"a value of type {kind} cannot be put back as it was")
    return pa.array([_without(value, name, cuts, done)], kind)


def _has_dictionary(kind: pa.DataType) -> bool:
    below = (kind.field(number).type for number in range(kind.num_fields))
    return bool(pa.types.is_dictionary(kind)) or any(map(_has_dictionary, below))


def _without(value: Any, place: str, cuts: Cuts, done: set[str]) -> Any:  # noqa: ANN401 (as Arrow)
    """Give the value with the spans cut out of the strings below it."""
    if isinstance(value, str):
        if place not in cuts:
            return value
        if place in done:
            raise Uncuttable(f"two strings stand at {place!r}")
        done.add(place)
        return _cut(value, cuts[place])
    if isinstance(value, dict):
        below = {key: f"{place}.{key}" for key in value}
        return {key: _without(each, below[key], cuts, done) for key, each in value.items()}
    if isinstance(value, list | tuple):
        elements = [_without(e, f"{place}[{n}]", cuts, done) for n, e in enumerate(value)]
        return type(value)(elements)
    return value


def _cut(text: str, cut: list[Span]) -> str:
    for start, end in reversed(cut):
        text = text[:start] + text[end:]
    return text
