"""The publisher's formats: what is broken is a ValueError, and what each makes of its rows."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from leakcheck.benchmark.formats import FORMATS

NESTED = b'{"data": [{"title": "T", "parts": [{"text": "P", "asked": [{"q": 1}, {"q": 2}]}]}]}'


def rows_of(suffix: str, data: bytes, rows: str = ""):
    return [
        (dict(row.record) if hasattr(row.record, "keys") else row.record, row.subset)
        for row in FORMATS[suffix](io.BytesIO(data), rows)
    ]


@pytest.mark.parametrize(
    ("suffix", "data", "rows"),
    [
        pytest.param(".csv", b"\xff", "", id="csv that is not UTF-8"),
        pytest.param(".json", b'{"a": ', "a[]", id="half a document"),
        pytest.param(".json", b'{"a": 1}\n{', "", id="half a line"),
        pytest.param(".json", b'{"a": 1}', "b[]", id="no such name on the path"),
        pytest.param(".json", b'{"a": 1}', "a[]", id="one value where many should be"),
        pytest.param(".json", b'{"a": 1}', "a.b", id="a path into a number"),
        pytest.param(".jsonl", b"{}\n{", "", id="half a last line"),
        pytest.param(".parquet", b"PAR1", "", id="no parquet"),
        pytest.param(".tsv", b"\xff", "", id="tsv that is not UTF-8"),
        pytest.param(".txt", b"\xff", "", id="text that is not UTF-8"),
        pytest.param(".xml", b"<a>", "", id="an element that does not end"),
    ],
)
def test_what_cannot_be_parsed_is_a_value_error(suffix, data, rows):
    with pytest.raises(ValueError):
        rows_of(suffix, data, rows)


@pytest.mark.parametrize(
    ("suffix", "data", "rows", "expected"),
    [
        pytest.param(".csv", b"", "", [], id="an empty file"),
        pytest.param(".csv", b'q,a\n"x\ny",1\n\n', "", [{"q": "x\ny", "a": "1"}], id="names"),
        pytest.param(".csv", b"q,a\n", "no header", [["q", "a"]], id="columns"),
        pytest.param(".tsv", b'say "no\t3\r\n\n', "", [['say "no', "3"]], id="no quoting"),
        pytest.param(".jsonl", b'{"q": 1}\n\n[2]', "", [{"q": 1}, [2]], id="lines"),
        pytest.param(".json", b'[{"q": 1}, {"q": 2}]', "", [{"q": 1}, {"q": 2}], id="an array"),
        pytest.param(".json", b'{"q": 1}\n{"q": 2}\n', "", [{"q": 1}, {"q": 2}], id="lines in it"),
        pytest.param(".json", b'{"q": 1}', "", [{"q": 1}], id="one item"),
        pytest.param(".txt", b"all of it", "", [["all of it"]], id="a whole text"),
        pytest.param(
            ".txt", b"Q: x\nA: y\n\nQ: z\nA: w", r"Q: (?P<q>.*)\nA: (?P<a>.*)",
            [{"q": "x", "a": "y"}, {"q": "z", "a": "w"}], id="worked examples",
        ),
        pytest.param(
            ".xml", b"<s><g><p n='1'><q>x <b>y</b></q></p></g></s>", ".//p",
            [{"n": "1", "q": "x y"}], id="elements",
        ),
    ],
)  # fmt: skip
def test_rows_of_a_format(suffix, data, rows, expected):
    assert rows_of(suffix, data, rows) == [(record, "") for record in expected]


def test_an_item_inside_a_document_knows_what_holds_it():
    found = rows_of(".json", NESTED, "data[].parts[].asked[]")
    assert [(record["q"], record["text"], record["title"]) for record, _ in found] == [
        (1, "P", "T"),
        (2, "P", "T"),
    ]


def test_subsets_may_be_names_inside_a_document():
    data = b'{"all": {"en": {"1": {"q": "x"}, "2": {"q": "y"}}, "de": {"1": {"q": "z"}}}}'
    found = rows_of(".json", data, "all.{subset}[]")
    assert [(record["q"], subset) for record, subset in found] == [
        ("x", "en"),
        ("y", "en"),
        ("z", "de"),
    ]


def test_rows_of_parquet():
    file = io.BytesIO()
    pq.write_table(pa.table({"q": ["x", "y"], "choices": [["a"], ["b", "c"]]}), file)
    assert rows_of(".parquet", file.getvalue()) == [
        ({"q": "x", "choices": ["a"]}, ""),
        ({"q": "y", "choices": ["b", "c"]}, ""),
    ]
