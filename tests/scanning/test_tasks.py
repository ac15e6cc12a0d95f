"""Tasks: all of a corpus, in its order, in portions of about one size."""

from __future__ import annotations

import pytest

from leakcheck.corpus import CorpusFile
from leakcheck.scanning.tasks import (
    LEAST_BYTES,
    TASK_BYTES,
    TASK_FILES,
    TASKS,
    Division,
    division_of,
    tasks_of,
)


def test_an_empty_corpus_has_no_task():
    assert tasks_of([], Division()) == []


def test_small_files_are_done_together_and_large_ones_in_parts():
    files = [
        CorpusFile(None, "a.jsonl", 10),
        CorpusFile(None, "b.jsonl", 20),
        CorpusFile(None, "c.jsonl", 2 * TASK_BYTES + 1),
        CorpusFile(None, "d.jsonl.zst", 2 * TASK_BYTES),
    ]
    tasks = tasks_of(files, Division())
    names = [[stretch.file.name for stretch in task.stretches] for task in tasks]
    assert names == [["a.jsonl", "b.jsonl"], ["c.jsonl"], ["c.jsonl"], ["d.jsonl.zst"]]
    assert [task.number for task in tasks] == [0, 1, 2, 3]
    assert sum(task.size_bytes for task in tasks) == sum(file.size_bytes for file in files)


def test_a_task_has_not_too_many_files():
    files = [CorpusFile(None, f"{number}.txt", 0) for number in range(TASK_FILES + 1)]
    assert [len(task.stretches) for task in tasks_of(files, Division())] == [TASK_FILES, 1]


@pytest.mark.parametrize(
    ("size_bytes", "piece_bytes"),
    [
        pytest.param(0, LEAST_BYTES, id="nothing"),
        pytest.param(TASKS * LEAST_BYTES, LEAST_BYTES, id="still-small"),
        pytest.param(TASKS * LEAST_BYTES + 1, 2 * LEAST_BYTES, id="larger"),
        pytest.param(1 << 50, TASK_BYTES, id="huge"),
    ],
)
def test_a_small_corpus_is_divided_into_smaller_tasks(size_bytes, piece_bytes):
    halves = [size_bytes // 2, size_bytes - size_bytes // 2]
    for sizes in (halves, halves[::-1], [size_bytes]):
        files = [CorpusFile(None, f"{n}.jsonl", size) for n, size in enumerate(sizes)]
        assert division_of(files) == Division(piece_bytes, piece_bytes)
