"""The verbs, of corpora in an object store: the same report as of a disk, or a clear refusal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import leakcheck
from leakcheck.cli import leakcheck as command

from .conftest import BUCKET, Door

EXAMPLES = Path(leakcheck.__file__).parents[1] / "examples" / "corpus"
REMOTE = f"s3://{BUCKET}/examples/corpus"
BENCH = ("--bench", "demo,demo_trivia")


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory, s3_server: Door) -> Path:
    """Put the example corpus on disk and into the store; return the folder above it."""
    root = tmp_path_factory.mktemp("disk")
    for place in sorted(EXAMPLES.rglob("*")):
        if place.is_file():
            name = place.relative_to(EXAMPLES).as_posix()
            copy = root / "examples" / "corpus" / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(place.read_bytes())
            s3_server.put(f"examples/corpus/{name}", place.read_bytes())
    return root


@pytest.fixture
def run(s3, on_disk, monkeypatch):
    """Run a command line in the folder above the corpus on disk."""
    monkeypatch.chdir(on_disk)
    return lambda *arguments, **options: CliRunner().invoke(command, arguments, **options)


@pytest.fixture(scope="module")
def runs(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture
def kept(run, runs) -> str:
    """Give a run of the corpus in the store; the first that asks for it makes it."""
    folder = runs / "run"
    if not folder.exists():
        assert run("scan", REMOTE, *BENCH, "--run", str(folder)).exit_code == 1
    return str(folder)


@pytest.mark.parametrize("form", ["json", "jsonl", "markdown", "junit", "csv"])
def test_a_report_is_that_of_the_same_files_on_disk_but_for_their_names(run, form):
    ask = ("--output-format", form, "--fail-on", "never")
    here = run("scan", "examples/corpus", *BENCH, *ask)
    there = run("scan", REMOTE, *BENCH, *ask)
    assert (here.exit_code, there.exit_code) == (0, 0)
    assert there.stdout.replace(f"s3://{BUCKET}/", "") == here.stdout
    assert here.stdout.count("\n") > 10


def test_neither_threads_nor_the_order_of_uris_change_a_report(run):
    names = [f"{REMOTE}/{name}" for name in ("chat.jsonl", "books.parquet", "web.jsonl.zst")]
    ask = (*BENCH, "--output-format", "jsonl", "--fail-on", "never")
    reports = {run("scan", *names, *ask, "--threads", str(threads)).stdout for threads in (1, 2)}
    assert len(reports) == 1


def test_a_change_while_it_is_scanned_is_skipped_and_fails_under_strict(run, s3: Door):
    data = (EXAMPLES / "chat.jsonl").read_bytes()
    uri = s3.put("changing.jsonl", data)
    new = data.replace(b"e", b"a")
    s3.fault("GET", "changing.jsonl", first=lambda: s3.put("changing.jsonl", new))
    ask = ("--output-format", "json", "--fail-on", "never", "--strict")
    result = run("scan", uri, f"{REMOTE}/pairs.tsv", *BENCH, *ask)
    assert result.exit_code == 2
    (skipped,) = json.loads(result.stdout)["corpus"]["skipped"]
    assert (skipped["path"], skipped["reason"]) == (uri, "changed while it was read; scan again")


def test_credentials_in_a_uri_are_refused_and_not_repeated(run):
    result = run("scan", f"s3://lantern:hush@{BUCKET}/examples", *BENCH)
    assert result.exit_code == 2
    assert "credentials do not belong in a uri" in result.stderr
    assert "hush" not in result.output + result.stderr


def test_what_is_excluded_is_left_out(run):
    ask = ("--output-format", "json", "--fail-on", "never")
    result = run("scan", REMOTE, *BENCH, *ask, "--exclude", "notes/", "--exclude", "*.parquet")
    report = json.loads(result.stdout)
    every = [place for place in EXAMPLES.rglob("*") if place.is_file()]
    left_out = [each for each in every if each.suffix == ".parquet" or "notes" in each.parts]
    assert report["corpus"]["files"] == len(every) - len(left_out)


def test_explain_reads_the_passage_again(run, kept):
    result = run("explain", "--run", kept, "demo:test/12")
    assert result.exit_code == 0
    assert "leakcheck clean CORPUS" in result.stdout
    assert "before you turn to the back" in result.stdout  # behind the passage: no run has it


def test_explain_tells_of_a_passage_that_is_gone(run, kept, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    result = run("explain", "--run", kept, "demo:test/12")
    assert result.exit_code == 0
    assert "before you turn to the back" not in result.stdout
    assert "cannot be reached" in " ".join(result.stdout.split())


def test_sarif_names_objects_by_their_uris(run, kept):
    result = run("report", kept, "--output-format", "sarif")
    found = json.loads(result.stdout)["runs"][0]["results"]
    places = [each["locations"][0]["physicalLocation"]["artifactLocation"] for each in found]
    assert all(place["uri"].startswith(REMOTE) for place in places)
    assert all("uriBaseId" not in place for place in places)


def test_an_audit_record_says_that_objects_are_not_hashed(run, kept):
    result = run("report", kept, "--output-format", "audit")
    record = json.loads(result.stdout)
    assert "object store are not hashed" in record["unhashed"]
    assert {each["sha256"] for each in record["files"]} == {None}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(
            ("clean", "--run", "{run}", "--output", "{folder}"),
            "only files on disk can be cleaned",
            id="clean a run",
        ),
        pytest.param(
            ("clean", REMOTE, *BENCH, "--output", "{folder}"),
            "only files on disk can be cleaned",
            id="clean",
        ),
        pytest.param(
            ("index", "build", REMOTE, "--output", "{folder}.lki"),
            "an index is made of files on disk",
            id="index",
        ),
        pytest.param(
            ("scan", REMOTE, *BENCH, "--diff-base", "HEAD"), "is in no git repository", id="git"
        ),
    ],
)
def test_what_needs_files_on_disk_refuses_with_what_to_do(run, kept, tmp_path, arguments, message):
    told = [each.format(run=kept, folder=tmp_path / "new") for each in arguments]
    result = run(*told)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (tmp_path / "new").exists()


def test_a_selftest_plants_into_objects(run):
    result = run("selftest", *BENCH, "--corpus", f"{REMOTE}/web.jsonl.zst", "--items", "2")
    assert result.exit_code in (0, 1), result.stderr


def test_presets_are_compared_over_objects(run):
    here = run("compare-presets", "examples/corpus/chat.jsonl", "--bench", "demo")
    there = run("compare-presets", f"{REMOTE}/chat.jsonl", "--bench", "demo")
    assert (there.exit_code, there.stdout) == (here.exit_code, here.stdout)


def test_reading_from_a_disk_loads_nothing_for_stores():
    asked = (
        "import sys; from leakcheck.corpus import find_files, read_file; "
        "print(sum(len(list(read_file(file))) for file in find_files(['examples/corpus'])[0] "
        "if not file.name.endswith('.parquet'))); "  # its reader loads pyarrow.fs itself
        "loaded = ('pyarrow.fs', 'pyarrow._s3fs', 'huggingface_hub', 'fsspec'); "
        "print([name for name in loaded if name in sys.modules])"
    )
    root = EXAMPLES.parents[1]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    told = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    read, loaded = told.stdout.splitlines()
    assert int(read) > 5
    assert loaded == "[]"
