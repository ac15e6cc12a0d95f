"""What was added since a commit: nothing of old rows, and nothing new left out."""

from __future__ import annotations

import gzip

import pytest

from leakcheck.corpus import added_since, find_files
from leakcheck.errors import UsageError

from ..repositories import Repository

POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n"


@pytest.fixture
def repository(tmp_path, monkeypatch) -> Repository:
    made = Repository(tmp_path / "data")
    made.write("a.jsonl", '"one"\n"two"\n')
    made.write("sub/t.csv", "text,n\nold,1\n")
    made.write("notes.md", "old\n")
    made.write("array.json", '["old"]\n')
    made.write("z.jsonl.gz", gzip.compress(b'"old"\n', mtime=0))
    made.write("pointer.jsonl", POINTER)
    made.commit()
    monkeypatch.chdir(made.folder)
    return made


def added(*paths, reference="HEAD"):
    """Return what is kept: names with their rows, or with None where all is; and the notes."""
    notes = []
    files, skipped = added_since(reference, *find_files(paths or ["."]), notes.append)
    kept = {file.name: sorted(file.part.rows) if file.part else None for file in files}
    return kept, [each.name for each in skipped], notes


def test_nothing_is_kept_of_what_did_not_change(repository):
    assert added() == ({}, [], [])


def test_only_new_rows_are_kept_of_text_formats(repository):
    repository.write("a.jsonl", '"one"\n\n"one and a half"\n"two"\n"three"\n')
    repository.write("sub/t.csv", 'text,n\nold,1\n"new\nand long",2\n')
    assert added() == ({"a.jsonl": [1, 3], "sub/t.csv": [1]}, [], [])


def test_rows_taken_away_add_nothing(repository):
    repository.write("a.jsonl", '"two"\n')
    assert added("a.jsonl") == ({}, [], [])


def test_new_files_are_kept_whole_tracked_or_not(repository):
    repository.write("new.jsonl", '"x"\n')
    repository.write("staged.jsonl", '"y"\n')
    repository.git("add", "staged.jsonl")
    assert added() == ({"new.jsonl": None, "staged.jsonl": None}, [], [])


def test_other_formats_are_kept_whole_with_a_note(repository):
    repository.write("array.json", '["old", "new"]\n')
    repository.write("z.jsonl.gz", gzip.compress(b'"old"\n"new"\n', mtime=0))
    kept, _, (note,) = added()
    assert kept == {"array.json": None, "z.jsonl.gz": None}
    assert "2 changed files are scanned whole" in note
    assert "array.json, z.jsonl.gz" in note


def test_a_text_is_one_document_and_needs_no_note(repository):
    repository.write("notes.md", "old\nnew\n")
    assert added() == ({"notes.md": None}, [], [])


def test_a_file_under_a_new_name_is_as_it_was(repository):
    repository.git("mv", "z.jsonl.gz", "sub/moved.jsonl.gz")
    repository.git("mv", "array.json", "moved.json")
    assert added() == ({}, [], [])


def test_a_renamed_file_has_only_its_new_rows(repository):
    repository.write("long.jsonl", '"a row that stays as it is"\n' * 9)
    repository.commit()
    repository.git("mv", "long.jsonl", "sub/renamed.jsonl")
    repository.write("sub/renamed.jsonl", '"a row that stays as it is"\n' * 9 + '"new"\n')
    assert added() == ({"sub/renamed.jsonl": [9]}, [], [])


def test_files_that_git_keeps_in_another_form_are_kept_whole(repository):
    repository.write(".gitattributes", "a.jsonl filter=large\n")
    repository.write("a.jsonl", '"one"\n"two"\n"three"\n')
    kept, _, notes = added("a.jsonl")
    assert kept == {"a.jsonl": None}
    assert len(notes) == 1


def test_utf_16_is_kept_whole(repository):
    repository.write("u.jsonl", '"old"\n'.encode("utf-16"))
    repository.commit()
    repository.write("u.jsonl", '"old"\n"new"\n'.encode("utf-16"))
    assert added("u.jsonl")[0] == {"u.jsonl": None}


def test_a_pointer_is_told_only_where_it_is_new(repository):
    assert added("pointer.jsonl")[1] == []
    repository.write("pointer.jsonl", POINTER.replace("00", "11"))
    assert added("pointer.jsonl")[1] == ["pointer.jsonl"]


def test_a_link_is_followed_to_the_file_that_git_has(repository):
    (repository.folder / "link.jsonl").symlink_to("a.jsonl")
    repository.write("a.jsonl", '"one"\n"two"\n"three"\n')
    assert added("link.jsonl")[0] == {"link.jsonl": [2]}


def test_files_of_several_repositories_are_compared_each_with_its_own(repository, tmp_path):
    other = Repository(tmp_path / "other")
    other.write("b.jsonl", '"old"\n')
    other.commit()
    other.write("b.jsonl", '"old"\n"new"\n')
    path = str(tmp_path / "other" / "b.jsonl")
    assert added("a.jsonl", path)[0] == {path: [1]}


def test_standard_input_is_refused(repository):
    with pytest.raises(UsageError, match="standard input is in no git repository"):
        added("-")


def test_an_older_commit_may_be_the_base(repository):
    repository.write("a.jsonl", '"one"\n"two"\n"three"\n')
    repository.commit()
    assert added(reference="HEAD~1")[0] == {"a.jsonl": [2]}
