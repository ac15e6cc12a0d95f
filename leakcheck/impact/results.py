"""Results: the scores of one model on the documents of one task, as a file has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["NO_FILTER", "Document", "Problem", "ScoreName", "TaskResults", "number_of"]


NO_FILTER = "none"
"""What lm-evaluation-harness calls the filter of a task that has none."""


class Document(NamedTuple):
    """A document of a task: what the file says that tells which item it is."""

    id: str
    """The file's own: a number, or a name as `test/3`."""
    passages: tuple[tuple[str, str], ...] = ()
    """The place and text of each string of the question; empty where the file has none."""
    hash: str = ""
    """lm-evaluation-harness's `doc_hash`."""


class ScoreName(NamedTuple):
    """Which of the scores of a file is meant."""

    filter: str
    """How the answer was read from the output; empty where there is only one way."""
    metric: str


class Problem(NamedTuple):
    """A file, or a row of one, that has no result that can be used."""

    path: str
    row: int | None
    """0-based, or None where the file itself is meant."""
    reason: str


@dataclass(frozen=True, slots=True)
class TaskResults:
    """The scores of one model on one task, from one file."""

    path: str
    model: str
    task: str
    """The harness's name for it; empty where the file does not say."""
    first_id: int | None
    """The number of the first document, where ids are numbers and the format fixes that."""
    documents: list[Document]
    scores: dict[ScoreName, dict[int, list[float]]]
    """By position in `documents`; several scores where a document was answered several times."""
    problems: list[Problem]


def number_of(value: object) -> float | None:
    """Return a value as a score; None if it is none, as a list or NaN.

    >>> number_of(True), number_of("0.5"), number_of(float("nan")), number_of([1.0])
    (1.0, 0.5, None, None)
    """
    if isinstance(value, str):
        words = {"true": 1.0, "false": 0.0}
        if value.strip().lower() in words:
            return words[value.strip().lower()]
        try:
            value = float(value)
        except ValueError:
            return None
    if not isinstance(value, int | float):
        return None
    number = float(value)
    return number if abs(number) < float("inf") else None  # NaN compares as false
