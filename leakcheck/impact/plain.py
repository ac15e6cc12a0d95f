"""Plain results: JSON lines or CSV with the columns item and score.

`item` is the name of an item as leakcheck has it (`test/3`), or its number from 0; `id` and
`doc_id` are other names for it. `score` is a number from 0 to 1, true or false. `model`, `task` and
`question` may stand beside.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from leakcheck.impact.results import Document, Problem, ScoreName, TaskResults, number_of

__all__ = ["is_plain", "results_of_rows"]

_ITEM = ("item", "id", "doc_id")
_QUESTION = ("question", "text", "input")
_SCORE = ScoreName("", "score")


def is_plain(record: object) -> bool:
    """Tell whether a record is a row of plain results.

    >>> is_plain({"item": "test/3", "score": 1}), is_plain({"text": "of a corpus"})
    (True, False)
    """
    return isinstance(record, dict) and "score" in record and _named(record, _ITEM + _QUESTION)


def results_of_rows(
    path: Path, records: Iterable[tuple[int, Any]], problems: list[Problem]
) -> list[TaskResults]:
    """Collect the scores of a plain file, for each model and task apart."""
    found: dict[tuple[str, str], TaskResults] = {}
    for row, record in records:
        score = number_of(record.get("score")) if is_plain(record) else None
        if score is None:
            problems.append(Problem(str(path), row, "no item with a score"))
            continue
        model = str(record.get("model") or path.name.partition(".")[0])
        task = str(record.get("task") or "")
        if (model, task) not in found:
            found[model, task] = TaskResults(str(path), model, task, 0, [], {_SCORE: {}}, [])
        own = found[model, task]
        own.scores[_SCORE][len(own.documents)] = [score]
        own.documents.append(_document(record))
    if not found:
        found["", ""] = TaskResults(str(path), path.stem, "", None, [], {}, [])
    next(iter(found.values())).problems.extend(problems)
    return list(found.values())


def _document(record: dict[str, Any]) -> Document:
    name = next((str(record[key]) for key in _ITEM if record.get(key) not in (None, "")), "")
    text = next((str(record[key]) for key in _QUESTION if record.get(key)), "")
    return Document(name.strip(), (("question", text),) if text else ())


def _named(record: dict[str, Any], keys: tuple[str, ...]) -> bool:
    return any(record.get(key) not in (None, "") for key in keys)
