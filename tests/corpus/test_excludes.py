"""Patterns of what is left out: as .gitignore has them, which git itself is asked."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.corpus.excludes import NOTHING_EXCLUDED, Excludes

from ..repositories import Repository

NAMES = ["a.jsonl", "b.jsonl", "raw/a.jsonl", "x/raw/a.jsonl", "x/y/raw/deep/b.md", "x/a/b/c.txt"]


def left_out(pattern: str, name: str) -> bool:
    return Excludes((pattern,), Path("/corpus"), forced=True).leave_out(f"/corpus/{name}", "")


@pytest.mark.parametrize(
    ("pattern", "name", "expected"),
    [
        pytest.param("raw", "rawer/a.jsonl", False, id="a part of a name"),
        pytest.param("a.jsonl/", "a.jsonl", False, id="a folder that is a file"),
        pytest.param("raw/a.jsonl", "x/raw/a.jsonl", False, id="a slash inside starts at the root"),
        pytest.param("/a.jsonl", "x/a.jsonl", False, id="a slash in front too"),
        pytest.param("x/*.jsonl", "x/raw/a.jsonl", False, id="a star stops at a slash"),
        pytest.param("*.jsonl", "a.jsonl.gz", False, id="to the end"),
        pytest.param("[!a].jsonl", "a.jsonl", False, id="not of a set"),
        pytest.param("A.jsonl", "a.jsonl", False, id="upper and lower case"),
        pytest.param("a.jsonl", "x/y/a.jsonl", True, id="a name at any depth"),
        pytest.param("raw/", "x/raw/deep/a.jsonl", True, id="all below a folder"),
        pytest.param("x/**/a.jsonl", "x/a.jsonl", True, id="no folder between"),
        pytest.param("x/**/a.jsonl", "x/y/z/a.jsonl", True, id="folders between"),
        pytest.param("x/**", "x/y/a.jsonl", True, id="all below"),
        pytest.param("[a-c]?.jsonl", "b7.jsonl", True, id="sets and characters"),
        pytest.param(r"\*.jsonl", "*.jsonl", True, id="an escaped star"),
        pytest.param("mit leer*é.md", "mit leerzeichen é.md", True, id="spaces and letters"),
    ],
)
def test_patterns(pattern, name, expected):
    assert left_out(pattern, name) is expected


@pytest.fixture(scope="module")
def repository(tmp_path_factory) -> Repository:
    made = Repository(tmp_path_factory.mktemp("ignored"))
    for name in NAMES:
        made.write(name, "")
    return made


PATTERN = st.text(alphabet="abx*?/.jl[]", min_size=1, max_size=9).filter(
    # git takes a set without an end for a pattern that fits nothing; `//` names no place.
    lambda pattern: (
        pattern.count("[") == pattern.count("]") == 0 and "//" not in pattern and pattern.strip("/")
    )
)


@settings(deadline=None, max_examples=60)
@given(pattern=PATTERN)
def test_git_leaves_out_the_same(repository, pattern):
    repository.write(".gitignore", pattern + "\n")
    asked = subprocess.run(
        ["git", "check-ignore", "--no-index", "--stdin"],
        cwd=repository.folder,
        input="\n".join(NAMES),
        capture_output=True,
        text=True,
        check=False,
    ).stdout.splitlines()
    assert [name for name in NAMES if left_out(pattern, name)] == asked


def test_nothing_is_left_out_by_no_pattern():
    assert not NOTHING_EXCLUDED.leave_out("corpus/a.jsonl", "corpus")


@pytest.mark.parametrize(
    ("named", "forced", "expected"),
    [
        pytest.param("corpus/raw/a.jsonl", False, False, id="the file was named"),
        pytest.param("corpus/raw", False, False, id="the folder was named"),
        pytest.param("corpus", False, True, id="a folder above was named"),
        pytest.param("corpus/raw/a.jsonl", True, True, id="named, but forced"),
    ],
)
def test_what_was_named_is_left_out_by_force_only(tmp_path, monkeypatch, named, forced, expected):
    monkeypatch.chdir(tmp_path)
    excludes = Excludes(("raw",), Path(), forced)
    assert excludes.leave_out("corpus/raw/a.jsonl", named) is expected


@pytest.mark.parametrize("name", ["raw/a.jsonl", "../data/raw/a.jsonl", "{root}/raw/a.jsonl"])
def test_patterns_start_from_their_root_however_a_file_is_named(tmp_path, monkeypatch, name):
    (tmp_path / "data" / "raw").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "data")
    name = name.format(root=tmp_path / "data")
    assert Excludes(("data/raw/*.jsonl",), tmp_path, forced=True).leave_out(name, name)


def test_a_file_elsewhere_is_held_against_its_path_as_given(tmp_path):
    excludes = Excludes(("raw/",), tmp_path / "here", forced=True)
    assert excludes.leave_out(f"{tmp_path}/there/raw/a.jsonl", "")
