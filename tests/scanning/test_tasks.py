"""Tasks: all of a corpus, in its order, in portions of about one size."""

from __future__ import annotations

from leakcheck.corpus import CorpusFile
from leakcheck.scanning.tasks import TASK_BYTES, TASK_FILES, tasks_of


def test_an_empty_corpus_has_no_task():
    assert tasks_of([]) == []


def test_small_files_are_done_together_and_large_ones_in_parts():
    files = [
        CorpusFile(None, "a.jsonl", 10),
        CorpusFile(None, "b.jsonl", 20),
        CorpusFile(None, "c.jsonl", 2 * TASK_BYTES + 1),
        CorpusFile(None, "d.jsonl.zst", 2 * TASK_BYTES),
    ]
    tasks = tasks_of(files)
    names = [[stretch.file.name for stretch in task.stretches] for task in tasks]
    assert names == [["a.jsonl", "b.jsonl"], ["c.jsonl"], ["c.jsonl"], ["c.jsonl"], ["d.jsonl.zst"]]
    assert [task.number for task in tasks] == [0, 1, 2, 3, 4]
    assert sum(task.size_bytes for task in tasks) == sum(file.size_bytes for file in files)


def test_a_task_has_not_too_many_files():
    files = [CorpusFile(None, f"{number}.txt", 0) for number in range(TASK_FILES + 1)]
    assert [len(task.stretches) for task in tasks_of(files)] == [TASK_FILES, 1]
