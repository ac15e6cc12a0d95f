"""Starting: what is loaded when, and the first run after installation."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from leakcheck.cli.first_run import (
    announce_compilation,
    announce_index_compilation,
    announce_presets_compilation,
    is_compiled,
)
from leakcheck.cli.output import wants_colour

ROOT = Path(__file__).parents[2]


def python(code: str, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, **environment},
        text=True,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["scan", "--help"]], ids=str)
def test_asking_for_help_loads_nothing_slow(arguments):
    code = f"""
import sys
from leakcheck.cli import leakcheck
leakcheck({arguments!r}, standalone_mode=False)
slow = {{"numpy", "numba", "pyarrow", "rich"}} & set(sys.modules)
sys.exit(", ".join(sorted(slow)) or 0)
"""
    result = python(code)
    assert (result.returncode, result.stderr) == (0, "")


def test_a_scan_that_finds_nothing_loads_only_what_it_needs(tmp_path):
    (tmp_path / "notes.jsonl").write_text('{"text": "Nothing of any benchmark stands here."}\n')
    code = """
import sys
from leakcheck.cli import leakcheck
scan = ["scan", "notes.jsonl", "--bench", "demo", "--output-format", "concise", "--no-progress"]
try:
    leakcheck(scan, standalone_mode=False)
except SystemExit as done:
    assert not done.code
slow = {"duckdb", "pyarrow.compute", "pyarrow.dataset", "rapidfuzz", "rich", "scipy.linalg"}
ours = {"corpus.added_rows", "corpus_index.stored.store", "scanning.indexed"}
for module in sorted((slow | {f"leakcheck.{each}" for each in ours}) & set(sys.modules)):
    print("loads", module)
"""
    environment = {"PYTHONPATH": str(ROOT), "LEAKCHECK_CACHE_DIR": str(tmp_path / "cache")}
    python(code, tmp_path, **environment)  # what is not compiled yet needs all of the compiler
    result = python(code, tmp_path, **environment)
    assert (result.returncode, result.stderr) == (0, "")
    assert "loads" not in result.stdout


def test_every_verb_has_help(run):
    for verb in (
        [],
        ["scan"],
        ["bench"],
        *(["bench", each] for each in ("build", "list", "show", "verify")),
    ):
        result = run(*verb, "--help")
        assert result.exit_code == 0
        assert result.stdout.startswith("Usage: leakcheck")


@pytest.mark.parametrize(
    ("is_terminal", "environment", "expected"),
    [
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "xterm"}, True),
        (False, {"FORCE_COLOR": "1"}, True),
    ],
)
def test_colour_is_for_terminals_and_for_those_who_ask(is_terminal, environment, expected):
    assert wants_colour(is_terminal, environment) is expected


@pytest.fixture
def load(tmp_path):
    """Import a module of one cached function anew, from the source given."""

    def load_source(expression):
        source = tmp_path / "kernel.py"
        code = f"import numba\n@numba.njit(cache=True)\ndef double(n):\n    return {expression}\n"
        source.write_text(code, "utf-8")
        spec = importlib.util.spec_from_file_location("kernel", source)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.double

    return load_source


def test_a_kernel_is_announced_until_it_is_compiled_and_after_each_change(load):
    assert not is_compiled(load("n + n"))
    assert load("n + n")(4) == 8
    assert is_compiled(load("n + n"))
    assert not is_compiled(load("n * 2"))


@pytest.mark.parametrize(
    ("announce", "what"),
    [
        (announce_compilation, "its kernels"),
        (announce_index_compilation, "the kernels of indexes"),
        (announce_presets_compilation, "the kernels of presets"),
    ],
)
@pytest.mark.parametrize("compiled", [True, False])
def test_it_is_said_which_kernels_are_compiled(monkeypatch, announce, what, compiled):
    monkeypatch.setattr("leakcheck.cli.first_run.is_compiled", lambda function: compiled)
    said = []
    announce(said.append)
    assert [line.partition(",")[0] for line in said] == [f"compiling {what}"] * (not compiled)


def test_a_numba_with_other_insides_is_taken_at_its_word():
    assert is_compiled(object())


def test_without_a_place_for_kernels_it_says_so_and_goes_on(tmp_path):
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "leakcheck", tmp_path / "leakcheck", ignore=ignored)
    for folder in ("text", "index", "detection"):
        # A file where the folder should be: even root cannot write into it.
        (tmp_path / "leakcheck" / folder / "__pycache__").touch()
    code = """
from leakcheck.cli.failures import complain
from leakcheck.cli.first_run import load_kernel
kernel = load_kernel(complain)
print(kernel._match_documents.stats.cache_path)
"""
    nowhere = {"HOME": os.devnull, "XDG_CACHE_HOME": os.devnull, "NUMBA_CACHE_DIR": ""}
    result = python(code, tmp_path, TMPDIR=str(tmp_path), **nowhere)
    assert result.returncode == 0, result.stderr
    assert result.stderr.startswith("leakcheck: no place to keep its compiled kernels")
    assert str(tmp_path / "leakcheck-kernels-") in result.stdout
    assert not list(tmp_path.glob("leakcheck-kernels-*"))
