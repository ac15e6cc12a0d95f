"""Reading again: the same documents, from their place in the file or from its start."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from leakcheck.corpus_index.building.build import build_index
from leakcheck.corpus_index.searching import reread as module
from leakcheck.corpus_index.searching.reread import Lost, Reread, reread

TEXTS = [f"The {n}th keeper of Saxcombe counts {n} cormorants — as ever." for n in range(12)]


@pytest.fixture(autouse=True)
def _in_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def lines(texts, feed="\n", **options):
    return feed.join(json.dumps({"text": text}, **options) for text in texts)


def indexed(data: bytes, name="a.jsonl"):
    Path(name).write_bytes(data)
    return build_index([name], Path("x.lki"), scale=1).index


def read_again(index, rows=None):
    """Return row and text of what is read again, and what is lost."""
    documents = index.read("documents").to_pylist()
    wanted = [row["document"] for row in documents if rows is None or row["row"] in rows]
    found, lost = {}, []
    for each in reread(index, np.array(wanted, np.uint32)):
        if isinstance(each, Lost):
            lost += each.documents.tolist()
        else:
            numbers = {row["row"]: row["document"] for row in documents}
            texts = each.batch.texts.to_pylist()
            found |= dict(zip(each.batch.rows.tolist(), texts, strict=True))
            assert [numbers[row] for row in each.batch.rows.tolist()] == each.documents.tolist()
    return found, lost


WRITTEN = {
    "plain": lines(TEXTS).encode() + b"\n",
    "no last line feed": lines(TEXTS).encode(),
    "returns": lines(TEXTS, "\r\n").encode(),
    "not escaped": lines(TEXTS, ensure_ascii=False).encode(),
    "blank lines": b"\n\n  \n" + lines(TEXTS, "\n \n\n").encode() + b"\n\n",
    "long blank lines": b" " * 500 + b"\n" + lines(TEXTS).encode(),
    "mark": b"\xef\xbb\xbf" + lines(TEXTS).encode(),
    "UTF-16": lines(TEXTS).encode("utf-16"),
    "broken lines": b'{"text": \n' + lines(TEXTS, '\n{"te\n').encode(),
}


@pytest.mark.parametrize("data", WRITTEN.values(), ids=WRITTEN)
def test_all_documents_are_there_as_they_were(data):
    index = indexed(data)
    found, lost = read_again(index)
    assert list(found.values()) == TEXTS
    assert lost == []


@pytest.mark.parametrize("data", WRITTEN.values(), ids=WRITTEN)
def test_places_and_whole_files_give_the_same(data, monkeypatch):
    index = indexed(data)
    rows = {row["row"] for row in index.read("documents").to_pylist()[2::3]}
    by_places = read_again(index, rows)
    monkeypatch.setattr(module, "_lines", lambda file, places: iter(()))
    assert read_again(index, rows) == by_places
    assert set(by_places[0]) == rows


def test_lines_are_read_in_blocks(monkeypatch):
    index = indexed(WRITTEN["plain"])
    monkeypatch.setattr(module, "BATCH_BYTES", 100)
    numbers = index.read("documents")["document"].to_numpy()
    read = list(reread(index, numbers))
    assert len(read) > 3
    assert [text for each in read for text in each.batch.texts.to_pylist()] == TEXTS


def test_no_document_is_asked_for():
    assert list(reread(indexed(WRITTEN["plain"]), np.empty(0, np.uint32))) == []


def test_of_a_file_that_is_gone_all_are_lost():
    index = indexed(WRITTEN["plain"])
    Path("a.jsonl").unlink()
    (lost,) = reread(index, index.read("documents")["document"].to_numpy())
    assert (len(lost.documents), lost.path) == (12, "a.jsonl")
    assert lost.reason.startswith("is not there any more")


def test_a_file_that_vanishes_once_it_was_found_is_lost(monkeypatch):
    index = indexed(WRITTEN["plain"])
    found = module._found

    def vanishing(*names):
        file = found(*names)
        Path("a.jsonl").unlink()
        return file

    monkeypatch.setattr(module, "_found", vanishing)
    assert read_again(index) == ({}, list(range(12)))


def test_behind_a_line_that_became_two_no_row_is_what_it_was():
    index = indexed(WRITTEN["plain"])
    data = bytearray(Path("a.jsonl").read_bytes())
    start = sum(len(line) for line in data.splitlines(keepends=True)[:4])
    data[start + 30] = ord("\n")
    Path("a.jsonl").write_bytes(data)
    found, lost = read_again(index)
    assert found == dict(enumerate(TEXTS[:4]))
    assert lost == list(range(4, 12))


def test_an_edited_document_alone_is_lost():
    index = indexed(WRITTEN["plain"])
    Path("a.jsonl").write_text(lines([*TEXTS[:5], "Other text.", *TEXTS[6:]]), "utf-8")
    found, lost = read_again(index)
    assert (sorted(found), lost) == ([n for n in range(12) if n != 5], [5])


def test_files_come_in_the_order_of_the_index():
    for name in ("b.jsonl", "a.txt", "c.jsonl"):
        Path(name).write_text(lines(TEXTS[:2]), "utf-8")
    index = build_index(["b.jsonl", "a.txt", "c.jsonl"], Path("x.lki")).index
    read = list(reread(index, index.read("documents")["document"].to_numpy()[::-1]))
    assert all(isinstance(each, Reread) for each in read)
    assert [each.batch.file.name for each in read] == ["b.jsonl", "a.txt", "c.jsonl"]
