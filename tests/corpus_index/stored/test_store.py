"""Opening an index: what is refused, and what a reader sees while a writer is at work."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from leakcheck.corpus_index.building.removal import remove_from_index
from leakcheck.corpus_index.stored.place import is_index
from leakcheck.corpus_index.stored.store import open_index
from leakcheck.errors import CorpusIndexError

X = Path("x.lki")


def change_manifest(**changes):
    manifest = json.loads((X / "manifest.json").read_text("utf-8"))
    for key, value in changes.items():
        target = manifest if key in manifest else manifest["settings"]
        target[key] = value
    (X / "manifest.json").write_text(json.dumps(manifest), "utf-8")


@pytest.mark.parametrize("path", ["nowhere.lki", "corpus", "corpus/b.txt"])
def test_refuses_what_is_no_index(corpus, path):
    assert not is_index(path)
    with pytest.raises(CorpusIndexError, match=f"no index; make one with .* -o {path}"):
        open_index(path)


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"format": 1}', b"\xff"])
def test_refuses_a_manifest_that_is_damaged(built, text):
    (X / "manifest.json").write_bytes(text)
    with pytest.raises(CorpusIndexError, match=r"manifest\.json: damaged .*build the index again"):
        open_index(X)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"tokeniser": 0}, "made with tokeniser 0", id="tokeniser"),
        pytest.param({"fingerprints": 99}, "made with fingerprints 99", id="fingerprints"),
        pytest.param({"rare_tokens": "0"}, "made with rare_tokens", id="common tokens"),
        pytest.param(
            {"format": "leakcheck/corpus-index/2", "leakcheck": "9.9", "segments": "elsewhere"},
            "reads 'leakcheck/corpus-index/1'; build it again, or use leakcheck 9.9",
            id="a format of later times",
        ),
    ],
)
def test_refuses_what_another_leakcheck_made_and_says_which(built, changes, message):
    change_manifest(**changes)
    with pytest.raises(CorpusIndexError, match=message) as caught:
        open_index(X)
    assert "build it again, or use leakcheck" in str(caught.value)


@pytest.mark.parametrize(("how", "message"), [("gone", "is gone"), ("cut short", "has .* bytes")])
def test_refuses_an_index_with_a_file_missing_or_cut_short(built, damage, how, message):
    damage(X / "segments" / "0001" / "documents.parquet", how)
    with pytest.raises(CorpusIndexError, match=rf"documents\.parquet {message}, the manifest says"):
        open_index(X)


def test_a_reader_whose_segment_vanishes_is_told_why(built):
    remove_from_index(X, ["corpus/a.jsonl"])
    with pytest.raises(CorpusIndexError, match="changed in the meantime, run it again"):
        list(built.batches("ngrams"))


def test_a_reader_sees_the_old_state_or_the_new_one(built):
    kept = Path("kept")
    shutil.copytree(X / "segments" / "0001", kept)
    new = remove_from_index(X, ["corpus/a.jsonl"]).index
    assert open_index(X) == new
    assert new.rows("documents") == 4
    assert built.rows("documents") == 8


def test_an_index_is_told_from_a_corpus(built, corpus):
    assert is_index(X)
    assert is_index("x.lki")
    assert not is_index(corpus)


def test_tables_are_read_whole_or_by_column(built):
    assert built.read("documents", ["row"]).column("row").to_pylist() == [0, 1, 2, 3, 0, 0, 1, 2]
    assert built.read("skipped").num_rows == 0
    assert sum(map(len, built.batches("signatures"))) == built.rows("signatures") == 8
    assert [path.name for path in built.data_paths("ngrams")] == ["ngrams-0001.parquet"]
