"""From added lines to rows: held against marks that stand in every line of a record."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.corpus.added_rows import added_part
from leakcheck.corpus.git import LineRange
from leakcheck.corpus.raw import raw_pieces

MARK = re.compile(rb"r(\d+)x")


def ranges_of(lines: set[int]) -> list[LineRange]:
    """Put line numbers together as a diff does."""
    runs = groupby(enumerate(sorted(lines)), key=lambda pair: pair[1] - pair[0])
    numbers = [[line for _, line in run] for _, run in runs]
    return [LineRange(run[0], run[-1]) for run in numbers]


def json_lines(records: list[list[int]]) -> bytes:
    """Write records, each with so many blank lines behind it as its first number says."""
    rows = (json.dumps({"text": f"r{n}x"}) + "\n" * (1 + each[0]) for n, each in enumerate(records))
    return "".join(rows).encode()


def comma_values(records: list[list[int]], header: bool) -> bytes:
    """Write records of several lines each, in quotes; lone carriage returns end lines for csv."""
    page = io.StringIO(newline="")
    rows = csv.writer(page, lineterminator="\n")
    if header:
        rows.writerow(["text", "note"])
    for n, (blank, lines) in enumerate(records):
        rows.writerow([" and\n".join([f"r{n}x"] * (1 + lines)), "a note" + "\r" * (blank % 2)])
        page.write("\n" * blank)
    return page.getvalue().encode()


def tab_values(records: list[list[int]], header: bool) -> bytes:
    rows = (f"r{n}x\ta note" + "\r\n" * (1 + each[0]) for n, each in enumerate(records))
    return ("text\tnote\n" * header + "".join(rows)).encode()


RECORDS = st.lists(st.lists(st.integers(0, 2), min_size=2, max_size=2), min_size=1, max_size=8)


@st.composite
def files(draw):
    """Draw the name of a file, its content, and which of its lines were added."""
    records, header = draw(RECORDS), draw(st.booleans())
    name, data = draw(
        st.sampled_from(
            [
                ("a.jsonl", json_lines(records)),
                ("a.csv", comma_values(records, header)),
                ("a.tsv", tab_values(records, header)),
            ]
        )
    )
    data = draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + data
    count = data.count(b"\n")
    return name, data, draw(st.sets(st.integers(1, count)))


@given(file=files())
def test_rows_are_those_whose_marks_stand_in_added_lines(put, read, file):
    name, data, added = file
    lines = data.split(b"\n")
    marked = {int(mark) for number in added for mark in MARK.findall(lines[number - 1])}
    path = put(name, data).path
    part = added_part(raw_pieces(path), ranges_of(added))
    read_rows = {row for row, _, text in read(name, data).passages if MARK.match(text.encode())}
    assert part.rows & read_rows == marked


@given(file=files())
def test_readers_read_these_rows_and_no_others(put, read, file):
    from leakcheck.corpus import read_file

    name, data, added = file
    file = put(name, data)
    part = added_part(raw_pieces(file.path), ranges_of(added))
    whole = read(name, data)
    batches = list(read_file(replace(file, part=part)))
    rows = {row for batch in batches for row in batch.rows.tolist()}
    texts = [text for batch in batches for text in batch.texts.to_pylist()]
    assert rows == part.rows
    assert sum(batch.documents for batch in batches) == len(part.rows)
    assert texts == [text for row, _, text in whole.passages if row in part.rows]
    assert part.size_bytes <= len(data)


@pytest.mark.parametrize(
    ("name", "data", "added", "rows", "size_bytes"),
    [
        pytest.param("a.jsonl", b'"a"\n\n"b"\n', {2}, set(), 0, id="a blank line"),
        pytest.param("a.csv", b"text,n\nx,1\n", {1}, set(), 0, id="a header"),
        pytest.param("a.jsonl", b'"a"\n"b"', {2}, {1}, 3, id="no line feed at the end"),
        pytest.param("a.jsonl", b'"a"\n{"b\n"c"\n', {2, 3}, {1, 2}, 8, id="a broken line is a row"),
        pytest.param("a.csv", b'text\n"a\n\nb"\nc\n', {3}, {0}, 7, id="inside of a quoted cell"),
        pytest.param("a.csv", b'text\na\n"b\n\n', {4}, {1}, 4, id="a quote that never ends"),
        pytest.param("a.jsonl", b'"a"\n"b" "c"\n', {2}, {1, 2}, 7, id="two records on a line"),
    ],
)
def test_what_is_a_row(put, name, data, added, rows, size_bytes):
    part = added_part(raw_pieces(put(name, data).path), ranges_of(added))
    assert (part.rows, part.size_bytes) == (rows, size_bytes)
