"""A .json file: an array, one record, or JSON lines."""

from __future__ import annotations

import json

import pytest


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"<html>\n</html>", "begins '<html>", id="html"),
        pytest.param(b'{\n "text": "no end', "Unterminated", id="object-cut-short"),
        pytest.param(b"42", "not a record: 42", id="number"),
    ],
)
def test_skips_what_holds_no_record(read, data, reason):
    reading = read("a.json", data)
    assert reading.texts == []
    [skipped] = reading.skipped
    assert reason in skipped.reason
    assert skipped.unread_bytes > 0


@pytest.mark.parametrize("data", [b"", b" \n", b"[]", b"[\n]\n", b"{}"])
def test_nothing_is_no_error(read, data):
    reading = read("a.json", data)
    assert (reading.texts, reading.skipped, reading.bytes_read) == ([], [], len(data))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param('[{"a": "x"}, {"a": "y"}]', [(0, "a", "x"), (1, "a", "y")], id="array"),
        pytest.param('[\n "x",\n "y"\n]', [(0, "", "x"), (1, "", "y")], id="array-of-strings"),
        pytest.param('[["x"]]', [(0, "[0]", "x")], id="array-of-arrays"),
        pytest.param('{"a": ["x", "y"]}', [(0, "a[0]", "x"), (0, "a[1]", "y")], id="object"),
        pytest.param('{\n"a": {\n"b": "x"}}', [(0, "a.b", "x")], id="object-over-lines"),
        pytest.param('{"a": "x"}\n{"a": "y"}', [(0, "a", "x"), (1, "a", "y")], id="lines"),
        pytest.param('["x"]\n["y"]', [(0, "[0]", "x"), (1, "[0]", "y")], id="lines-of-arrays"),
        pytest.param('{"a": }\n{"a": "y"}', [(1, "a", "y")], id="lines-the-first-broken"),
        pytest.param('{\n"a": "x"}\n{\n"a": "y"}', [(0, "a", "x"), (1, "a", "y")], id="objects"),
        pytest.param('"x"', [(0, "", "x")], id="string"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_tells_by_the_beginning_what_is_there(read, data, expected, encoding):
    assert read("a.json", data.encode(encoding)).passages == expected


def test_invalid_utf8_in_an_array_is_told(read):
    reading = read("a.json", b'[{"a": "caf\xe9"}, {"a": "y"}]')
    assert reading.texts == ["caf\ufffd", "y"]
    assert [(s.row, s.unread_bytes) for s in reading.skipped] == [(0, 0)]


def test_an_array_is_read_in_parts(read):
    records = [{"text": f"passage {n}"} for n in range(500)]
    reading = read("a.json", json.dumps(records).encode(), batch_bytes=2000)
    assert reading.texts == [record["text"] for record in records]
    assert max(batch.documents for batch in reading.batches) < 120
