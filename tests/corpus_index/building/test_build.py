"""Building an index: what is refused, what survives, and what is read again."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from leakcheck.corpus import find_files
from leakcheck.corpus_index.building import reading, segment
from leakcheck.corpus_index.building.build import add_to_index, build_index
from leakcheck.corpus_index.stored.lock import locked
from leakcheck.corpus_index.stored.store import open_index, write_manifest
from leakcheck.corpus_index.stored.verify import verify_index
from leakcheck.errors import CorpusIndexError, InputError, UsageError

X = Path("x.lki")
SENTENCE = "A different sentence about the harbour of {n}, where nobody counts anything at all."


def problems(path=X):
    return [each.problem for each in verify_index(path) if each.problem]


def every_file_is_a_segment(monkeypatch):
    monkeypatch.setattr(segment, "PART_FINGERPRINTS", 1)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param({"scale": 0}, "from 1 to", id="no scale"),
        pytest.param({"scale": 1001}, "from 1 to", id="too large a scale"),
        pytest.param({"paths": ["-"]}, "could not be read again", id="standard input"),
        pytest.param({"output": Path("index")}, "ends in .lki", id="another name"),
    ],
)
def test_refuses_a_call_that_makes_no_sense(corpus, options, message):
    with pytest.raises(UsageError, match=message):
        build_index(**{"paths": [corpus], "output": X, **options})
    assert list(Path().iterdir()) == [corpus]


def test_refuses_an_output_that_is_something_else(corpus):
    X.mkdir()
    (X / "thesis.txt").write_text("years of work")
    with pytest.raises(CorpusIndexError, match="no index; name another folder"):
        build_index([corpus], X)
    Path("y.lki").write_text("a file")
    with pytest.raises(CorpusIndexError, match="no index; name another folder"):
        build_index([corpus], Path("y.lki"))
    assert [path.name for path in X.iterdir()] == ["thesis.txt"]


def test_refuses_a_place_where_no_folder_can_be(corpus):
    Path("file").write_text("")
    with pytest.raises(CorpusIndexError, match=r"file.x\.lki: cannot be written"):
        build_index([corpus], Path("file/x.lki"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param({"scale": 4}, "scale 1, not 4", id="scale"),
        pytest.param({"text_field": "text"}, "text field none, not text", id="text field"),
    ],
)
def test_refuses_to_go_on_with_other_settings(corpus, built, options, message):
    with pytest.raises(CorpusIndexError, match=message):
        build_index([corpus], X, **{"scale": 1, **options})


def test_refuses_a_corpus_of_which_nothing_can_be_read(corpus):
    Path("empty").mkdir()
    with pytest.raises(InputError, match="no file found"):
        build_index(["empty"], X)
    assert not X.exists()
    Path("broken.parquet").write_text("nothing of the kind")
    with pytest.raises(InputError, match=r"first reason: broken\.parquet: could not be read"):
        build_index(["broken.parquet"], X)
    assert problems() == []


def test_an_empty_folder_adds_nothing_and_breaks_nothing(corpus, built):
    Path("empty").mkdir()
    with pytest.raises(InputError, match="no file found"):
        add_to_index(X, ["empty"])
    assert open_index(X) == built


def test_adding_to_no_index_leaves_nothing_behind(corpus):
    with pytest.raises(CorpusIndexError, match="no index; make one with"):
        add_to_index(X, [corpus])
    assert not X.exists()


def test_refuses_another_file_of_a_path_that_is_taken(corpus, built, monkeypatch):
    Path("elsewhere/corpus").mkdir(parents=True)
    Path("elsewhere/corpus/b.txt").write_text(SENTENCE.format(n=3))
    index = X.resolve()
    monkeypatch.chdir("elsewhere")
    with pytest.raises(CorpusIndexError, match=r"corpus/b\.txt: the index has another file"):
        add_to_index(index, ["corpus"])


def test_a_second_writer_is_told_and_changes_nothing(corpus, built):
    (corpus / "new.txt").write_text(SENTENCE.format(n=5))
    code = (
        "from pathlib import Path\n"
        "from leakcheck.corpus_index.building.build import add_to_index\n"
        "add_to_index(Path('x.lki'), ['corpus'])"
    )
    with locked(X):
        result = child(code)
    assert "CorpusIndexError: x.lki: another process is changing this index" in result.stderr
    assert open_index(X) == built
    assert child(code).returncode == 0
    assert open_index(X).rows("files") == 4


def child(code):
    root = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(root)},
        text=True,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("batches", [1, 2, 3])
def test_a_killed_build_leaves_whole_files_and_goes_on(corpus, rows_of, batches):
    result = child(
        f"""
import os, signal
from pathlib import Path
from leakcheck.corpus_index.building import segment
from leakcheck.corpus_index.building.build import build_index

segment.PART_FINGERPRINTS = 1
seen = []
def on_progress(progress):
    seen.append(progress)
    if len(seen) == {batches}:
        os.kill(os.getpid(), signal.SIGKILL)

build_index(["corpus"], Path("x.lki"), scale=1, threads=1, on_progress=on_progress)
"""
    )
    assert result.returncode == -9
    left = open_index(X).read("files").column("path").to_pylist()
    assert left == ["corpus/a.jsonl", "corpus/b.txt"][: batches - 1]
    assert problems() == []
    done = build_index([corpus], X, scale=1)
    assert done.unchanged == left
    unbroken = build_index([corpus], Path("y.lki"), scale=1)
    assert rows_of(done.index) == rows_of(unbroken.index)
    assert problems() == []


@pytest.mark.parametrize("moment", ["after the manifest", "before the manifest"])
def test_a_run_stopped_while_a_segment_is_kept_loses_no_other(corpus, monkeypatch, moment):
    every_file_is_a_segment(monkeypatch)
    calls = []

    def stopped(path, manifest):
        calls.append(manifest)
        if len(calls) == 2 and moment == "before the manifest":
            raise KeyboardInterrupt
        index = write_manifest(path, manifest)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return index

    monkeypatch.setattr("leakcheck.corpus_index.building.filling.write_manifest", stopped)
    with pytest.raises(KeyboardInterrupt):
        build_index([corpus], X)
    kept = 2 if moment == "after the manifest" else 1
    assert problems() == []
    assert open_index(X).rows("files") == len(list((X / "segments").iterdir())) == kept


def test_what_a_killed_first_run_leaves_is_taken_over(corpus):
    (X / "segments" / "0001").mkdir(parents=True)
    (X / "segments" / "0001" / "files.parquet").write_text("half")
    (X / "lock").touch()
    (X / ".manifest.json.tmp").touch()
    build_index([corpus], X)
    assert problems() == []
    assert sorted(path.name for path in X.iterdir()) == ["lock", "manifest.json", "segments"]


@pytest.mark.parametrize("table", ["documents.parquet", "ngrams-0001.parquet"])
def test_a_full_disk_is_an_expected_error(corpus, monkeypatch, table):
    from pyarrow import parquet

    class Full(parquet.ParquetWriter):
        def __init__(self, where, *arguments, **options):
            super().__init__(where, *arguments, **options)
            self.full = where.name == table

        def write_table(self, *arguments, **options):
            if self.full:
                raise OSError(errno.ENOSPC, "No space left on device")
            super().write_table(*arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr("leakcheck.corpus_index.stored.tables.pq.ParquetWriter", Full)
        with pytest.raises(CorpusIndexError, match=f"{table}: cannot be written .No space left"):
            build_index([corpus], X)
    assert problems() == []
    assert open_index(X).rows("files") == 0
    assert build_index([corpus], X).index.rows("files") == 3


def test_a_changed_file_is_replaced_in_all_tables(corpus, built, rows_of, write_lines):
    write_lines(corpus / "a.jsonl", range(50, 52))
    done = build_index([corpus], X, scale=1)
    assert done.added == done.replaced == ["corpus/a.jsonl"]
    assert done.unchanged == ["corpus/b.txt", "corpus/deep/c é.jsonl"]
    assert rows_of(done.index) == rows_of(build_index([corpus], Path("y.lki"), scale=1).index)


def test_a_touched_file_is_left_alone(corpus, built):
    os.utime(corpus / "a.jsonl", (1, 1))
    done = build_index([corpus], X, scale=1)
    assert (done.added, len(done.unchanged)) == ([], 3)
    assert done.index.manifest == built.manifest


@pytest.mark.parametrize("name", ["./corpus", "corpus/../corpus", "absolute", "link"])
def test_a_file_is_known_by_where_it_is_whatever_it_is_called(corpus, built, name):
    Path("link").symlink_to("corpus")
    done = add_to_index(X, [corpus.resolve() if name == "absolute" else name])
    assert (done.added, len(done.unchanged)) == ([], 3)


def test_a_corpus_that_moved_as_a_whole_is_known_by_its_paths(corpus, built, monkeypatch):
    Path("new").mkdir()
    shutil.move("corpus", "new/corpus")
    shutil.move("x.lki", "new/x.lki")
    monkeypatch.chdir("new")
    (corpus / "b.txt").write_text(SENTENCE.format(n=1))
    done = build_index([corpus], X, scale=1)
    assert (done.replaced, len(done.unchanged)) == (["corpus/b.txt"], 2)


def test_a_file_that_is_gone_stays_until_it_is_removed(corpus, built):
    (corpus / "b.txt").unlink()
    assert build_index([corpus], X, scale=1).index == built


def test_a_file_that_cannot_be_opened_any_more_stays_and_is_told(corpus, built, monkeypatch):
    monkeypatch.setattr(
        "leakcheck.corpus_index.building.changes.content_of", lambda _: reading.UNKNOWN
    )
    done = build_index([corpus], X, scale=1)
    assert done.index == built
    assert {each.reason for each in done.skipped} == {
        "cannot be opened; what the index has of it stays"
    }


def test_a_file_that_vanishes_while_the_others_are_read_is_skipped(corpus):
    def on_progress(_):
        (corpus / "deep" / "c é.jsonl").unlink(missing_ok=True)

    done = build_index([corpus / "a.jsonl", corpus / "deep"], X, threads=1, on_progress=on_progress)
    assert all(each.name == "corpus/deep/c é.jsonl" for each in done.skipped)
    assert problems() == []


def test_a_file_that_changes_while_it_is_read_is_told_and_read_again(corpus, monkeypatch):
    read = reading.read_file

    def changing(file, **options):
        yield from read(file, **options)
        with file.path.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"text": SENTENCE.format(n=9)}) + "\n")

    with monkeypatch.context() as patch:
        patch.setattr(reading, "read_file", changing)
        done = build_index([corpus / "a.jsonl"], X)
    assert [each.reason for each in done.skipped] == ["changed while it was read; index it again"]
    assert done.index.read("skipped").column("path").to_pylist() == ["corpus/a.jsonl"]
    again = build_index([corpus / "a.jsonl"], X)
    assert again.replaced == ["corpus/a.jsonl"]
    assert (again.index.rows("documents"), again.index.rows("skipped")) == (5, 0)


def test_what_was_skipped_is_noted_once_however_often_it_is_met(corpus):
    (corpus / "photo.png").write_bytes(b"x")
    (corpus / "broken.parquet").write_bytes(b"nothing of the kind")
    for _ in range(3):
        index = build_index([corpus], X).index
    assert sorted(index.read("skipped").column("path").to_pylist()) == [
        "corpus/broken.parquet",
        "corpus/photo.png",
    ]
    assert len(index.manifest.segments) == 1


def test_what_can_be_read_at_last_is_no_longer_skipped(corpus):
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 73\n"
    (corpus / "b.txt").write_text(pointer)
    index = build_index([corpus], X).index
    assert (index.rows("files"), index.rows("skipped")) == (2, 1)
    (corpus / "b.txt").write_text(SENTENCE.format(n=2))
    index = build_index([corpus], X).index
    assert (index.rows("files"), index.rows("skipped")) == (3, 0)


def test_an_index_is_no_part_of_the_corpus_it_lies_in(corpus):
    for _ in range(2):
        index = build_index(["."], corpus / "x.lki").index
        assert index.rows("files") == 3


@pytest.mark.parametrize("pattern", ["**/*", "**", "corpus/*", "corpus/**/*.parquet"])
def test_no_pattern_leads_into_an_index(corpus, pattern):
    build_index(["."], corpus / "x.lki")
    (corpus / "d.parquet").touch()
    files, _ = find_files(["corpus/b.txt", pattern])
    assert files
    assert not [file.name for file in files if ".lki" in file.name]


def test_an_index_that_is_named_as_a_corpus_is_refused(corpus, built):
    with pytest.raises(InputError, match="an index, not a corpus"):
        find_files([X])
    with pytest.raises(InputError, match="no file found"):
        find_files(["x.lki/*"])


def test_names_may_be_of_any_sort(corpus):
    (corpus / "it's a [set] 100%.txt").write_text(SENTENCE.format(n=7))
    Path(os.fsdecode(b"corpus/caf\xe9.txt")).write_text(SENTENCE.format(n=8))
    output = Path("an 'index' [é].lki")
    index = build_index([corpus], output).index
    assert set(index.read("files").column("path").to_pylist()) >= {
        "corpus/it's a [set] 100%.txt",
        "corpus/caf\\xe9.txt",
    }
    assert problems(output) == []


def test_documents_are_numbered_in_the_order_of_files(corpus, built):
    documents = built.read("documents").to_pylist()
    assert [row["document"] for row in documents] == list(range(8))
    assert [row["path"] for row in documents] == (
        ["corpus/a.jsonl"] * 4 + ["corpus/b.txt"] + ["corpus/deep/c é.jsonl"] * 3
    )
    firsts = built.read("files", ["first_document", "indexed_documents"]).to_pylist()
    assert [tuple(row.values()) for row in firsts] == [(0, 4), (4, 1), (5, 3)]


def test_the_text_of_files_is_counted_without_what_is_around_it(corpus, built):
    [size] = [
        row["text_bytes"] for row in built.read("files").to_pylist() if "a.json" in row["path"]
    ]
    lines = (corpus / "a.jsonl").read_text("utf-8").splitlines()
    assert size == sum(len(json.loads(line)["text"]) for line in lines)


def test_progress_ends_at_all_there_is_and_counts_what_was_left_alone(corpus, built, write_lines):
    write_lines(corpus / "new.jsonl", range(3))
    seen = []
    build_index([corpus], X, scale=1, on_progress=seen.append)
    assert seen[-1].bytes_read == seen[-1].bytes_total
    assert seen[-1].documents == 3


def test_more_documents_than_can_be_numbered_are_refused(corpus, monkeypatch):
    monkeypatch.setattr("leakcheck.corpus_index.building.filling.MOST_DOCUMENTS", 5)
    with pytest.raises(CorpusIndexError, match="divide the corpus"):
        build_index([corpus], X)
    assert problems() == []
