"""A gate end to end: the demo benchmarks in repositories made for it, with nothing replaced."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..repositories import Repository

ITEMS = Path(__file__).parents[2] / "examples" / "demo_benchmark"
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 734003200\n"
HOOK = ("scan", "--force-exclude", "--no-progress", "--output-format", "concise")
CLEAN = '{"text": "An ordinary note about the weather in the hills."}\n'


def rows(split: str, *numbers: int) -> str:
    """Write items of the demo benchmark as records of a corpus."""
    items = (ITEMS / f"{split}.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(items[number])["question"] for number in numbers]
    return "".join(json.dumps({"text": text}) + "\n" for text in texts)


@pytest.fixture
def repository(tmp_path, monkeypatch) -> Repository:
    made = Repository(tmp_path / "data")
    made.write("leakcheck.toml", 'bench = "demo"\n')
    made.write("clean.jsonl", CLEAN)
    made.write("leaks/mit Leerzeichen – é.jsonl", rows("test", 0, 1, 2))
    made.write("train.jsonl", rows("train", 0, 1, 2, 3, 4, 5))
    made.commit()
    monkeypatch.chdir(made.folder)
    return made


def test_a_clean_file_and_train_overlap_pass_the_hook(run, repository):
    result = run(*HOOK, "clean.jsonl", "train.jsonl")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[0] == (
        "demo: IN DISTRIBUTION, 0 of 24 test items, 6 items of other splits."
    )


def test_a_leak_fails_the_hook_with_its_place(run, repository):
    result = run(*HOOK, "clean.jsonl", "leaks/mit Leerzeichen – é.jsonl")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0].startswith("leaks/mit Leerzeichen – é.jsonl:1: LC001 verbatim demo test/0 [")
    assert "demo: LEAKED, 3 of 24 test items." in lines


@pytest.mark.parametrize(
    ("options", "files"),
    [
        pytest.param(["--exclude", "leaks/"], ["leaks/mit Leerzeichen – é.jsonl"], id="excluded"),
        pytest.param([], ["empty.jsonl", "blank.jsonl"], id="empty"),
    ],
)
def test_nothing_to_read_passes_the_hook_with_a_note(run, repository, options, files):
    repository.write("empty.jsonl", "")
    repository.write("blank.jsonl", "\n\n")
    result = run(*HOOK, *options, *files)
    assert result.exit_code == 0
    assert "note: nothing to scan" in result.stderr


def test_nothing_to_read_is_an_error_where_a_person_named_it(run, repository):
    repository.write("empty.jsonl", "")
    assert run("scan", "empty.jsonl").exit_code == 2
    result = run("scan", "leaks", "--exclude", "*.jsonl")
    assert result.exit_code == 2
    assert "all is excluded by *.jsonl" in result.stderr


@pytest.mark.parametrize("options", [[], ["--strict"], ["--fail-on", "never"]])
def test_a_pointer_is_an_error_and_other_files_are_scanned(run, repository, options):
    repository.write("big.jsonl", POINTER)
    result = run(*HOOK, *options, "big.jsonl", "leaks/mit Leerzeichen – é.jsonl")
    assert result.exit_code == 2
    assert "error: big.jsonl: a Git LFS pointer, not the data" in result.stderr
    assert "demo: LEAKED" in result.stdout


def test_a_pointer_alone_is_an_error(run, repository):
    repository.write("big.parquet", POINTER)
    result = run(*HOOK, "big.parquet")
    assert result.exit_code == 2
    assert "a Git LFS pointer" in result.stderr


def test_only_new_rows_are_scanned(run, repository):
    name = "leaks/mit Leerzeichen – é.jsonl"
    before = (repository.folder / name).read_text("utf-8")
    repository.write(name, before + CLEAN + rows("test", 7))
    result = run("scan", ".", "--diff-base", "HEAD", "--output-format", "json")
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert report["benchmarks"][0]["splits"]["test"]["matched"] == 1
    assert report["corpus"]["documents"] == 2
    assert report["corpus"]["bytes"] == len(CLEAN + rows("test", 7))
    assert "only what was added since HEAD is read, in 1 of 3 files" in result.stderr


def test_no_new_row_passes(run, repository):
    result = run("scan", ".", "--diff-base", "HEAD")
    assert result.exit_code == 0
    assert "no row was added since HEAD" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param([".", "--diff-base", "nowhere"], "no such commit", id="unknown commit"),
        pytest.param(["-", "--diff-base", "HEAD"], "standard input", id="standard input"),
    ],
)
def test_what_cannot_be_compared_is_an_error(run, repository, arguments, message):
    result = run("scan", *arguments, input="")
    assert result.exit_code == 2
    assert message in result.stderr


def test_an_index_has_no_rows_to_choose_among(run, repository):
    assert run("index", "clean.jsonl", "-o", "x.lki").exit_code == 0
    result = run("scan", "x.lki", "--diff-base", "HEAD")
    assert result.exit_code == 2
    assert "is an index" in result.stderr


def test_a_baseline_lets_known_leaks_pass_and_new_ones_fail(run, repository):
    assert run("scan", ".").exit_code == 1
    written = run("scan", ".", "--update-baseline")
    assert written.exit_code == 0
    assert "knows 3 findings: 3 new, 0 dropped" in written.stderr
    known = run("scan", ".")
    assert known.exit_code == 0
    assert ".leakcheck-baseline.json is the baseline (3 findings are known)" in known.stderr
    assert "3 findings were accepted by a baseline or an allow-list" in known.stdout
    repository.write("new.jsonl", rows("test", 7))
    assert run("scan", ".").exit_code == 1
    assert run("scan", ".", "--isolated", "--bench", "demo", "-q").stderr == ""


def test_a_corpus_that_is_cut_up_anew_is_still_known(run, repository):
    run("scan", ".", "--update-baseline")
    whole = (repository.folder / "leaks/mit Leerzeichen – é.jsonl").read_text("utf-8")
    (repository.folder / "leaks/mit Leerzeichen – é.jsonl").unlink()
    for n, line in enumerate(reversed(whole.splitlines())):
        repository.write(f"shards/{n}.jsonl", CLEAN + line + "\n")
    assert run("scan", ".").exit_code == 0


def test_what_fits_nothing_any_more_is_told_of_folders_only(run, repository):
    run("scan", ".", "--update-baseline")
    (repository.folder / "leaks/mit Leerzeichen – é.jsonl").unlink()
    result = run("scan", ".")
    assert result.exit_code == 0
    assert "Stale  3 entries fit no finding any more" in result.stdout
    assert "note: fits no finding any more: baseline: " in result.stderr
    assert "no finding any more" not in run("scan", "clean.jsonl").stderr
    again = run("scan", ".", "--update-baseline")
    assert "knows 0 findings: 0 new, 3 dropped" in again.stderr


def test_what_people_wrote_into_a_baseline_stays(run, repository):
    run("scan", ".", "--update-baseline", "--baseline", "known.json")
    known = repository.folder / "known.json"
    before = known.read_text("utf-8").replace('"reason": ""', '"reason": "quoted"', 1)
    known.write_text(before, "utf-8")
    run("scan", ".", "--update-baseline", "--baseline", "known.json")
    assert known.read_text("utf-8") == before


def test_a_hook_never_writes_a_baseline(run, repository):
    run(*HOOK, "leaks/mit Leerzeichen – é.jsonl")
    assert not (repository.folder / ".leakcheck-baseline.json").exists()


def test_a_named_baseline_that_is_not_there_is_an_error(run, repository):
    result = run("scan", ".", "--baseline", "known.json")
    assert result.exit_code == 2
    assert "no such baseline" in result.stderr


def test_allowed_items_pass_with_their_reason(run, repository):
    allow = '[[allow]]\nreason = "licensed"\nbench = "demo"\nsplit = "test"\n'
    repository.write("leakcheck.toml", f'bench = "demo"\n{allow}')
    result = run("scan", ".", "--output-format", "jsonl")
    assert result.exit_code == 0
    reasons = {json.loads(line)["accepted"] for line in result.stdout.splitlines()}
    assert reasons == {"", "allow: licensed"}


def test_an_allow_entry_without_reason_ends_the_call(run, repository):
    repository.write("leakcheck.toml", 'bench = "demo"\n[[allow]]\nfingerprint = "c0ffee"\n')
    result = run("scan", ".")
    assert result.exit_code == 2
    assert "allow[0]" in result.stderr


def test_annotations_come_with_a_summary_where_github_shows_one(run, repository, tmp_path):
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    environment = {"GITHUB_STEP_SUMMARY": str(summary)}
    result = run("scan", ".", "--output-format", "github", env=environment)
    assert result.exit_code == 1
    assert result.stdout.startswith("::error ")
    text = summary.read_text("utf-8")
    assert text.startswith("before\n")
    assert "demo" in text
    run("scan", ".", env=environment)
    assert summary.read_text("utf-8") == text
