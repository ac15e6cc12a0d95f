"""The table of formats: each file gets the one it means, and naming them costs nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from leakcheck.report import FORMATS, Sheet, format_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("report.docx", None),
        ("report.md", "markdown"),
        ("README.card.md", "card"),
        ("out/findings.CSV", "csv"),
        ("rows.conda.csv", "conda"),
        ("report.json", "json"),
        ("mine.croissant.json", "croissant"),
        ("annotations.github.txt", "github"),
        ("table.txt", "table"),
        ("junit.xml", "junit"),
    ],
)
def test_the_longest_suffix_decides(name, expected):
    assert format_of(name) == expected


def test_no_suffix_means_two_formats():
    suffixes = [suffix for form in FORMATS.values() for suffix in form.suffixes]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_renders_every_report(name, five_benchmarks, make):
    for report in (five_benchmarks, make.report()):
        assert isinstance(FORMATS[name].render(report, Sheet()), str | bytes)


def test_importing_the_formats_loads_nothing_slow():
    code = "import sys, leakcheck.report; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    slow = {"pyarrow", "numpy", "duckdb", "rich", "numba", "xml.etree.ElementTree"}
    assert slow & set(done.stdout.split()) == set()
