"""Reading any file: every format under every compression gives the same passages."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import sys

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.corpus import CorpusFile, read_file
from leakcheck.corpus.formats import READERS
from leakcheck.errors import InputError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

COMPRESS = {
    "": bytes,
    ".gz": gzip.compress,
    ".zst": zstd.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
}


def as_jsonl(records):
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


def as_json(records):
    return json.dumps(records, indent=1).encode()


def as_csv(records):
    sheet = io.StringIO(newline="")
    writer = csv.DictWriter(sheet, ["question", "answer"])
    writer.writeheader()
    writer.writerows(records)
    return sheet.getvalue().encode()


def as_tsv(records):
    escapes = str.maketrans({"\\": r"\\", "\n": r"\n", "\t": r"\t"})
    lines = ["\t".join(value.translate(escapes) for value in each.values()) for each in records]
    return "\n".join(["question\tanswer", *lines]).encode()


def as_table(records):
    names = {"question": pa.string(), "answer": pa.string()}
    return pa.Table.from_pylist(records, pa.schema(names))


def as_parquet(records):
    sink = io.BytesIO()
    pq.write_table(as_table(records), sink)
    return sink.getvalue()


def as_arrow(records):
    sink = io.BytesIO()
    pyarrow.feather.write_feather(as_table(records), sink)
    return sink.getvalue()


WRITE = {
    ".jsonl": as_jsonl,
    ".json": as_json,
    ".csv": as_csv,
    ".tsv": as_tsv,
    ".parquet": as_parquet,
    ".arrow": as_arrow,
}


def test_refuses_a_format_it_does_not_know(put):
    with pytest.raises(InputError, match=r"a\.doc: not a format"):
        list(read_file(put("a.doc", b"text")))


def test_a_file_that_has_gone_is_skipped(tmp_path):
    [skipped] = read_file(CorpusFile(tmp_path / "gone.txt", "gone.txt", 7))
    assert "No such file" in skipped.reason
    assert skipped.unread_bytes == 7


@pytest.mark.parametrize("suffix", [suffix for suffix in COMPRESS if suffix])
def test_damage_keeps_what_was_read_and_tells_of_the_rest(read, suffix):
    lines = as_jsonl([{"question": f"number {number}"} for number in range(1000)])
    data = COMPRESS[suffix](lines[:5000]) + b"\x01not compressed at all"
    reading = read("a.jsonl" + suffix, data)
    assert len(reading.passages) > 100
    last = reading.skipped[-1]
    assert last.row is None
    assert last.reason.startswith("could not be read to its end: ")
    assert last.unread_bytes > 0


@pytest.mark.parametrize("suffix", READERS)
def test_an_empty_file_yields_nothing_wrong(read, suffix):
    reading = read("a" + suffix, b"")
    assert reading.documents == 0
    assert len(reading.skipped) == (suffix in {".parquet", ".arrow", ".feather"})


@pytest.mark.parametrize("suffix", [".txt", ".md", ".markdown", ".TXT.gz"])
@pytest.mark.parametrize("text_field", [None, "text"])
def test_a_text_is_one_document(read, suffix, text_field):
    data = "One.\r\n\nTwo.\x85 Three.".encode()
    data = gzip.compress(data) if suffix.endswith(".gz") else data
    reading = read("a" + suffix, data, text_field=text_field, batch_bytes=5)
    assert reading.passages == [(0, "", "One.\r\n\nTwo.\x85 Three.")]
    assert (reading.documents, reading.bytes_read) == (1, len(data))


def test_a_text_in_an_older_encoding_is_read_and_told_of(read):
    reading = read("a.txt", b"caf\xe9 cr\xe8me")
    assert reading.texts == ["caf\ufffd cr\ufffdme"]
    assert [(s.row, s.unread_bytes) for s in reading.skipped] == [(0, 0)]


texts = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=30)
records = st.lists(
    # A line of nothing but blanks is no row of csv or tsv.
    st.builds(
        lambda question, answer: {"question": question, "answer": answer}, texts, texts
    ).filter(lambda record: (record["question"] + record["answer"]).strip() != ""),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize("compression", COMPRESS)
@pytest.mark.parametrize("suffix", WRITE)
@settings(max_examples=8, deadline=None)
@given(records, st.sampled_from([64, 4096]))
def test_every_format_gives_back_the_passages(read, suffix, compression, rows, batch_bytes):
    data = COMPRESS[compression](WRITE[suffix](rows))
    reading = read(f"a{suffix}{compression}", data, batch_bytes=batch_bytes)
    assert reading.passages == [
        (row, source, text)
        for row, record in enumerate(rows)
        for source, text in record.items()
        if text and not text.isspace()
    ]
    assert reading.skipped == []
    assert reading.documents == len(rows)
    assert reading.bytes_read == len(data)
