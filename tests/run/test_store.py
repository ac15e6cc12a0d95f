"""A run in a folder: read back as it was, or refused."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from leakcheck.errors import RunError, UsageError
from leakcheck.run import store
from leakcheck.run.store import is_run, read_run, write_run
from leakcheck.scanning import scan

FILES = ["run.json", "findings.parquet", "items.parquet", "files.parquet"]


def same(one, other) -> bool:
    tables = ("findings", "items")
    plain = [name for name in one.__slots__ if name not in tables]
    return all(getattr(one, name) == getattr(other, name) for name in plain) and all(
        getattr(one, name).equals(getattr(other, name)) for name in tables
    )


def test_a_run_reads_back_as_it_was(example, tmp_path):
    write_run(example, tmp_path / "run")
    assert same(read_run(tmp_path / "run"), example)


def test_a_run_without_findings_reads_back_as_it_was(make, tmp_path):
    write_run(make.run(), tmp_path / "run")
    assert same(read_run(tmp_path / "run"), make.run())


def test_what_was_set_aside_and_what_fits_nothing_any_more_are_kept(make, tmp_path):
    run = replace(
        make.run([make.finding(accepted="allow: ours")], {"test/3": "accepted"}), stale=("abcd",)
    )
    write_run(run, tmp_path)
    assert same(read_run(tmp_path), run)


def test_file_names_that_are_not_utf8_are_kept(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    Path(os.fsdecode(os.fsencode(corpus) + b"/caf\xe9.jsonl")).write_text('{"text": "tea"}')
    Path(os.fsdecode(os.fsencode(corpus) + b"/\xff.bin")).write_text("?")
    report = scan([corpus], "demo")
    write_run(report, tmp_path / "run")
    kept = read_run(tmp_path / "run")
    assert same(kept, report)
    assert kept.files[0].path.endswith("caf\\xe9.jsonl")
    assert kept.corpus.skipped[0].path.endswith("\\xff.bin")


def test_a_run_takes_the_place_of_another(make, tmp_path):
    write_run(make.run([make.finding()]), tmp_path)
    write_run(make.run(), tmp_path)
    assert len(read_run(tmp_path).findings) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)


def test_the_same_run_is_written_as_the_same_bytes(example, tmp_path):
    for name in ("one", "two"):
        write_run(example, tmp_path / name)
    for name in FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize("is_file", [False, True], ids=["a folder of theirs", "a file of theirs"])
def test_something_else_is_never_written_over(make, tmp_path, is_file):
    place = tmp_path / "mine"
    precious = place if is_file else place / "precious.txt"
    precious.parent.mkdir(exist_ok=True)
    precious.write_text("mine")
    with pytest.raises(UsageError, match="something else than a run"):
        write_run(make.run(), place)
    assert precious.read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_an_error(make, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        write_run(make.run(), tmp_path / "file" / "run")


@pytest.mark.parametrize("left", FILES[1:])
def test_a_run_that_was_stopped_half_way_is_no_run(make, tmp_path, monkeypatch, left):
    write_run(make.run([make.finding()]), tmp_path)
    replaced = store.replace_file

    def stop_at(path):
        if path.name == left:
            raise KeyboardInterrupt
        return replaced(path)

    monkeypatch.setattr(store, "replace_file", stop_at)
    with pytest.raises(KeyboardInterrupt):
        write_run(make.run(), tmp_path)
    assert not is_run(tmp_path)
    with pytest.raises(RunError, match="no run is there"):
        read_run(tmp_path)


def test_a_run_that_was_stopped_half_way_can_be_written_again(make, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(store, "_summary", lambda report: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            write_run(make.run(), tmp_path)
    write_run(make.run([make.finding()]), tmp_path)
    assert len(read_run(tmp_path).findings) == 1


def test_another_version_is_told(make, tmp_path):
    write_run(make.run(), tmp_path)
    told = json.loads((tmp_path / "run.json").read_text())
    (tmp_path / "run.json").write_text(json.dumps(told | {"schema": "leakcheck/run/99"}))
    with pytest.raises(RunError, match=r"another version \(leakcheck/run/99\); scan again"):
        read_run(tmp_path)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff\xfe"], ids=repr)
def test_a_damaged_file_is_told(make, tmp_path, name, content):
    write_run(make.run([make.finding()]), tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RunError, match=r"damaged: .*; scan again"):
        read_run(tmp_path)


@pytest.mark.parametrize("name", FILES[1:])
def test_a_missing_table_is_told(make, tmp_path, name):
    write_run(make.run(), tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(RunError, match="damaged"):
        read_run(tmp_path)


@pytest.mark.parametrize("name", FILES[1:])
def test_a_column_that_a_later_version_added_is_left_alone(make, tmp_path, name):
    run = make.run([make.finding()], {"test/3": "near"})
    write_run(run, tmp_path)
    table = pq.read_table(tmp_path / name)
    pq.write_table(table.add_column(0, "later", pa.nulls(len(table))), tmp_path / name)
    assert same(read_run(tmp_path), run)


@pytest.mark.parametrize("name", FILES[1:])
def test_a_missing_column_is_told(make, tmp_path, name):
    write_run(make.run([make.finding()], {"test/3": "near"}), tmp_path)
    table = pq.read_table(tmp_path / name)
    pq.write_table(table.drop_columns(table.column_names[0]), tmp_path / name)
    with pytest.raises(RunError, match="damaged"):
        read_run(tmp_path)
