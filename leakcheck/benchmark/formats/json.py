"""JSON: an array of items, items deeper inside a document, or JSON lines by another name.

`rows` is a path to the items: names joined by dots, `[]` after one that holds many (the values, if
it is an object), `{subset}` for an object whose keys are subsets. With
`data[].paragraphs[].qas[]` an item is a question, and what it has not is looked for in the
paragraph and then in what holds the paragraph.
"""

from __future__ import annotations

import io
import json
import re
from collections import ChainMap
from collections.abc import Iterator
from typing import BinaryIO

from leakcheck.benchmark.formats import jsonl
from leakcheck.benchmark.formats.row import Row

__all__ = ["read"]

_STEP = re.compile(r"\{subset\}|\[\]|[^.\[\]{}]+")


def read(file: BinaryIO, rows: str) -> Iterator[Row]:
    """Yield the items that the path leads to."""
    data = file.read()
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError:
        if rows:
            raise
        yield from jsonl.read(io.BytesIO(data), rows)
        return
    if not rows and isinstance(document, dict):
        yield Row(document)
        return
    yield from _walk(document, _STEP.findall(rows or "[]"), [], "")


def _walk(
    value: object, steps: list[str], outer: list[dict[str, object]], subset: str
) -> Iterator[Row]:
    if not steps:
        if not isinstance(value, dict | list):
            raise ValueError("an item is neither an object nor an array")
        yield Row(ChainMap(value, *outer) if isinstance(value, dict) else value, subset)
        return
    step, *later = steps
    if step == "[]":
        for each in _members(value):
            yield from _walk(each, later, outer, subset)
    elif not isinstance(value, dict):
        raise ValueError(f"{step!r} leads into no object")
    elif step == "{subset}":
        for name, each in value.items():
            yield from _walk(each, later, outer, name)
    elif step not in value:
        raise ValueError(f"there is no {step!r}, which rows = leads through")
    else:
        yield from _walk(value[step], later, [value, *outer], subset)


def _members(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, list):
        return value
    raise ValueError("[] stands after what holds one value only")
