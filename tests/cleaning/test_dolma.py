from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import msgspec
import pyarrow as pa
import pytest

from leakcheck.cleaning import Wanted, write_attributes
from leakcheck.detection.finding import FINDING_SCHEMA
from leakcheck.errors import InputError, UsageError

WANTED = Wanted()
FILLER = "Größe of a harbour 😀, and nothing else."


@pytest.fixture
def corpus(tmp_path, monkeypatch, test_items, train_items):
    """Documents as Dolma keeps them, in two sources, one of them with planted items."""
    monkeypatch.chdir(tmp_path)
    texts = {
        "v0/one/documents/a/0.jsonl.gz": [f"{FILLER} {test_items[0]}", FILLER, train_items[0]],
        "v0/two/documents/0.json.gz": [FILLER, test_items[1]],
    }
    for name, each in texts.items():
        Path(name).parent.mkdir(parents=True)
        rows = [
            {"id": f"{name}:{n}", "text": text, "source": "ours", "metadata": {"as": text}}
            for n, text in enumerate(each)
        ]
        data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        Path(name).write_bytes(gzip.compress(data.encode()))
    return sorted(texts)


def read(path):
    return [json.loads(line) for line in gzip.decompress(Path(path).read_bytes()).splitlines()]


def attributes(scanner, paths, folder="v0", name="leak", wanted=WANTED, text_field="text"):
    report = scanner.scan(paths, text_field=text_field)
    return write_attributes(report, Path(folder), name, wanted, threads=2)


def test_every_document_has_its_line_beside_it(scanner, corpus):
    tagged = attributes(scanner, ["v0/one/documents", "v0/two/documents"])
    assert tagged[1:] == (2, 5, 2)
    for path in corpus:
        beside = path.replace("/documents/", "/attributes/leak/")  # as Dolma's mixer does
        documents, lines = read(path), read(beside)
        assert [line["id"] for line in lines] == [document["id"] for document in documents]
        assert all(line["source"] == "ours" for line in lines)


def test_spans_are_characters_of_the_text(scanner, corpus, test_items):
    attributes(scanner, ["v0/one/documents"], folder="v0/one")
    first, second, third = read("v0/one/attributes/leak/a/0.jsonl.gz")
    (span,) = first["attributes"]["leak__demo__test"]
    text = read(corpus[0])[0]["text"]
    assert text[span[0] : span[1]].startswith(test_items[0][:30])
    assert 0 < span[2] <= 1
    assert second["attributes"] == third["attributes"] == {}


def test_other_splits_have_keys_of_their_own(scanner, corpus):
    attributes(scanner, ["v0/one/documents"], folder="v0/one", wanted=Wanted(also=("train",)))
    third = read("v0/one/attributes/leak/a/0.jsonl.gz")[2]
    assert list(third["attributes"]) == ["leak__demo__train"]


def test_spans_that_overlap_are_one(scanner, corpus, finding):
    Path("v0/one/documents/a/0.jsonl.gz").rename("v0/one/documents/1.jsonl.gz")
    report = scanner.scan(["v0/one/documents/1.jsonl.gz"], text_field="text")
    path = report.files[0].path
    found = [
        finding(path=path, start=start, end=end, score=score)
        for start, end, score in [(5, 9, 0.5), (0, 6, 0.7), (9, 10, 0.9), (20, 30, 0.1)]
    ]
    rows = [msgspec.structs.asdict(each) for each in found]
    report = replace(report, findings=pa.Table.from_pylist(rows, FINDING_SCHEMA))
    write_attributes(report, Path("out"), "leak", WANTED, threads=1)
    first = read("out/attributes/leak/1.jsonl.gz")[0]
    assert first["attributes"] == {"leak__riddles__test": [[0, 10, 0.9], [20, 30, 0.1]]}


def test_the_corpus_is_not_touched_and_attributes_are_not_overwritten(scanner, corpus):
    before = [Path(path).read_bytes() for path in corpus]
    attributes(scanner, ["v0/two/documents"], folder="v0/two")
    with pytest.raises(UsageError, match=r"v0/two/attributes/leak: is there"):
        attributes(scanner, ["v0/two/documents"], folder="v0/two")
    assert [Path(path).read_bytes() for path in corpus] == before
    assert sorted(path.name for path in Path("v0/two").iterdir()) == ["attributes", "documents"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("elsewhere/0.jsonl", b'{"id": "1", "text": "x"}\n', "is not below a folder `documents`"),
        ("documents/0.csv", b"id,text\n1,x\n", "is no Dolma document file"),
        ("documents/0.jsonl", b'{"text": "x"}\n', "record 0: is no Dolma document: it has no id"),
        ("documents/0.jsonl", b'{"id": "1", "text": "x"}\n{\n', "record 1: is not JSON"),
    ],
)
def test_what_is_no_dolma_document_is_an_error(scanner, corpus, name, data, reason):
    Path(name).parent.mkdir()
    Path(name).write_bytes(data)
    with pytest.raises(InputError, match=reason):
        attributes(scanner, [name], folder="out")
    assert not list(Path().rglob("attributes"))


@pytest.mark.parametrize("name", ["", ".hidden", "a/b"])
def test_attributes_have_a_name_that_a_folder_can_have(scanner, corpus, name):
    with pytest.raises(UsageError, match="cannot name attributes"):
        attributes(scanner, ["v0/one/documents"], name=name)


def test_spans_in_other_fields_would_be_wrong(scanner, corpus):
    with pytest.raises(UsageError, match="field `text`"):
        attributes(scanner, ["v0/one/documents"], text_field=None)
