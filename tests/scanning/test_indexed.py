"""A scan of an index: what it refuses, and what its report says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import leakcheck
from leakcheck.cli import leakcheck as command
from leakcheck.corpus_index.building.build import build_index
from leakcheck.corpus_index.building.removal import remove_from_index
from leakcheck.corpus_index.stored.store import open_index
from leakcheck.errors import InputError, UsageError

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(autouse=True)
def index(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EXAMPLES / "corpus", "corpus")
    build_index(["corpus"], Path("a.lki"), scale=1)
    return Path("a.lki")


def run(*arguments):
    return CliRunner().invoke(command, ["scan", *arguments, "--bench", "demo", "--no-progress"])


@pytest.mark.parametrize("other", ["corpus", "b.lki"])
def test_an_index_is_named_alone(other):
    if other == "b.lki":
        shutil.copytree("a.lki", "b.lki")
    with pytest.raises(UsageError, match=r"a\.lki is an index: name it alone; .* merge"):
        leakcheck.scan(["a.lki", other], bench="demo")


@pytest.mark.parametrize("field", ["text", "messages[].content"])
def test_another_text_field_is_refused(field):
    with pytest.raises(UsageError, match=r"was made of all text, not of .*leave --text-field out"):
        leakcheck.scan(["a.lki"], bench="demo", text_field=field)


def test_the_text_field_of_the_index_is_taken(tmp_path):
    question = json.loads(
        (EXAMPLES / "demo_benchmark/test.jsonl").read_text("utf-8").split("\n")[0]
    )
    Path("b.jsonl").write_text(json.dumps({"text": "None.", "q": question["question"]}), "utf-8")
    build_index(["b.jsonl"], Path("b.lki"), scale=1, text_field="q")
    for field in (None, "q"):
        report = leakcheck.scan(["b.lki"], bench="demo", text_field=field)
        assert [each.source for each in report.iter_findings()] == ["q"]
        assert report.settings.text_field == "q"
    with pytest.raises(UsageError, match="the field 'q', not of 'text'"):
        leakcheck.scan(["b.lki"], bench="demo", text_field="text")


def test_an_index_of_nothing_says_what_to_do():
    remove_from_index(
        Path("a.lki"), [each["path"] for each in open_index("a.lki").read("files").to_pylist()]
    )
    with pytest.raises(InputError, match="nothing is in this index; add files"):
        leakcheck.scan(["a.lki"], bench="demo")


def test_its_report_is_that_of_a_scan():
    report = leakcheck.scan(["a.lki"], bench="demo")
    expected = leakcheck.scan(["corpus"], bench="demo")
    assert report.iter_findings() == expected.iter_findings()
    assert report.benchmarks == expected.benchmarks
    assert (report.corpus.files, report.corpus.documents, report.corpus.bytes) == (
        expected.corpus.files, expected.corpus.documents, expected.corpus.bytes,
    )  # fmt: skip
    assert report.corpus.index.scale == 1
    assert report.corpus.index.from_fingerprints == 0
    assert 0 < report.corpus.index.candidates < report.corpus.documents


def test_findings_are_kept_beside_the_index_and_nothing_else_is(index):
    before = {path for path in index.rglob("*") if path.is_file()}
    leakcheck.scan([index], bench=["demo", "demo_trivia"])
    new = {path for path in index.rglob("*") if path.is_file()} - before
    assert {path.name for path in new} == {"demo.parquet", "demo_trivia.parquet"}


def test_without_the_corpus_strict_fails():
    assert run("a.lki", "--strict").exit_code == 1  # it leaked, and all was read
    shutil.rmtree("corpus")
    assert run("a.lki").exit_code == 1
    result = run("a.lki", "--strict")
    assert result.exit_code == 2
    assert "could not be read in full (--strict)" in result.stderr


def test_what_is_gone_is_named_with_how_it_was_decided():
    shutil.rmtree("corpus")
    skipped = leakcheck.scan(["a.lki"], bench="demo").corpus.skipped
    assert all("decided from fingerprints" in each.reason for each in skipped)
    assert {each.path for each in skipped} >= {"corpus/chat.jsonl", "corpus/books.parquet"}


def test_progress_counts_candidates():
    told = []
    report = leakcheck.scan(["a.lki"], bench="demo", on_progress=told.append)
    assert told[-1].documents == report.corpus.index.candidates
    assert told[-1].findings == len(report.findings)
