"""`leakcheck proximity`: what is refused, and where its page, document and picture go."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leakcheck.corpus_index.building.build import build_index


@pytest.fixture
def corpus(tmp_path, monkeypatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("The lighthouse keeper counts cormorants before breakfast.", "utf-8")
    return str(build_index(["a.txt"], Path("x.lki"), scale=1).index.path)


def test_a_benchmark_must_be_named(run, corpus):
    result = run("proximity", corpus)
    assert result.exit_code == 2
    assert "--bench" in result.stderr


@pytest.mark.parametrize("option", [(), ("--beside", "absent.lki")])
def test_an_index_that_is_not_there_is_refused(run, corpus, option):
    result = run("proximity", corpus if option else "absent.lki", "--bench", "demo", *option)
    assert result.exit_code == 2
    assert "absent.lki" in result.stderr


def test_an_unknown_benchmark_is_refused(run, corpus):
    result = run("proximity", corpus, "--bench", "dmeo")
    assert result.exit_code == 2
    assert "did you mean demo" in result.stderr


def test_a_picture_that_cannot_be_written_is_an_error(run, corpus):
    result = run("proximity", corpus, "--bench", "demo", "--svg", "a.txt/a.svg")
    assert result.exit_code == 2
    assert "a.txt/a.svg" in result.stderr


def test_the_page_goes_to_standard_output(run, corpus):
    result = run("proximity", corpus, "--bench", "demo")
    assert result.exit_code == 0
    assert result.stdout.startswith("demo: the best similarity of ")
    assert "too small to be compared" in result.stdout


def test_files_are_written_where_they_are_asked_for(run, corpus):
    options = ("--output-format", "json", "--svg", "a.svg", "-o", "a.json", "--beside", corpus)
    result = run("proximity", corpus, "--bench", "demo,demo", *options)
    assert (result.exit_code, result.stdout) == (0, "")
    [benchmark] = json.loads(Path("a.json").read_text("utf-8"))["benchmarks"]
    assert [each["text"] for each in benchmark["measured"]][:2] == ["corpus", "beside"]
    assert Path("a.svg").read_text("utf-8").startswith("<svg ")
