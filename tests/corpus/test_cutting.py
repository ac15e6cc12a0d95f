"""Stretches: read apart from each other they give what the file gives."""

from __future__ import annotations

import io
import json
from itertools import pairwise

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from leakcheck.corpus import CorpusFile, PassageBatch, Skipped, read_file, stretches_of
from leakcheck.corpus.records import Part

TEXTS = [f"note {number}: " + "the kites are up again, " * (number % 7) for number in range(90)]
JSON_LINES = "".join(json.dumps({"text": text}) + "\n" for text in TEXTS).encode()


def parquet(texts: list[str], **options: object) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table({"text": texts}), sink, row_group_size=7, **options)
    return sink.getvalue()


def read_apart(file: CorpusFile, most_bytes: int):
    """Read all stretches, their rows counted on."""
    passages, skipped, first_row = [], [], 0
    for stretch in stretches_of(file, most_bytes):
        rows = 0
        for read in read_file(file, stretch=stretch, batch_bytes=200):
            if isinstance(read, Skipped):
                skipped.append(read)
                continue
            assert isinstance(read, PassageBatch)
            passages += zip((read.rows + first_row).tolist(), read.texts.to_pylist(), strict=True)
            rows = read.end_row
        first_row += rows
    return passages, skipped


@pytest.mark.parametrize("name", ["a.json", "a.csv", "a.txt", "a.jsonl.zst", "a.parquet.gz"])
def test_a_file_that_must_be_read_from_its_start_is_not_cut(name):
    assert len(stretches_of(CorpusFile(None, name, 1000), 100)) == 1


def test_a_file_of_which_some_records_are_wanted_is_not_cut():
    file = CorpusFile(None, "a.jsonl", 1000, part=Part(frozenset({3}), 10))
    assert len(stretches_of(file, 100)) == 1


@pytest.mark.parametrize("size_bytes", [0, 1, 99, 100, 101, 250])
def test_stretches_cover_a_file_without_a_gap(size_bytes):
    stretches = stretches_of(CorpusFile(None, "a.jsonl", size_bytes), 100)
    assert stretches[0].start_byte == 0
    assert stretches[-1].end_byte == size_bytes
    assert all(a.end_byte == b.start_byte for a, b in pairwise(stretches))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a.jsonl", JSON_LINES, id="jsonl"),
        pytest.param("a.ndjson", b"\xef\xbb\xbf" + JSON_LINES.rstrip(), id="no-line-feed-at-end"),
        pytest.param("a.parquet", parquet(TEXTS), id="parquet"),
        pytest.param("a.parquet", parquet(TEXTS, use_dictionary=False), id="no-dictionary"),
    ],
)
@pytest.mark.parametrize("most_bytes", [64, 500, 2000])
def test_stretches_give_all_records_once(put, name, data, most_bytes):
    file = put(name, data)
    assert len(stretches_of(file, most_bytes)) > 1
    passages, skipped = read_apart(file, most_bytes)
    assert passages == list(enumerate(TEXTS))
    assert skipped == []


def test_lost_records_are_counted_so_that_rows_stay_right(put):
    lines = JSON_LINES.splitlines(keepends=True)
    lines[4] = b"{broken\n"
    passages, [skipped] = read_apart(put("a.jsonl", b"".join(lines)), 700)
    assert skipped.row == 4
    assert passages == [pair for pair in enumerate(TEXTS) if pair[0] != 4]


def test_rows_of_a_damaged_row_group_are_counted(put):
    data = bytearray(parquet(TEXTS, use_dictionary=False))
    metadata = pq.ParquetFile(io.BytesIO(data)).metadata
    start = metadata.row_group(2).column(0).data_page_offset
    data[start : start + 30] = b"\xff" * 30
    passages, [skipped] = read_apart(put("a.parquet", bytes(data)), 1000)
    assert "row group 2 is damaged" in skipped.reason
    assert passages == [pair for pair in enumerate(TEXTS) if not 14 <= pair[0] < 21]
