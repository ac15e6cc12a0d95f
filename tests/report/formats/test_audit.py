"""The audit record as a format: rendered from a run while its files are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakcheck.errors import InputError
from leakcheck.publishing.records import read_record
from leakcheck.report import FORMATS, Sheet, format_of
from leakcheck.report.formats import audit
from leakcheck.scanning import scan

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("name", "form"), [("x.audit.json", "audit"), ("x.json", "json"), ("audit.json", "json")]
)
def test_the_suffix_tells_a_record_from_a_report(name, form):
    assert format_of(name) == form


def test_the_record_of_the_example_reads_back(monkeypatch):
    monkeypatch.chdir(ROOT)
    report = scan(["examples/corpus"], ["demo", "demo_trivia"])
    text = FORMATS["audit"].render(report, Sheet())
    record = read_record(text.encode(), "x.audit.json")
    assert len(record.files) == report.corpus.files == 16
    assert all(file.sha256 for file in record.files)
    assert record.findings == len(report.findings)


def test_no_record_is_made_where_the_files_are_not(monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    report = scan(["examples/corpus"], "demo")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="no audit record can be made"):
        audit.render(report, Sheet())
