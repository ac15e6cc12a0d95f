"""The hooks: their manifest, and what they do in a real git repository."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from leakcheck.corpus.compression import COMPRESSION_SUFFIXES
from leakcheck.corpus.formats import READERS

from .repositories import Repository

ROOT = Path(__file__).parents[1]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
ITEMS = ROOT / "examples" / "demo_benchmark"
needs_pre_commit = pytest.mark.skipif(
    importlib.util.find_spec("pre_commit") is None, reason="pre-commit is not installed"
)


def hooks() -> dict[str, dict[str, str]]:
    """Read the manifest: a list of flat mappings, which takes no parser."""
    found: dict[str, dict[str, str]] = {}
    hook: dict[str, str] = {}
    for line in MANIFEST.read_text("utf-8").splitlines():
        if line.startswith("- "):
            hook = {}
        if field := re.fullmatch(r"(?:- |  )(\w+): (.+)", line):
            hook[field[1]] = field[2].strip("'\"")
            found[hook["id"]] = hook
    return found


def test_there_are_two_hooks():
    assert list(hooks()) == ["leakcheck", "leakcheck-all"]
    assert all(hook["language"] == "python" for hook in hooks().values())
    assert all(hook["require_serial"] == "true" for hook in hooks().values())


@pytest.mark.parametrize("suffix", READERS)
@pytest.mark.parametrize("compression", ["", *COMPRESSION_SUFFIXES])
def test_the_hook_is_given_every_file_that_can_be_read(suffix, compression):
    files = re.compile(hooks()["leakcheck"]["files"])
    assert files.search(f"data/shard-0{suffix}{compression}")
    assert files.search(f"DATA{suffix}{compression}".upper())


@pytest.mark.parametrize("name", ["a.py", "jsonl", "a.jsonl.bak", "a.jsonl/README", "a.gz"])
def test_the_hook_is_given_nothing_else(name):
    assert not re.search(hooks()["leakcheck"]["files"], name)


def entry(hook: str) -> list[str]:
    """Return the command of a hook, by this Python."""
    command, *arguments = shlex.split(hooks()[hook]["entry"])
    assert command == "leakcheck"
    return [sys.executable, "-c", "from leakcheck.cli import main; main()", *arguments]


@pytest.fixture
def repository(tmp_path) -> Repository:
    made = Repository(tmp_path / "data")
    items = (ITEMS / "test.jsonl").read_text("utf-8").splitlines()
    texts = (json.loads(item)["question"] for item in items)
    leaks = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    made.write("leakcheck.toml", 'bench = ["demo", "demo_trivia"]\n')
    made.write("clean.jsonl", '{"text": "An ordinary note about the hills."}\n')
    made.write("leaks/für é.jsonl", leaks)
    return made


@pytest.mark.parametrize(
    ("hook", "files", "code"),
    [
        pytest.param("leakcheck", ["clean.jsonl"], 0, id="clean"),
        pytest.param("leakcheck", ["leaks/für é.jsonl", "clean.jsonl"], 1, id="leak"),
        pytest.param("leakcheck", ["gone.jsonl"], 2, id="a file that is not there"),
        pytest.param("leakcheck-all", [], 1, id="all files"),
    ],
)
def test_the_command_of_a_hook_does_what_it_says(repository, hook, files, code):
    result = subprocess.run(
        [*entry(hook), *files], cwd=repository.folder, capture_output=True, text=True, check=False
    )
    assert result.returncode == code, result.stderr
    assert ("für é.jsonl:1: LC001 verbatim demo test/0" in result.stdout) is (code == 1)


@needs_pre_commit
def test_pre_commit_takes_the_manifest():
    from pre_commit.clientlib import load_manifest

    assert [hook["id"] for hook in load_manifest(str(MANIFEST))] == list(hooks())


@needs_pre_commit
def test_pre_commit_runs_the_hook_on_what_is_staged(repository, tmp_path):
    command = shlex.join(entry("leakcheck"))
    files = hooks()["leakcheck"]["files"]
    repository.write(
        ".pre-commit-config.yaml",
        "repos:\n- repo: local\n  hooks:\n  - id: leakcheck\n    name: leakcheck\n"
        f"    language: system\n    require_serial: true\n    files: '{files}'\n"
        f"    entry: {json.dumps(command)}\n",
    )
    repository.git("add", "clean.jsonl", "leakcheck.toml", ".pre-commit-config.yaml")
    assert pre_commit(repository, tmp_path)[0] == 0
    repository.git("add", "--all")
    code, told = pre_commit(repository, tmp_path)
    assert code == 1
    assert "leaks/für é.jsonl:1: LC001 verbatim demo test/0" in told


def pre_commit(repository, tmp_path) -> tuple[int, str]:
    environment = {k: value for k, value in os.environ.items() if not k.startswith("GIT_")}
    result = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--color", "never"],
        cwd=repository.folder,
        env=environment | {"PRE_COMMIT_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
    )
    return result.returncode, result.stdout + result.stderr
