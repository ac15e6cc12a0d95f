"""`leakcheck clean` as it is called: what it says, what it refuses, and how it ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples" / "corpus"
BENCH = ("--bench", "demo,demo_trivia", "--no-progress")


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    shutil.copytree(EXAMPLES, "corpus")
    Path("corpus/LICENSE").write_text("Apache-2.0")
    return Path("corpus")


def test_the_example_corpus_comes_clean(run, corpus):
    result = run("clean", "corpus", "-o", "clean", *BENCH)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == (
        "leakcheck 0.1.0 cleaned 334 documents in 16 files (111.5 kB)\n"
        "\n"
        "demo         test: 11 items in 12 places (6 verbatim, 2 near, 4 rewritten)\n"
        "demo_trivia  test: nothing to take out\n"
        "\n"
        "Removed      12 of 334 documents (3.6 %)\n"
        "Files        6 of 16 changed; those took 92.2 kB, and now 85.3 kB\n"
        "Not scanned  1 file, copied without a look; see the manifest\n"
        "Check        a second scan, of 322 documents, finds nothing that was to go; 24\n"
        "             other findings stay\n"
        "Manifest     clean/.leakcheck-clean.json\n"
    )
    again = run("scan", "clean", "--bench", "demo,demo_trivia", "-q", "--no-progress")
    assert again.stdout == "demo: in_distribution\ndemo_trivia: in_distribution\n"
    assert again.exit_code == 0


@pytest.mark.parametrize("drop", ["document", "passage"])
def test_every_split_goes_if_all_are_named(run, corpus, drop):
    also = [part for each in ("train", "dev", "fewshot", "variant") for part in ("--also", each)]
    result = run("clean", "corpus", "-o", "clean", *BENCH, "--drop", drop, *also)
    assert result.exit_code == 0, result.stderr
    again = run("scan", "clean", *BENCH, "-f", "jsonl", "--fail-on", "any")
    assert (again.exit_code, again.stdout) == (0, "")


def test_a_kept_run_is_cleaned_without_asking_again(run, corpus):
    assert run("scan", "corpus", *BENCH, "--run", "kept").exit_code == 1
    result = run("clean", "--run", "kept", "-o", "clean", "--no-progress")
    assert result.exit_code == 0, result.stderr
    direct = run("clean", "corpus", "-o", "direct", *BENCH)
    assert direct.stdout.replace("direct", "clean") == result.stdout
    for path in Path("direct").rglob("*"):
        copy = "clean" / path.relative_to("direct")
        assert not path.is_file() or path.read_bytes() == copy.read_bytes()


def test_what_the_last_scan_of_it_found_goes(run, corpus):
    assert run("scan", "corpus/", *BENCH).exit_code == 1
    result = run("clean", "corpus", "-o", "clean", "--no-progress")
    assert result.exit_code == 0, result.stderr
    assert "note: what the last scan found goes (demo, demo_trivia)" in result.stderr
    assert "12 of 334 documents" in result.stdout


def test_the_last_scan_of_something_else_is_not_taken(run, corpus):
    assert run("scan", "corpus/chat.jsonl", *BENCH).exit_code == 1
    result = run("clean", "corpus", "-o", "clean", "--no-progress")
    assert result.exit_code == 2
    assert "the last scan was not of this" in result.stderr


def test_attributes_are_written_in_place_of_a_copy(run, corpus):
    lines = Path("corpus/chat.jsonl").read_text().splitlines()
    Path("v0/documents").mkdir(parents=True)
    rows = [{"id": str(n), "text": line} for n, line in enumerate(lines)]
    Path("v0/documents/0.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    result = run("clean", "v0/documents", "-o", "v0", "--attributes", "leak", *BENCH)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == (
        f"marked 3 of {len(rows)} documents in 1 file; the attributes are in\n"
        "  v0/attributes/leak\n"
    )
    written = Path("v0/attributes/leak/0.jsonl").read_text().splitlines()
    assert [json.loads(line)["id"] for line in written] == [row["id"] for row in rows]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("corpus", "-o", "clean"), "Name benchmarks with --bench"),
        (("-o", "clean", *BENCH), "Name what to clean"),
        (("corpus", *BENCH), "Missing option '-o'"),
        (("-", "-o", "clean", *BENCH), "standard input cannot be cleaned"),
        (("corpus.lki", "-o", "clean", *BENCH), "an index holds no text to clean"),
        (("corpus", "-o", "corpus/clean", *BENCH), "is inside"),
        (("corpus/", "-o", "corpus", *BENCH), "is what is to be cleaned"),
        (("corpus/notes", "-o", "corpus", *BENCH), "is there and not empty"),
        (("nowhere", "-o", "clean", *BENCH), "no such file or folder"),
        (("corpus", "-o", "clean", "--bench", "nothing"), "nothing"),
        (("--run", "corpus", "-o", "clean"), "no run is there"),
        (("corpus", "-o", "clean", *BENCH, "--also", "test"), "is not one of"),
        (("corpus", "-o", "clean", *BENCH, "--attributes", "x"), "Dolma"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_wrong_call_writes_nothing(run, corpus, arguments, reason):
    before = sorted(Path().rglob("*"))
    result = run("clean", *arguments)
    assert result.exit_code == 2
    assert reason in result.stderr
    assert sorted(Path().rglob("*")) == before


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (("--bench", "demo"), "leave --bench"),
        (("--text-field", "text"), "leave --bench"),
        (("corpus/chat.jsonl",), "kept is of corpus; leave PATHS out"),
    ],
)
def test_a_run_has_its_settings(run, corpus, more, reason):
    run("scan", "corpus", *BENCH, "--run", "kept")
    result = run("clean", "--run", "kept", "-o", "clean", *more)
    assert (result.exit_code, reason in result.stderr) == (2, True)


def test_a_run_of_a_corpus_that_changed_is_refused(run, corpus):
    run("scan", "corpus", *BENCH, "--run", "kept")
    Path("corpus/chat.jsonl").write_text("{}")
    result = run("clean", "--run", "kept", "-o", "clean")
    assert result.exit_code == 2
    assert "corpus/chat.jsonl: was changed after it was scanned; scan again" in result.stderr
