"""What git is asked: changes since a commit, whatever the user's git is set to."""

from __future__ import annotations

import subprocess

import pytest

from leakcheck.corpus.git import added_lines, added_ranges, changed_since, root_of
from leakcheck.errors import UsageError

from ..repositories import Repository


@pytest.fixture
def repository(tmp_path) -> Repository:
    made = Repository(tmp_path / "repository")
    made.write("a.jsonl", "1\n2\n3\n")
    made.write("[b] ü.jsonl", "1\n2\n")
    made.write("old.txt", "a text of some length that moves\n" * 3)
    made.commit()
    return made


def lines_of(repository, path, reference="HEAD"):
    since = changed_since(repository.folder, reference, [path])
    return [tuple(each) for each in added_lines(repository.folder, since.before(path), path)]


def test_a_folder_outside_of_git_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UsageError, match="not in a git repository"):
        root_of(tmp_path)


@pytest.mark.parametrize("reference", ["nowhere", "--output=x", "", "HEAD:a.jsonl"])
def test_a_commit_that_is_none_is_an_error(repository, reference):
    with pytest.raises(UsageError, match="no such commit"):
        changed_since(repository.folder, reference, [])


def test_no_git_is_an_error(repository, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="no git here"):
        root_of(repository.folder)


def test_what_is_as_it_was_is_unchanged(repository):
    since = changed_since(repository.folder, "HEAD", [])
    assert since.is_unchanged("a.jsonl")
    assert not since.is_unchanged("new.jsonl")
    assert since.before("new.jsonl") is None


def test_added_lines_are_those_on_disk_staged_or_not(repository):
    repository.write("a.jsonl", "0\n1\n2\nchanged\n")
    assert lines_of(repository, "a.jsonl") == [(1, 1), (4, 4)]
    repository.git("add", "a.jsonl")
    assert lines_of(repository, "a.jsonl") == [(1, 1), (4, 4)]


def test_a_file_that_git_was_told_to_forget_has_still_its_lines(repository):
    repository.write("a.jsonl", "1\n2\n3\n4\n")
    repository.git("rm", "--quiet", "--cached", "a.jsonl")
    assert lines_of(repository, "a.jsonl") == [(4, 4)]


def test_names_that_look_like_patterns_are_names(repository):
    repository.write("[b] ü.jsonl", "1\n2\n3\n")
    assert lines_of(repository, "[b] ü.jsonl") == [(3, 3)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("diff.noprefix", "true"),
        ("diff.mnemonicPrefix", "true"),
        ("diff.context", "9"),
        ("diff.interHunkContext", "9"),
        ("diff.external", "false"),
        ("diff.renames", "false"),
        ("diff.relative", "true"),
        ("color.ui", "always"),
        ("core.quotePath", "true"),
    ],
)
def test_settings_of_the_user_change_nothing(repository, name, value):
    repository.git("config", name, value)
    repository.write("a.jsonl", "1\nnew\n2\n3\nnew\n")
    repository.git("mv", "old.txt", "new.txt")
    assert lines_of(repository, "a.jsonl") == [(2, 2), (5, 5)]
    assert changed_since(repository.folder, "HEAD", []).is_unchanged("new.txt")


def test_the_environment_of_a_hook_changes_nothing(repository, monkeypatch):
    repository.write("a.jsonl", "1\n2\n3\nnew\n")
    monkeypatch.setenv("GIT_DIFF_OPTS", "-u5")
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    assert lines_of(repository, "a.jsonl") == [(4, 4)]


def test_lines_that_look_like_heads_of_hunks_are_lines(repository):
    repository.write("a.jsonl", "1\n2\n3\n@@ -1 +9,9 @@\n++ -- @@\n")
    assert lines_of(repository, "a.jsonl") == [(4, 5)]


def test_a_file_that_attributes_call_binary_has_lines_all_the_same(repository):
    repository.write(".gitattributes", "*.jsonl -diff binary\n")
    repository.write("a.jsonl", "1\n2\n3\nnew\0\n")
    assert lines_of(repository, "a.jsonl") == [(4, 4)]


def test_a_renamed_file_is_compared_with_what_it_was(repository):
    repository.git("mv", "old.txt", "new.txt")
    repository.write("new.txt", "a text of some length that moves\n" * 3 + "more\n")
    since = changed_since(repository.folder, "HEAD", ["new.txt"])
    assert not since.is_unchanged("new.txt")
    assert lines_of(repository, "new.txt") == [(4, 4)]


def test_files_that_a_filter_changes_are_told(repository):
    repository.write(".gitattributes", "*.jsonl filter=lfs diff=lfs merge=lfs -text\n")
    since = changed_since(repository.folder, "HEAD", ["a.jsonl", "old.txt"])
    assert since.filtered == {"a.jsonl"}


@pytest.mark.parametrize(
    ("diff", "expected"),
    [
        pytest.param(b"", [], id="no change"),
        pytest.param(b"@@ -3,2 +2,0 @@\n-gone\n-gone\n", [], id="lines taken away"),
        pytest.param(b"@@ -0,0 +1 @@ head\n+a\n", [(1, 1)], id="one line"),
        pytest.param(b"@@ -1 +1,2 @@\n@@ -9,0 +11,3 @@\n", [(1, 2), (11, 13)], id="two places"),
    ],
)
def test_ranges_of_a_diff(diff, expected):
    assert [tuple(each) for each in added_ranges(diff.splitlines(keepends=True))] == expected


def test_git_is_not_asked_of_what_it_does_not_hold(repository):
    with pytest.raises((UsageError, subprocess.CalledProcessError)):
        added_lines(repository.folder, "0" * 40, "a.jsonl")
