"""The items' own texts are read where the user has the publisher's files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from leakcheck.errors import BenchmarkFilesError
from leakcheck.publisher_texts import texts_of_found_items
from leakcheck.scanning import scan

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="module")
def report():
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return scan(["examples/corpus"], ["demo", "demo_trivia"])


@pytest.fixture
def notes() -> list[str]:
    return []


def test_without_a_folder_there_is_nothing_and_nothing_is_said(report, notes):
    assert texts_of_found_items(report, None, notes.append) == {}
    assert notes == []


def test_a_folder_with_no_files_of_any_is_an_error(report, tmp_path):
    with pytest.raises(BenchmarkFilesError, match=r"no texts of demo: .*no texts of demo_trivia:"):
        texts_of_found_items(report, tmp_path)


def test_a_folder_with_one_benchmark_gives_its_texts_and_names_what_is_missing(
    report, tmp_path, notes
):
    shutil.copytree(EXAMPLES / "demo_benchmark", tmp_path / "demo")
    texts = texts_of_found_items(report, tmp_path, notes.append)
    assert {bench for bench, _ in texts} == {"demo"}
    assert notes
    assert all("demo_trivia" in note for note in notes)


def test_the_folder_may_be_the_publishers_own(report, notes):
    texts = texts_of_found_items(report, EXAMPLES / "demo_benchmark", notes.append)
    assert ("demo", "test/3") in texts


def test_the_items_that_were_found_are_read_and_no_others(report, tmp_path):
    shutil.copytree(EXAMPLES / "demo_benchmark", tmp_path / "demo")
    shutil.copytree(EXAMPLES / "demo_trivia", tmp_path / "demo_trivia")
    texts = texts_of_found_items(report, tmp_path)
    assert set(texts) == {(each.bench, each.item) for each in report.iter_findings()}


def test_the_text_is_that_of_the_item(report, tmp_path):
    shutil.copytree(EXAMPLES / "demo_benchmark", tmp_path / "demo")
    texts = texts_of_found_items(report, tmp_path)
    verbatim = [
        each
        for each in report.iter_findings()
        if each.bench == "demo" and not each.changes and each.kind == "verbatim"
    ]
    for finding in verbatim[:5]:
        own, found = texts["demo", finding.item]["question"].split(), finding.excerpt.split()
        assert own[1:5] == found[1:5]


@pytest.mark.parametrize("missing", ["fewshot.jsonl", "train.jsonl"])
def test_a_split_that_is_missing_does_not_take_the_others_away(report, tmp_path, notes, missing):
    shutil.copytree(EXAMPLES / "demo_benchmark", tmp_path / "demo")
    (tmp_path / "demo" / missing).unlink()
    texts = texts_of_found_items(report, tmp_path, notes.append)
    assert ("demo", "test/3") in texts
    assert not any(item.startswith(missing.partition(".")[0]) for _, item in texts)
    assert any(missing in note for note in notes)


def test_a_data_file_that_was_taken_for_a_benchmark_is_read_without_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(EXAMPLES / "demo_benchmark" / "test.jsonl", "my_eval.jsonl")
    report = scan([str(EXAMPLES / "corpus")], "my_eval.jsonl")
    texts = texts_of_found_items(report, None)
    assert set(texts) == {(each.bench, each.item) for each in report.iter_findings()}
    assert all(fields["question"] for fields in texts.values())


def test_a_data_file_that_is_gone_since_is_no_error(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(EXAMPLES / "demo_benchmark" / "test.jsonl", "my_eval.jsonl")
    report = scan([str(EXAMPLES / "corpus")], "my_eval.jsonl")
    Path("my_eval.jsonl").unlink()
    assert texts_of_found_items(report, None) == {}
