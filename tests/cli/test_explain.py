"""`leakcheck explain`: a finding of a run that was kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCAN = ("scan", "examples/corpus", "--bench", "demo,demo_trivia", "-q", "--fail-on", "never")


@pytest.fixture(autouse=True)
def in_root(monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("LEAKCHECK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("FORCE_COLOR", raising=False)


@pytest.fixture
def kept(run, tmp_path) -> str:
    folder = str(tmp_path / "run")
    assert run(*SCAN, "--run", folder).exit_code == 0
    return folder


def test_before_any_scan_there_is_nothing_to_explain(run):
    result = run("explain", "abcd")
    assert result.exit_code == 2
    assert result.stderr == (
        "leakcheck: error: no scan was kept yet; run `leakcheck scan`, or name a run\n"
    )


def test_the_last_scan_is_meant_where_no_run_is_named(run):
    assert run(*SCAN).exit_code == 0
    result = run("explain", "demo:test/3")
    assert result.exit_code == 0
    assert result.stdout.startswith("demo test/3 stands verbatim in examples/corpus/")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("abc", "at least 4 digits"),
        ("0000000000000000", "no finding of this run has such a fingerprint"),
        ("test/999", "no finding of this run"),
        ("demo:test/0", "not found in the corpus"),
    ],
)
def test_what_is_no_finding_is_an_error(run, kept, name, told):
    result = run("explain", name, "--run", kept)
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stdout == ""


def test_a_finding_is_called_by_the_digits_that_jsonl_shows(run, kept):
    lines = run("report", kept, "-f", "jsonl").stdout.splitlines()
    fingerprint = lines[0].partition('"fingerprint": "')[2][:16]
    result = run("explain", fingerprint[:8], "--run", kept)
    assert result.exit_code == 0
    assert f'fingerprint = "{fingerprint}"' in result.stdout


def test_the_context_is_read_from_the_corpus(run, kept):
    page = run("explain", "demo:test/3", "--run", kept).stdout
    assert "~~~~" in page
    assert "not read again" not in page


def test_from_another_folder_the_run_alone_is_shown(run, kept, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    page = " ".join(run("explain", "demo:test/3", "--run", kept).stdout.split())
    assert "is not there any more from this folder" in page
    assert "Captain Ifeoma" in page


def test_the_items_own_text_is_shown_beside_the_passage(run, kept):
    options = ("--run", kept, "--item-texts", "examples/demo_benchmark")
    result = run("explain", "demo:test/3", *options, env={"COLUMNS": "120"})
    assert result.stderr == ""  # the texts of other benchmarks are not asked for
    assert "demo test/3, question" in result.stdout
    assert "demo test/3, answer" in result.stdout


def test_an_items_text_that_is_not_there_is_an_error(run, kept, tmp_path):
    (tmp_path / "empty").mkdir()
    options = ("--run", kept, "--item-texts", str(tmp_path / "empty"))
    result = run("explain", "demo:test/3", *options)
    assert result.exit_code == 2
    assert "no texts of demo" in result.stderr


def test_colours_come_where_they_are_asked_for(run, kept):
    plain = run("explain", "demo:test/3", "--run", kept)
    coloured = run("explain", "demo:test/3", "--run", kept, env={"FORCE_COLOR": "1"}, color=True)
    assert "\x1b[" not in plain.stdout
    assert "\x1b[1;32m" in coloured.stdout
    assert "~~~~" not in coloured.stdout


def test_a_data_file_taken_for_a_benchmark_shows_its_own_texts(run, tmp_path, monkeypatch):
    corpus = ROOT / "examples" / "corpus"
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "examples" / "demo_benchmark" / "test.jsonl", "my_eval.jsonl")
    run("scan", str(corpus), "--bench", "my_eval.jsonl", "--run", "run")
    jsonl = run("report", "run", "-f", "jsonl").stdout
    fingerprint = jsonl.partition('"fingerprint": "')[2][:16]
    assert ", question" in run("explain", fingerprint, "--run", "run").stdout
