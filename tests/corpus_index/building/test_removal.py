"""Removing files: nothing of them is left in any table, and all of the others is."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakcheck.corpus_index.building.build import build_index
from leakcheck.corpus_index.building.removal import remove_from_index
from leakcheck.corpus_index.stored.lock import locked
from leakcheck.corpus_index.stored.store import open_index
from leakcheck.corpus_index.stored.tables import TABLES
from leakcheck.corpus_index.stored.verify import verify_index
from leakcheck.errors import CorpusIndexError, UsageError

X = Path("x.lki")


@pytest.mark.parametrize("name", ["corpus/none.txt", "corp", "corpus/a.json", ""])
def test_refuses_what_is_not_in_the_index(built, name):
    with pytest.raises(UsageError, match="SELECT path FROM files"):
        remove_from_index(X, ["corpus/a.jsonl", name])
    assert open_index(X) == built


def test_refuses_an_index_that_is_being_changed(built):
    with locked(X), pytest.raises(CorpusIndexError, match="another process"):
        remove_from_index(X, ["corpus/a.jsonl"])


def test_removing_from_no_index_leaves_nothing_behind(corpus):
    with pytest.raises(CorpusIndexError, match="no index"):
        remove_from_index(X, ["corpus/a.jsonl"])
    assert not X.exists()


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (["corpus/a.jsonl"], ["corpus/b.txt", "corpus/deep/c é.jsonl"]),
        (["corpus/b.txt"], ["corpus/a.jsonl", "corpus/deep/c é.jsonl"]),
        (["corpus/deep"], ["corpus/a.jsonl", "corpus/b.txt"]),
        (["corpus/deep/", "corpus/a.jsonl", "corpus/a.jsonl"], ["corpus/b.txt"]),
    ],
)
def test_what_is_left_is_as_if_the_others_had_never_been_there(built, rows_of, names, left):
    before = built.read("files").column("path").to_pylist()
    removed = remove_from_index(X, names)
    assert sorted(removed.paths + left) == before
    assert rows_of(removed.index) == rows_of(build_index(left, Path("y.lki"), scale=1).index)
    assert not any(each.problem for each in verify_index(X))


def test_nothing_is_left_when_all_is_removed(built):
    index = remove_from_index(X, ["corpus"]).index
    assert [index.rows(table) for table in TABLES] == [0] * len(TABLES)
    assert list((X / "segments").iterdir()) == []


def test_removed_files_can_be_added_again(corpus, built, rows_of):
    before = rows_of(built)
    remove_from_index(X, ["corpus/a.jsonl"])
    done = build_index([corpus], X, scale=1)
    assert done.added == ["corpus/a.jsonl"]
    assert rows_of(done.index) == before


def test_numbers_of_documents_are_not_given_twice(corpus, built):
    remove_from_index(X, ["corpus/a.jsonl"])
    index = build_index([corpus], X, scale=1).index
    numbers = index.read("documents").column("document").to_pylist()
    assert sorted(numbers) == list(range(4, 12))


def test_what_was_skipped_can_be_removed_too(corpus):
    (corpus / "photo.png").write_bytes(b"x")
    build_index([corpus], X)
    index = remove_from_index(X, ["corpus/photo.png"]).index
    assert (index.rows("files"), index.rows("skipped")) == (3, 0)


def test_segments_without_the_file_are_not_written_again(corpus, built, write_lines):
    write_lines(corpus / "new.jsonl", range(300, 302))
    build_index([corpus], X, scale=1)
    index = remove_from_index(X, ["corpus/new.jsonl"]).index
    assert index.manifest.segments == built.manifest.segments


def test_rows_stay_in_order(built):
    index = remove_from_index(X, ["corpus/b.txt"]).index
    rows = [tuple(row.values()) for row in index.read("ngrams").to_pylist()]
    assert rows == sorted(rows)
