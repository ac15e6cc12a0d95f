"""`leakcheck index`: which command is meant, what is said, and exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
X = Path("x.lki")


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = Path("corpus")
    folder.mkdir()
    for name in ("a", "b"):
        text = f"The keeper of harbour {name} counts his cormorants before breakfast. " * 3
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture
def built(corpus, run):
    result = run("index", "corpus", "-o", "x.lki")
    assert (result.exit_code, result.stderr) == (0, "")
    return X


def labelled(text):
    """Return the lines of a label and what it says."""
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line[:1].strip()]
    return {line[0]: line[1] for line in lines if len(line) == 2}


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="nothing"),
        pytest.param(["corpus"], id="no output"),
        pytest.param(["-o", "x.lki"], id="no corpus"),
        pytest.param(["corpus", "-o", "x.lki", "--scale", "0"], id="no scale"),
        pytest.param(["add", "x.lki"], id="add nothing"),
        pytest.param(["rm", "x.lki"], id="remove nothing"),
        pytest.param(["info"], id="info of nothing"),
        pytest.param(["info", "x.lki", "--output-format", "xml"], id="unknown format"),
        pytest.param(["merge", "-o", "x.lki"], id="merge nothing"),
    ],
)
def test_a_wrong_call_exits_with_2(corpus, run, arguments):
    result = run("index", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: leakcheck index")
    assert not X.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere", "-o", "x.lki"], "nowhere: no such file or folder"),
        (["corpus", "-o", "x"], "the name of an index ends in .lki"),
        (["corpus", "-o", "corpus/a.lki/b.lki"], "corpus/a.lki/b.lki: cannot be written"),
        (["add", "x.lki", "corpus"], "x.lki: no index; make one with"),
        (["rm", "x.lki", "corpus"], "x.lki: no index"),
        (["info", "x.lki"], "x.lki: no index"),
        (["verify", "x.lki"], "x.lki: no index"),
        (["merge", "x.lki", "-o", "y.lki"], "at least two"),
    ],
)
def test_an_expected_error_is_one_line(corpus, run, arguments, message):
    Path("corpus/a.lki").touch()
    result = run("index", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("leakcheck: error: ")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["corpus", "-o", "x.lki"],
        ["-o", "x.lki", "corpus", "--no-progress", "--threads", "1"],
        ["build", "corpus/a.txt", "corpus/b.txt", "-o", "x.lki"],
        ["./add", "-o", "x.lki"],
    ],
)
def test_what_is_no_command_is_a_corpus(corpus, run, arguments):
    Path("add").symlink_to("corpus")
    result = run("index", *arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    assert labelled(result.stdout)["added"] == "2 files"


def test_a_build_tells_what_became_of_each_file(corpus, run, built):
    (corpus / "a.txt").write_text("Something else altogether stands in this file from now on.")
    (corpus / "c.txt").write_text("And here is another file, of which nothing was known before.")
    (corpus / "photo.png").touch()
    result = run("index", "corpus", "-o", "x.lki")
    told = labelled(result.stdout)
    assert (told["added"], told["replaced"]) == ("1 file", "1 file")
    assert (told["unchanged"], told["skipped"]) == ("1 file", "1 place")
    assert "corpus/photo.png: not a format leakcheck reads" in result.stdout
    assert told["holds"] == "3 documents in 3 files"
    assert told["text"].endswith(" B")
    assert "% of the text" in told["n-gram"]
    assert "% of the text" in told["MinHash"]


def test_options_reach_the_build(corpus, run):
    (corpus / "r.jsonl").write_text('{"a": {"b": "five words stand right here"}, "c": "no"}\n')
    run("index", "corpus/r.jsonl", "-o", "x.lki", "--scale", "2", "--text-field", "a.b")
    info = json.loads(run("index", "info", "x.lki", "--output-format", "json").stdout)
    assert (info["settings"]["scale"], info["settings"]["text_field"]) == (2, "a.b")
    assert info["text_bytes"] == len("five words stand right here")


def test_add_and_rm_change_what_is_there(corpus, run, built):
    (corpus / "c.txt").write_text("And here is another file, of which nothing was known before.")
    added = run("index", "add", "x.lki", "corpus")
    assert labelled(added.stdout)["added"] == "1 file"
    removed = run("index", "rm", "x.lki", "corpus/a.txt", "corpus/c.txt")
    assert (removed.exit_code, removed.stdout) == (0, "removed 2 files, 1 file left\n")


def test_info_is_a_table_or_json(run, built):
    table = run("index", "info", "x.lki").stdout
    assert labelled(table)["files"].startswith("2 ")
    assert "one n-gram in so many" in labelled(table)["scale"]
    info = json.loads(run("index", "info", "x.lki", "--output-format", "json").stdout)
    assert info["schema"] == "leakcheck/index-info/1"
    assert (info["files"], info["documents"], info["segments"]) == (2, 2, 1)
    assert info["tables"]["documents"]["rows"] == 2
    assert info["settings"]["minhash"]["num_perm"] == 128


def test_verify_passes_what_is_whole(run, built):
    result = run("index", "verify", "x.lki")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("x.lki: 5 files (")


def test_verify_names_each_file_that_is_damaged_and_exits_with_2(run, built):
    for name in ("files", "signatures"):
        path = X / "segments" / "0001" / f"{name}.parquet"
        path.write_bytes(path.read_bytes()[:-1])
    result = run("index", "verify", "x.lki")
    assert (result.exit_code, result.stdout) == (2, "")
    named, also, total = result.stderr.splitlines()
    assert "x.lki/segments/0001/files.parquet has" in named
    assert "x.lki/segments/0001/signatures.parquet has" in also
    assert total == "leakcheck: error: 2 of 5 files cannot be used"


def test_merge_says_what_came_of_it(corpus, run):
    run("index", "corpus/a.txt", "-o", "a.lki")
    run("index", "corpus/b.txt", "-o", "b.lki")
    result = run("index", "merge", "a.lki", "b.lki", "-o", "all.lki")
    assert (result.exit_code, result.stderr) == (0, "")
    assert labelled(result.stdout)["holds"] == "2 documents in 2 files"
    assert run("index", "verify", "all.lki").exit_code == 0


@pytest.mark.parametrize("verb", ["build", "add", "rm", "info", "verify", "merge"])
def test_every_command_has_help(run, verb):
    result = run("index", verb, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: leakcheck index {verb}")


@pytest.mark.parametrize("arguments", [["index", "--help"], ["index", "add", "-h"], ["sql", "-h"]])
def test_asking_for_help_loads_nothing_slow(arguments):
    code = f"""
import sys
from leakcheck.cli import leakcheck
leakcheck({arguments!r}, standalone_mode=False)
slow = {{"numpy", "numba", "pyarrow", "duckdb", "rich"}} & set(sys.modules)
sys.exit(", ".join(sorted(slow)) or 0)
"""
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, text=True, capture_output=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")
