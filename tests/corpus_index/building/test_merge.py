"""Merging: what is refused, what is taken once, and that nothing else is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakcheck.corpus_index.building.build import build_index
from leakcheck.corpus_index.building.merge import merge_indexes
from leakcheck.corpus_index.building.removal import remove_from_index
from leakcheck.corpus_index.stored.store import open_index
from leakcheck.corpus_index.stored.tables import read_batches
from leakcheck.corpus_index.stored.verify import verify_index
from leakcheck.errors import CorpusIndexError, UsageError

A, B, C = Path("a.lki"), Path("b.lki"), Path("c.lki")


@pytest.fixture
def parts(corpus):
    """Indexes of two parts of the corpus."""
    build_index([corpus / "a.jsonl", corpus / "b.txt"], A, scale=1)
    build_index([corpus / "deep"], B, scale=1)


def test_refuses_to_merge_one_index(parts):
    with pytest.raises(UsageError, match="at least two"):
        merge_indexes([A], C)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"scale": 4}, r"z\.lki: an index with scale 4, not 1"),
        ({"scale": 1, "text_field": "text"}, r"z\.lki: an index with text field text, not none"),
    ],
)
def test_refuses_other_settings_and_names_them(parts, corpus, options, message):
    build_index([corpus], Path("z.lki"), **options)
    with pytest.raises(CorpusIndexError, match=message):
        merge_indexes([A, Path("z.lki")], C)
    assert not C.exists()


def test_refuses_a_path_that_has_other_content(parts, corpus, write_lines):
    write_lines(corpus / "a.jsonl", range(9))
    build_index([corpus / "a.jsonl"], Path("z.lki"), scale=1)
    with pytest.raises(CorpusIndexError, match=r"corpus/a\.jsonl: has other content in z\.lki"):
        merge_indexes([A, Path("z.lki")], C)
    assert not C.exists()


@pytest.mark.parametrize("output", [A, B])
def test_refuses_to_write_over_an_index(parts, output):
    with pytest.raises(CorpusIndexError, match="is there already"):
        merge_indexes([A, B], output)
    assert open_index(A).rows("files") == 2


def test_refuses_to_write_over_anything_else(parts):
    C.mkdir()
    (C / "thesis.txt").write_text("years of work")
    with pytest.raises(CorpusIndexError, match="is no index"):
        merge_indexes([A, B], C)
    with pytest.raises(UsageError, match=r"ends in \.lki"):
        merge_indexes([A, B], Path("c"))


def test_refuses_more_documents_than_can_be_numbered(parts, monkeypatch):
    monkeypatch.setattr("leakcheck.corpus_index.building.merge.MOST_DOCUMENTS", 7)
    with pytest.raises(CorpusIndexError, match="8 documents are more than the 7"):
        merge_indexes([A, B], C)


@pytest.mark.parametrize("table", ["documents", "signatures"])
def test_refuses_an_index_that_is_damaged(parts, damage, table):
    damage(B / "segments" / "0001" / f"{table}.parquet", "altered")
    with pytest.raises(CorpusIndexError, match=rf"{table}\.parquet: damaged"):
        merge_indexes([A, B], C)
    with pytest.raises(CorpusIndexError, match="no index"):
        open_index(C)


def test_the_parts_together_are_the_whole(parts, corpus, rows_of):
    merged = merge_indexes([A, B], C)
    assert rows_of(merged) == rows_of(build_index([corpus], Path("z.lki"), scale=1).index)
    assert not any(each.problem for each in verify_index(C))
    assert merged.read("documents").column("document").to_pylist() == list(range(8))
    assert merged.read("files").column("first_document").to_pylist() == [0, 4, 5]


def test_a_file_of_both_is_taken_once(parts, corpus, rows_of):
    build_index([corpus], Path("z.lki"), scale=1)
    expected = rows_of(open_index("z.lki"))
    assert rows_of(merge_indexes([A, Path("z.lki")], C)) == expected
    assert rows_of(merge_indexes([Path("z.lki"), A, B], Path("d.lki"))) == expected


def test_what_both_skipped_is_said_once(corpus):
    (corpus / "photo.png").write_bytes(b"x")
    build_index([corpus], A)
    build_index([corpus], B)
    merged = merge_indexes([A, B], C)
    assert (merged.rows("files"), merged.rows("skipped")) == (3, 1)


def test_rows_stay_in_order(parts):
    merged = merge_indexes([B, A], C)
    for path in merged.data_paths("ngrams"):
        rows = [tuple(row.values()) for b in read_batches(path) for row in b.to_pylist()]
        assert rows == sorted(rows)


def test_documents_are_numbered_index_by_index(parts):
    merged = merge_indexes([B, A], C)
    firsts = merged.read("files", ["path", "first_document"]).to_pylist()
    assert [tuple(row.values()) for row in firsts] == [
        ("corpus/deep/c é.jsonl", 0),
        ("corpus/a.jsonl", 3),
        ("corpus/b.txt", 7),
    ]


def test_a_merged_index_can_be_added_to_and_removed_from(parts, corpus, rows_of, write_lines):
    merge_indexes([A, B], C)
    write_lines(corpus / "new.jsonl", range(3))
    done = build_index([corpus], C, scale=1)
    assert (done.added, len(done.unchanged)) == (["corpus/new.jsonl"], 3)
    left = remove_from_index(C, ["corpus/deep", "corpus/new.jsonl"]).index
    assert rows_of(left) == rows_of(open_index(A))
