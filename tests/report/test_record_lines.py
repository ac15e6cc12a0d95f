"""The line of a finding: the right one, or none."""

from __future__ import annotations

import gzip

import msgspec
import pytest

from leakcheck.detection.finding import Finding
from leakcheck.report.record_lines import line_of, lines_of, lines_of_records
from leakcheck.verdict.records import FileReport


@pytest.fixture
def line(make, tmp_path):
    """Return the line of a finding in a file with this content."""

    def find(name: str, content: bytes, row: int = 0, start: int = 0, **changes) -> int | None:
        path = tmp_path / name
        path.write_bytes(content)
        size = changes.pop("scanned_bytes", len(content))
        raw = make.finding(path=str(path), row=row, start=start, **changes)
        finding = msgspec.convert(raw, Finding)
        return line_of(finding, lines_of([finding], [FileReport(str(path), size, 1, None)]))

    return find


@pytest.mark.parametrize("name", ["a.json", "a.csv", "a.tsv", "a.parquet"])
def test_where_records_are_no_lines_there_is_none(line, name):
    assert line(name, b'[{"text": "one"}]') is None


def test_a_compressed_file_has_no_lines(line):
    assert line("a.jsonl.gz", gzip.compress(b"{}\n{}\n"), row=1) is None


def test_a_file_of_another_size_than_was_scanned_has_none(line):
    assert line("a.jsonl", b"{}\n{}\n", row=1, scanned_bytes=3) is None


def test_a_file_that_is_gone_has_none(make):
    finding = msgspec.convert(make.finding(path="gone.jsonl"), Finding)
    assert lines_of([finding], [FileReport("gone.jsonl", 6, 1, None)]) == {}


def test_a_file_the_report_does_not_list_has_none(make, tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"{}\n")
    finding = msgspec.convert(make.finding(path=str(tmp_path / "a.jsonl"), row=0), Finding)
    assert lines_of([finding], []) == {}


def test_a_row_beyond_the_end_has_none(line):
    assert line("a.jsonl", b"{}\n{}\n", row=2) is None


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"{}\n{}\n{}\n", 2),
        (b"\n \n{}\n\n{}\n", 5),
        (b"{oops\n{}", 2),
        (b"\xef\xbb\xbf{}\r\n\r\n{}\r\n", 3),
        ("\ufeff{}\n\n{}\n".encode("utf-16-le"), 3),
        ('"one\u2028two"\n{}\n'.encode(), 2),
    ],
    ids=["plain", "blank lines", "broken line", "BOM and CRLF", "UTF-16", "U+2028"],
)
def test_blank_lines_are_no_records_and_broken_ones_are(line, content, expected):
    assert line("a.NDJSON", content, row=1) == expected


def test_a_passage_of_a_text_stands_on_the_line_of_its_first_character(line):
    assert line("a.md", "\ufeffün\n\ntwo\n".encode(), start=4) == 3


def test_from_fingerprints_the_place_in_a_text_is_not_known(line):
    assert line("a.txt", b"one\ntwo\n", start=4, basis="fingerprints") is None


def test_reads_no_further_than_the_last_record_asked_for():
    def lines():
        yield from (b"{}", b"{}")
        raise AssertionError("read too far")

    assert lines_of_records(lines(), {0}) == {0: 1}
