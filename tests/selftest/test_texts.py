"""Texts: from the publisher's files, from a data file, or from what came along."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from leakcheck.errors import BenchmarkFilesError, UsageError
from leakcheck.selftest.texts import benchmarks_with_texts

DEMO = Path(__file__).parents[2] / "examples" / "demo_benchmark"


def test_without_a_folder_there_is_nothing_to_plant():
    with pytest.raises(UsageError, match="--item-texts DIR"):
        benchmarks_with_texts(["gsm8k"], None)


def test_a_folder_without_the_files_is_an_error(tmp_path):
    with pytest.raises(BenchmarkFilesError, match="no such file"):
        benchmarks_with_texts(["gsm8k"], tmp_path)


def test_the_texts_of_the_demo_came_along():
    (demo,) = benchmarks_with_texts(["demo"], None)
    assert len(demo.items) == len(demo.benchmark.pack.items) == 60


def test_a_split_that_is_missing_is_named_and_the_others_are_read(tmp_path):
    (tmp_path / "demo").mkdir()
    shutil.copy(DEMO / "test.jsonl", tmp_path / "demo")
    notes: list[str] = []
    (demo,) = benchmarks_with_texts(["demo"], tmp_path, on_note=notes.append)
    assert {item.split for item in demo.items} == {"test", "train", "fewshot"}  # those along
    assert notes == []


def test_a_data_file_is_its_own_text(tmp_path):
    path = tmp_path / "my_eval.jsonl"
    path.write_text(json.dumps({"question": "Which owl sleeps by night?", "answer": "none"}))
    (own,) = benchmarks_with_texts([str(path)], None)
    assert [item.item for item in own.items] == ["test/0"]
    assert own.items[0].fields["answer"] == "none"


def test_a_benchmark_named_twice_is_taken_once():
    assert len(benchmarks_with_texts(["demo", "demo"], None)) == 1
