"""JSON lines: what a broken line costs, and what a row number means."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(b'{"text": "no end', "not JSON: Unterminated string", id="cut-short"),
        pytest.param(b'{"text": "a \\d b"}', r"not JSON: Invalid \\escape", id="bad-escape"),
        pytest.param(b"<p>hello</p>", "the line begins '<p>hello</p>'", id="html"),
        pytest.param(b"17", "not a record: 17", id="number"),
        pytest.param(b"null", "not a record: null", id="null"),
        pytest.param(b"[" * 100_000, "nested too deeply", id="deep"),
    ],
)
def test_skips_a_broken_line_and_reads_on(read, line, reason):
    reading = read("a.jsonl", b'{"text": "first"}\n' + line + b'\n{"text": "third"}\n')
    assert reading.passages == [(0, "text", "first"), (2, "text", "third")]
    [skipped] = reading.skipped
    assert reason.replace(r"\\", "\\") in skipped.reason
    assert (skipped.name, skipped.row, skipped.unread_bytes) == ("a.jsonl", 1, len(line))
    assert reading.documents == 2


@pytest.mark.parametrize(
    ("line", "text"),
    [
        pytest.param(b'{"t": "a\tb"}', "a\tb", id="raw-tab"),
        pytest.param(b'{"t": "x", "n": NaN}', "x", id="nan"),
        pytest.param(b'{"t": "x", "n": 1e999}', "x", id="number-out-of-range"),
        pytest.param(b'{"t": "\\ud83d!"}', "\ufffd!", id="half-a-pair"),
        pytest.param(b'{"t": "\\ud83c\\udf27"}', "🌧", id="pair"),
        pytest.param('{"t": "a\u2028b\x85c"}'.encode(), "a\u2028b\x85c", id="other-line-ends"),
    ],
)
def test_reads_what_a_strict_parser_refuses(read, line, text):
    reading = read("a.jsonl", line + b"\n" + line)
    assert reading.texts == [text, text]
    assert reading.skipped == []


def test_tells_of_invalid_utf8_and_reads_the_line(read):
    reading = read("a.jsonl", b'{"text": "fine"}\n{"q": {"a": "caf\xe9 au lait"}}\n')
    assert reading.texts == ["fine", "caf\ufffd au lait"]
    [skipped] = reading.skipped
    assert skipped.reason.startswith("invalid UTF-8 at character 3 of q.a")
    assert (skipped.row, skipped.unread_bytes) == (1, 0)


def test_a_key_that_is_no_utf8_still_names_a_place(read):
    assert read("a.jsonl", b'{"n\xe9": "text"}').passages == [(0, "n\ufffd", "text")]


def test_a_row_is_a_line_that_is_not_blank(read):
    data = b'\xef\xbb\xbf{"a": "x"}\r\n\r\n  \n"y"\n\n["z"]'
    assert read("a.jsonl", data).passages == [(0, "a", "x"), (1, "", "y"), (2, "[0]", "z")]


def test_rows_run_on_over_batches_and_no_document_is_divided(read):
    lines = [json.dumps({"a": f"text {n}", "b": "more " * 20}) for n in range(200)]
    reading = read("a.jsonl", "\n".join(lines).encode(), batch_bytes=1000)
    assert [row for row, _, _ in reading.passages] == [row for row in range(200) for _ in "ab"]
    assert len(reading.batches) > 10
    lasts = [batch.rows[-1] for batch in reading.batches]
    assert len(set(lasts)) == len(lasts)


def test_a_missing_text_field_is_told_with_the_fields_there_are(read):
    reading = read("a.jsonl", b'{"body": "x", "id": "1"}\n{"title": "y"}', text_field="text")
    [skipped] = reading.skipped
    assert skipped.reason == (
        "no record holds text in the field 'text'; its fields: body, id, title"
    )
    assert (skipped.row, skipped.unread_bytes) == (None, 39)
    assert reading.documents == 2


def test_one_record_with_the_text_field_is_enough(read):
    reading = read("a.jsonl", b'{"body": "x"}\n{"text": "y"}', text_field="text")
    assert (reading.texts, reading.skipped) == (["y"], [])


def test_standard_input_is_json_lines(read):
    assert read("-", b'{"text": "piped"}\n').passages == [(0, "text", "piped")]


lines = st.lists(
    st.dictionaries(st.text(min_size=1), st.text(), max_size=3)
    | st.sampled_from([b"", b"{", b"nul", b'{"t": "\xff"}'])
)


@settings(max_examples=60, deadline=None)
@given(lines, st.integers(4, 60))
def test_the_size_of_a_block_changes_nothing(read, rows, batch_bytes):
    encoded = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
    data = b"\n".join(encoded)
    whole, parts = read("a.jsonl", data), read("a.jsonl", data, batch_bytes=batch_bytes)
    assert parts.passages == whole.passages
    assert parts.skipped == whole.skipped
    assert parts.documents == whole.documents
    assert parts.bytes_read == whole.bytes_read == len(data)
