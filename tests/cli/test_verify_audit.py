"""`leakcheck verify-audit`: a record checked against the files, later."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples" / "corpus"
SCAN = ("scan", "corpus", "--bench", "demo", "-q", "--fail-on", "never")


@pytest.fixture
def audited(run, tmp_path, monkeypatch) -> str:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EXAMPLES, "corpus")
    assert run(*SCAN, "-o", "corpus.audit.json", "--run", "run").exit_code == 0
    return "corpus.audit.json"


def test_nothing_differs_at_first(run, audited):
    result = run("verify-audit", audited)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("AS SCANNED: no difference\n")
    assert "16 of 16 files the same by SHA-256" in result.stdout


def test_what_differs_makes_it_exit_with_one(run, audited):
    Path("corpus/pairs.tsv").write_text("changed\n")
    Path("corpus/chat.jsonl").unlink()
    Path("corpus/new.jsonl").write_text("{}\n")
    result = run("verify-audit", audited)
    assert result.exit_code == 1
    assert result.stdout.startswith("NOT AS SCANNED: 3 differences\n")
    for line in (
        "Changed      corpus/pairs.tsv",
        "Missing      corpus/chat.jsonl",
        "New          corpus/new.jsonl",
    ):
        assert line in result.stdout


@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "No such file"), ("{}", "its schema is missing"), ("half", "not an audit record")],
)
def test_a_record_that_cannot_be_read_is_an_error(run, tmp_path, content, told):
    if content is not None:
        (tmp_path / "x.audit.json").write_text(content)
    result = run("verify-audit", str(tmp_path / "x.audit.json"))
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stdout == ""


def test_the_corpus_may_lie_below_another_folder(run, audited, tmp_path, monkeypatch):
    monkeypatch.chdir("/")
    record = str(tmp_path / audited)
    assert run("verify-audit", record).exit_code == 1
    assert run("verify-audit", record, "--root", str(tmp_path)).exit_code == 0


def test_a_kept_run_gives_a_record_while_its_files_are_as_they_were(run, audited):
    result = run("report", "run", "-f", "audit")
    assert result.exit_code == 0
    assert result.stdout == Path(audited).read_text()
    Path("corpus/pairs.tsv").touch()
    again = run("report", "run", "-o", "late.audit.json")
    assert again.exit_code == 2
    assert "corpus/pairs.tsv: no audit record can be made" in again.stderr
    assert not Path("late.audit.json").exists()


def test_a_record_can_be_checked_by_sha256sum_too(run, audited):
    import hashlib
    import json

    for file in json.loads(Path(audited).read_text())["files"]:
        content = Path(file["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
