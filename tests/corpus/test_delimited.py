"""Header or not: the rule, and csv and tsv under it."""

from __future__ import annotations

import csv
import io

import pytest

from leakcheck.corpus.formats.delimited import header_of
from leakcheck.corpus.formats.tsv import unescape

LONG = "a cell that is much too long to be the name of a column"


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([], id="no-rows"),
        pytest.param([[""]], id="empty-cell"),
        pytest.param([["question", ""]], id="empty-name"),
        pytest.param([["text", "text"]], id="repeated-name"),
        pytest.param([["question", "12"]], id="number"),
        pytest.param([["text", LONG]], id="too-long"),
        pytest.param(
            [["Which one floats?", "cork", "lead", "A"], [LONG, "a", "b", "B"]], id="quiz"
        ),
        pytest.param([["cork", "lead"]], id="names-unknown-and-nothing-below"),
        pytest.param([["cork", "lead"], ["ash", "oak"]], id="names-unknown-and-all-short"),
    ],
)
def test_a_first_row_that_is_no_header(rows):
    assert header_of(rows) == []


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        pytest.param([["id", "Question", "A"]], ["id", "Question", "A"], id="known-name"),
        pytest.param([["", "Question"]], ["column[0]", "Question"], id="index-without-name"),
        pytest.param([["utterance"], [LONG]], ["utterance"], id="identifier-above-text"),
        pytest.param([["speaker turn", "t2"], ["x", LONG]], ["speaker turn", "t2"], id="words"),
    ],
)
def test_a_first_row_that_is_a_header(rows, names):
    assert header_of(rows) == names


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param(r"one\ntwo", "one\ntwo", id="line-feed"),
        pytest.param(r"one\ttwo", "one\ttwo", id="tab"),
        pytest.param(r"a\\nb", r"a\nb", id="backslash"),
        pytest.param(r"\nTo be", "\nTo be", id="line-feed-before-a-word"),
        pytest.param(r"2 \times 3 \neq 7", r"2 \times 3 \neq 7", id="latex"),
        pytest.param(r"\frac{1}{2}", r"\frac{1}{2}", id="other-backslash"),
    ],
)
def test_unescapes_a_cell_of_tsv(cell, text):
    assert unescape(cell) == text


def test_csv_reads_rows_of_any_width(read):
    reading = read("a.csv", b"text,note\r\none\r\n\r\ntwo,2b,2c,2d\r\n")
    assert reading.passages == [
        (0, "text", "one"),
        (1, "text", "two"),
        (1, "note", "2b"),
        (1, "column[2]", "2c"),
        (1, "column[3]", "2d"),
    ]


def test_csv_without_a_header_counts_its_columns(read):
    reading = read("a.csv", b"Which one floats?,cork,lead,A\n")
    assert reading.passages[:2] == [
        (0, "column[0]", "Which one floats?"),
        (0, "column[1]", "cork"),
    ]


@pytest.mark.parametrize("batch_bytes", [10, 100_000])
def test_csv_keeps_what_is_quoted(read, batch_bytes):
    text = 'She said "go",\nand\r\nwent\u2028on.'
    sheet = io.StringIO(newline="")
    csv.writer(sheet).writerows([["id", "text"], ["1", text], ["2", "x" * 200_000]])
    reading = read("a.csv", sheet.getvalue().encode(), batch_bytes=batch_bytes)
    assert reading.passages == [(0, "text", text), (1, "text", "x" * 200_000)]


def test_csv_reads_lines_that_end_in_a_carriage_return(read):
    assert read("a.csv", b"text\rone\rtwo\r").texts == ["one", "two"]


def test_csv_tells_of_invalid_utf8(read):
    reading = read("a.csv", b"text\ncaf\xe9\n")
    assert reading.texts == ["caf\ufffd"]
    assert [(s.row, s.unread_bytes) for s in reading.skipped] == [(0, 0)]


def test_tsv_quotes_nothing(read):
    reading = read("a.tsv", b'question\tanswer\r\n"Why\\nnot?\tso"\r\n')
    assert reading.passages == [(0, "question", '"Why\nnot?'), (0, "answer", 'so"')]


def test_a_text_field_can_name_a_column_without_header(read):
    reading = read("a.tab", b"a b c d\te f\ng\th\n", text_field="column[1]")
    assert reading.texts == ["e f", "h"]


@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
@pytest.mark.parametrize("data", [b"", b"\n\n"])
def test_no_rows_are_no_error(read, name, data):
    reading = read(name, data)
    assert (reading.documents, reading.skipped, reading.bytes_read) == (0, [], len(data))
