"""Reading results: files, folders and patterns in, the results of each model and task out."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from glob import has_magic
from pathlib import Path
from typing import Any

from leakcheck.errors import ResultsError
from leakcheck.impact.inspect_log import is_log, read_eval, results_of_log
from leakcheck.impact.lm_eval import is_sample, results_of_samples
from leakcheck.impact.plain import is_plain, results_of_rows
from leakcheck.impact.results import Problem, TaskResults

__all__ = ["files_of", "read_all", "read_results"]

_IN_FOLDERS = ("samples_*.jsonl", "*.eval")
_KINDS = (
    "samples of lm-evaluation-harness (--log_samples), logs of inspect_ai, and JSON lines or CSV "
    "with the columns item and score are read"
)


def files_of(names: Iterable[str]) -> list[Path]:
    """Name the files that paths, folders and patterns stand for, each once.

    Of a folder those that harnesses write are taken: `samples_*.jsonl` and `*.eval`.

    Raises:
        ResultsError: a name stands for no file.
    """
    found: dict[Path, None] = {}
    for name in names:
        path = Path(name)
        if path.is_file():
            own = [path]
        elif path.is_dir():
            own = sorted(each for pattern in _IN_FOLDERS for each in path.rglob(pattern))
        else:
            own = list(_matching(name))
        if not own:
            raise ResultsError(f"{name}: there are no results; {_KINDS}")
        found |= dict.fromkeys(own)
    return list(found)


def _matching(pattern: str) -> Iterator[Path]:
    if has_magic(pattern):
        from glob import iglob

        for name in sorted(iglob(pattern, recursive=True)):  # noqa: PTH207 (Path: no absolute one)
            if Path(name).is_file():
                yield Path(name)


def read_all(paths: Iterable[Path]) -> list[TaskResults]:
    """Read files of results; one without any is a problem of its own beside the others.

    Raises:
        ResultsError: none of them has a result.
    """
    read: list[TaskResults] = []
    failed: list[ResultsError] = []
    for path in paths:
        try:
            read += read_results(path)
        except ResultsError as error:
            failed.append(error)
            problem = Problem(str(path), None, str(error).removeprefix(f"{path}: "))
            read.append(TaskResults(str(path), "", "", None, [], {}, [problem]))
    if failed and len(failed) == len(read):
        raise failed[0]
    return read


def read_results(path: Path) -> list[TaskResults]:
    """Read a file of results in any of the formats; the content tells which one it is.

    Raises:
        ResultsError: it cannot be read, or has no result at all.
    """
    try:
        results = _read(path)
    except OSError as error:
        raise ResultsError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ResultsError(f"{path}: not text in UTF-8; {_KINDS}") from error
    if not any(by_place for each in results for by_place in each.scores.values()):
        problems = [problem for each in results for problem in each.problems]
        first = f" (row {problems[0].row}: {problems[0].reason})" if problems else ""
        raise ResultsError(f"{path}: no result in it{first}; {_KINDS}")
    return results


def _read(path: Path) -> list[TaskResults]:
    with path.open("rb") as file:
        if file.read(4) == b"PK\x03\x04":
            return [results_of_log(path, read_eval(path))]
    problems: list[Problem] = []
    if path.suffix.lower() == ".json":
        document = _document(path)
        if is_log(document):
            return [results_of_log(path, document)]
        records = list(enumerate(document if isinstance(document, list) else [document]))
    elif path.suffix.lower() in (".csv", ".tsv"):
        records = list(_rows(path))
    else:
        records = list(_lines(path, problems))
    if any(is_sample(record) for _, record in records[:100]):
        return [results_of_samples(path, records, problems)]
    if any(is_plain(record) for _, record in records[:100]):
        return results_of_rows(path, records, problems)
    return [TaskResults(str(path), "", "", None, [], {}, problems)]


def _document(path: Path) -> Any:  # noqa: ANN401 (JSON)
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ResultsError(f"{path}: not JSON: {error}; {_KINDS}") from error


def _lines(path: Path, problems: list[Problem]) -> Iterator[tuple[int, Any]]:
    """Yield the records of JSON lines; the module of Python reads NaN, which harnesses write."""
    with path.open(encoding="utf-8") as file:
        for row, line in enumerate(file):
            if not line.strip():
                continue
            try:
                yield row, json.loads(line)
            except ValueError:
                problems.append(Problem(str(path), row, "not JSON"))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from enumerate(csv.DictReader(file, delimiter=delimiter))
