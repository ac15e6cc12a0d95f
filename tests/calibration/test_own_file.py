"""A data file as a benchmark: built once, and again when anything about it changes."""

from __future__ import annotations

import json

import pytest

from leakcheck.calibration import own_file
from leakcheck.calibration.own_file import benchmark_of_file, what_was_guessed
from leakcheck.errors import UsageError

QUESTIONS = [
    "The harbour master of Saxcombe counts 41 herring boats and 17 copper lanterns at dusk.",
    "Grandmother Ottilie stacks 230 jars of quince jelly on the cellar shelf by the window.",
]


@pytest.fixture
def riddles(tmp_path, monkeypatch):
    monkeypatch.setenv("LEAKCHECK_CACHE_DIR", str(tmp_path / "cache"))
    path = tmp_path / "riddles [1].jsonl"
    lines = [json.dumps({"riddle": each, "question": "Who?", "hint": each}) for each in QUESTIONS]
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.fixture
def builds(monkeypatch):
    """Count how often a pack is built."""
    calls = []
    build = own_file.build_benchmark

    def counted(*arguments):
        calls.append(arguments)
        return build(*arguments)

    monkeypatch.setattr(own_file, "build_benchmark", counted)
    return calls


def test_a_file_without_items_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("LEAKCHECK_CACHE_DIR", str(tmp_path / "cache"))
    path = tmp_path / "empty.jsonl"
    path.touch()
    with pytest.raises(UsageError, match="no rows"):
        benchmark_of_file(path)


def test_the_second_time_nothing_is_built(riddles, builds):
    first, second = benchmark_of_file(riddles, "riddle"), benchmark_of_file(riddles, "riddle")
    assert len(builds) == 1
    assert first.pack.checksum() == second.pack.checksum()
    assert first.pack.items == ("test/0", "test/1")
    assert first.card.items == 2


@pytest.mark.parametrize("change", ["content", "question field"])
def test_what_changed_is_built_anew(riddles, builds, change):
    benchmark_of_file(riddles, "riddle")
    if change == "content":
        riddles.write_text(riddles.read_text("utf-8").replace("41", "43"), "utf-8")
    benchmark_of_file(riddles, "riddle" if change == "content" else "hint")
    assert len(builds) == 2


def test_without_a_place_to_keep_it_the_pack_is_built_in_passing(riddles, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("LEAKCHECK_CACHE_DIR", str(tmp_path / "file"))
    assert len(benchmark_of_file(riddles, "riddle").pack.items) == 2


def test_it_is_said_what_was_taken_for_what(riddles):
    note = what_was_guessed(benchmark_of_file(riddles))
    assert note.startswith("riddles [1].jsonl: 2 items; question from question; ")
    assert "--question-field" in note
