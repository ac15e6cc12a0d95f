"""A report in a file, in the format of its suffix."""

from __future__ import annotations

import json

import pyarrow.parquet as pq
import pytest

from leakcheck.errors import UsageError
from leakcheck.report.writing import write_report


def test_a_suffix_of_no_format_is_an_error_that_names_those_there_are(leaked, tmp_path):
    with pytest.raises(UsageError, match=r"report\.docx: no format .*\.html.*\.sarif"):
        write_report(leaked, tmp_path / "report.docx")


def test_what_cannot_be_written_leaves_the_old_file(leaked, tmp_path):
    (tmp_path / "file").write_text("old")
    with pytest.raises(UsageError, match="cannot be written"):
        write_report(leaked, tmp_path / "file" / "report.json")
    assert (tmp_path / "file").read_text() == "old"


def test_text_and_bytes_are_written_by_suffix(leaked, tmp_path):
    write_report(leaked, tmp_path / "report.json")
    write_report(leaked, str(tmp_path / "findings.parquet"))
    assert json.loads((tmp_path / "report.json").read_text())["tool"]["version"] == "1.2.3"
    assert len(pq.read_table(tmp_path / "findings.parquet")) == len(leaked.findings)
