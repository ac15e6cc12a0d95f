"""Finding corpus files: what is refused, what is skipped, and in which order the rest comes."""

from __future__ import annotations

import os

import pytest

from leakcheck.corpus.excludes import Excludes
from leakcheck.corpus.files import find_files
from leakcheck.errors import InputError

POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 734003200\n"


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    """Make a folder with files in it the current one."""
    for name in ["b.jsonl", "a.txt", "deep/er/c.parquet", "deep/d.csv.zst", "E.JSON"]:
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "corpus"


def names(paths):
    files, _ = find_files(paths)
    return [file.name for file in files]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        pytest.param("absent.jsonl", "no such file or folder", id="missing-file"),
        pytest.param("corpus/*.arrow", "no file found", id="glob-without-match"),
        pytest.param("empty", "no file found", id="empty-folder"),
        pytest.param("other", "no file of a format", id="folder-of-other-files"),
        pytest.param("other/photo.png", r"It reads \.arrow, .*\.txt", id="named-unknown-format"),
        pytest.param("other/notes.gz", "not a format", id="compression-alone-is-no-format"),
    ],
)
def test_refuses_a_path_that_leads_to_nothing_to_read(corpus, path, message):
    (corpus.parent / "empty").mkdir()
    (corpus.parent / "other").mkdir()
    for name in ["photo.png", "notes.gz"]:
        (corpus.parent / "other" / name).write_bytes(b"x")
    with pytest.raises(InputError, match=message):
        find_files([path])


def test_skips_what_is_no_corpus_without_counting_its_bytes(corpus):
    (corpus / "LICENSE").write_text("terms")
    files, skipped = find_files(["corpus"])
    assert len(files) == 5
    assert [(s.name, s.unread_bytes) for s in skipped] == [("corpus/LICENSE", 0)]
    assert skipped[0].reason == "not a format leakcheck reads"


def test_leaves_hidden_files_and_folders_out(corpus):
    (corpus / ".hidden.jsonl").write_text("x")
    (corpus / ".git").mkdir()
    (corpus / ".git" / "packed.txt").write_text("x")
    assert all("/." not in name for name in names(["corpus"]))
    assert all("/." not in name for name in names(["corpus/**"]))


def test_tells_of_a_git_lfs_pointer_and_of_the_bytes_it_stands_for(corpus):
    (corpus / "big.jsonl").write_bytes(POINTER)
    _, skipped = find_files(["corpus/big.jsonl"])
    assert "git lfs pull" in skipped[0].reason
    assert skipped[0].unread_bytes == 734003200


def test_survives_links_that_run_in_circles_or_into_nothing(corpus):
    (corpus / "deep" / "up").symlink_to(corpus)
    (corpus / "gone.txt").symlink_to(corpus / "absent.txt")
    files, skipped = find_files(["corpus"])
    assert len(files) == 5
    assert [s.name for s in skipped] == ["corpus/gone.txt"]


def test_skips_a_pipe_in_a_folder_instead_of_waiting_for_it(corpus):
    os.mkfifo(corpus / "pipe.jsonl")
    _, skipped = find_files(["corpus"])
    assert [(s.name, s.reason) for s in skipped] == [("corpus/pipe.jsonl", "not a regular file")]


def test_takes_a_file_once_under_the_name_that_came_first(corpus):
    (corpus / "z-link.txt").symlink_to(corpus / "a.txt")
    found = names(["corpus/b.jsonl", "corpus", str(corpus), "corpus/*", "-", "-"])
    assert found[0] == "corpus/b.jsonl"
    assert sorted(found[1:]) == [
        "-",
        "corpus/E.JSON",
        "corpus/a.txt",
        "corpus/deep/d.csv.zst",
        "corpus/deep/er/c.parquet",
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("corpus/a.txt", ["corpus/a.txt"], id="file"),
        pytest.param("./corpus/a.txt", ["corpus/a.txt"], id="dot-is-dropped"),
        pytest.param(
            "corpus",
            ["E.JSON", "a.txt", "b.jsonl", "deep/d.csv.zst", "deep/er/c.parquet"],
            id="folder",
        ),
        pytest.param("corpus/*.jsonl", ["corpus/b.jsonl"], id="glob"),
        pytest.param("corpus/**/*.parquet", ["corpus/deep/er/c.parquet"], id="deep-glob"),
        pytest.param("corpus/de*", ["deep/d.csv.zst", "deep/er/c.parquet"], id="glob-of-a-folder"),
    ],
)
def test_finds_files_in_a_fixed_order(corpus, path, expected):
    assert names([path]) == [f"corpus/{name.removeprefix('corpus/')}" for name in expected]


def test_takes_an_empty_file_and_standard_input(corpus):
    (corpus / "none.txt").touch()
    files, _ = find_files(["corpus/none.txt", "-"])
    assert [(file.name, file.size_bytes) for file in files] == [("corpus/none.txt", 0), ("-", 0)]
    assert files[1].path is None


def test_leaves_out_what_is_excluded_below_a_folder(corpus):
    files, skipped = find_files(["corpus"], Excludes(("deep/", "*.txt")))
    assert [file.name for file in files] == ["corpus/E.JSON", "corpus/b.jsonl"]
    assert skipped == []


def test_takes_a_named_file_that_is_excluded_unless_forced(corpus):
    (corpus / "LICENSE").write_text("terms")
    named = ["corpus/a.txt", "corpus/b.jsonl"]
    assert len(find_files(named, Excludes(("*.txt",)))[0]) == 2
    assert len(find_files(named, Excludes(("*.txt",), forced=True))[0]) == 1
    assert find_files(["corpus/LICENSE"], Excludes(("LICENSE",), forced=True)) == ([], [])


def test_a_pattern_of_files_names_the_folder_it_starts_from(corpus):
    excludes = Excludes(("corpus/", "deep/"))
    assert len(find_files(["corpus/*.jsonl"], excludes)[0]) == 1
    assert find_files(["corpus/**/*.parquet"], excludes)[0] == []


def test_nothing_may_be_left(corpus):
    assert find_files(["corpus"], Excludes(("*",))) == ([], [])


def test_what_is_excluded_is_not_even_opened(corpus):
    (corpus / "big.jsonl").write_bytes(POINTER)
    assert find_files(["corpus/big.jsonl"], Excludes(("big*",), forced=True)) == ([], [])
