"""Hosts: documents with text, from files of a corpus."""

from __future__ import annotations

import json
from random import Random

import pytest

from leakcheck.errors import InputError, UsageError
from leakcheck.selftest import hosts
from leakcheck.selftest.hosts import documents_of, shortened
from leakcheck.selftest.planting import Host


def written(path, records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return str(path)


def test_standard_input_is_refused():
    with pytest.raises(UsageError, match="name those of the corpus"):
        documents_of(["-"], None, Random(0))


def test_a_corpus_without_text_is_an_error(tmp_path):
    path = written(tmp_path / "empty.jsonl", [{"text": " "}, {"n": 3}])
    with pytest.raises(InputError, match="no document with text"):
        documents_of([path], None, Random(0))


def test_what_cannot_be_read_is_the_reason(tmp_path):
    (tmp_path / "bad.parquet").write_bytes(b"no parquet")
    with pytest.raises(InputError, match="bad"):
        documents_of([str(tmp_path)], None, Random(0))


def test_a_document_has_its_passages_with_their_places(tmp_path):
    path = written(tmp_path / "a.jsonl", [{"instruction": "Do", "output": "Done"}])
    (host,) = documents_of([path], None, Random(0))
    assert host == Host((("instruction", "Do"), ("output", "Done")))


def test_a_text_field_is_taken_alone(tmp_path):
    path = written(tmp_path / "a.jsonl", [{"instruction": "Do", "output": "Done"}])
    (host,) = documents_of([path], "output", Random(0))
    assert [text for _, text in host.passages] == ["Done"]


def test_a_text_field_that_is_not_there_is_named(tmp_path):
    path = written(tmp_path / "a.jsonl", [{"instruction": "Do"}])
    with pytest.raises(InputError, match="no document with text in the field 'outptu' in"):
        documents_of([path], "outptu", Random(0))


def test_every_file_gives_its_share(tmp_path, monkeypatch):
    monkeypatch.setattr(hosts, "DOCUMENTS", 10)
    for name in "ab":
        written(tmp_path / f"{name}.jsonl", [{"text": f"{name} {n}"} for n in range(50)])
    drawn = documents_of([str(tmp_path)], None, Random(0))
    names = [text[0] for host in drawn for _, text in host.passages]
    assert sorted(names) == ["a"] * 5 + ["b"] * 5
    assert drawn == documents_of([str(tmp_path)], None, Random(0))


def test_a_long_passage_is_cut(monkeypatch):
    monkeypatch.setattr(hosts, "HOST_CHARACTERS", 5)
    host = shortened(Host((("title", "Owls"), ("text", "0123456789"))), Random(0))
    assert host.passages[0] == ("title", "Owls")
    assert len(host.passages[1][1]) == 5 and host.passages[1][1] in "0123456789"
