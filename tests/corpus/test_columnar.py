"""Parquet and Arrow: damage, columns without text, and columns that hold it deep inside."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

CHAT = [
    {"id": "a", "messages": [{"role": "user", "content": "Hm?"}], "score": 1},
    {"id": "b", "messages": [], "score": 2},
    {"id": "c", "messages": [{"role": "bot", "content": "Ah."}, {"role": "bot", "content": None}]},
]


def parquet(table, **options):
    sink = io.BytesIO()
    pq.write_table(table, sink, **options)
    return sink.getvalue()


def arrow_file(table, **options):
    return _ipc(pa.ipc.new_file, table, **options)


def arrow_stream(table, **options):
    return _ipc(pa.ipc.new_stream, table, **options)


def _ipc(new, table, **options):
    sink = io.BytesIO()
    with new(sink, table.schema) as writer:
        writer.write_table(table, **options)
    return sink.getvalue()


every_writer = pytest.mark.parametrize(
    ("name", "write"),
    [
        pytest.param("a.parquet", parquet, id="parquet"),
        pytest.param("a.arrow", arrow_file, id="arrow-file"),
        pytest.param("a.arrow", arrow_stream, id="arrow-stream"),
        pytest.param("a.feather", arrow_file, id="feather"),
    ],
)


@every_writer
def test_a_file_cut_short_is_skipped(read, name, write):
    data = write(pa.table({"text": ["some words"] * 1000}))
    for cut in (data[:-700], data[:20], b""):
        reading = read(name, cut)
        [skipped] = reading.skipped
        assert skipped.row is None
        assert skipped.reason.startswith("could not be read to its end: ")
        assert skipped.unread_bytes >= 1


def test_a_damaged_row_group_is_skipped_and_the_others_read(read):
    rows = [f"row {number} of the table" for number in range(30)]
    data = bytearray(parquet(pa.table({"text": rows}), row_group_size=10, use_dictionary=False))
    start = pq.ParquetFile(io.BytesIO(data)).metadata.row_group(1).column(0).data_page_offset
    data[start : start + 40] = b"\xff" * 40
    reading = read("a.parquet", bytes(data))
    assert [row for row, _, _ in reading.passages] == [*range(10), *range(20, 30)]
    [skipped] = reading.skipped
    assert skipped.row == 10
    assert skipped.reason.startswith("row group 1 is damaged: ")
    assert 0 < skipped.unread_bytes < len(data)


@every_writer
def test_names_the_columns_when_none_holds_text(read, name, write):
    reading = read(name, write(pa.table({"tokens": [[1, 2]], "n": [1]})))
    [skipped] = reading.skipped
    assert skipped.reason.startswith("no column that holds text; its columns: tokens (list")
    assert skipped.unread_bytes > 0


@every_writer
def test_names_the_columns_when_the_text_field_is_missing(read, name, write):
    reading = read(name, write(pa.table({"body": ["x"]})), text_field="text")
    assert [s.reason for s in reading.skipped] == [
        "no text column 'text'; its columns: body (string)"
    ]


@every_writer
@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), "str")])
def test_plain_columns_are_read_row_by_row(read, name, write, kind):
    columns = {
        "id": pa.array(["1", "2", "3", "4"]),
        "q": pa.array(["why", None, " \n", "who"]).cast(kind),
        "a": pa.array(["so", "no", "", None]).cast(kind),
        "n": pa.array([1, 2, 3, 4]),
    }
    reading = read(name, write(pa.table(columns)))
    expected = [(0, "q", "why"), (0, "a", "so"), (1, "a", "no"), (3, "q", "who")]
    assert reading.passages == expected
    assert reading.documents == 4
    assert reading.skipped == []


@every_writer
@pytest.mark.parametrize("text_field", [None, "messages[].content", "messages"])
def test_nested_columns_are_walked(read, name, write, text_field):
    reading = read(name, write(pa.Table.from_pylist(CHAT)), text_field=text_field)
    expected = [(0, "messages[0].content", "Hm?"), (2, "messages[0].content", "Ah.")]
    assert reading.passages == expected
    assert reading.documents == 3


@every_writer
def test_a_text_field_takes_one_column_though_it_looks_like_metadata(read, name, write):
    table = pa.table({"url": ["u"], "text": ["t"]})
    assert read(name, write(table), text_field="url").passages == [(0, "url", "u")]


@every_writer
def test_invalid_utf8_is_told_and_read(read, name, write):
    raw = pa.array([b"caf\xe9", b"tea", None], pa.binary())
    text = pa.StringArray.from_buffers(3, *raw.buffers()[1:], raw.buffers()[0])
    reading = read(name, write(pa.table({"text": text})))
    assert reading.passages == [(0, "text", "caf\ufffd"), (1, "text", "tea")]
    assert [(s.row, s.unread_bytes) for s in reading.skipped] == [(0, 0)]


@every_writer
def test_rows_run_over_the_whole_file_in_small_batches(read, name, write):
    table = pa.table({"text": [f"passage number {number}" for number in range(1000)]})
    data = write(table)
    reading = read(name, data, batch_bytes=2000)
    assert [row for row, _, _ in reading.passages] == list(range(1000))
    assert len(reading.batches) > 5
    assert reading.bytes_read == len(data)


@every_writer
def test_a_table_without_rows_is_no_error(read, name, write):
    data = write(pa.table({"text": pa.array([], pa.string())}))
    reading = read(name, data)
    assert (reading.documents, reading.skipped, reading.bytes_read) == (0, [], len(data))
