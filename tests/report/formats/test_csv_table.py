"""CSV: what a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.detection.finding import Finding
from leakcheck.report import Sheet
from leakcheck.report.formats import csv_table
from leakcheck.report.formats.csv_table import cell


def rows(text):
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_without_findings_there_is_the_header(make):
    assert rows(csv_table.render(make.report(), Sheet())) == [list(Finding.__struct_fields__)]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_begins_as_a_formula(text):
    assert cell(text) == f"'{text}"


def test_a_list_that_begins_as_a_formula_is_guarded_too():
    assert cell(["=1+1", "b"]) == "'=1+1; b"


@pytest.mark.parametrize("number", [-1.5, 0, 1e-12])
def test_numbers_stay_numbers(number):
    assert cell(number) == number


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_excerpt_comes_back(make, excerpt):
    text = csv_table.render(make.report(findings=[make.finding(excerpt=excerpt)]), Sheet())
    read = dict(zip(*rows(text), strict=True))["excerpt"]
    assert read == cell(excerpt)
    assert read.endswith(excerpt)


def test_renders_as_in_the_golden_file(make, matches_golden):
    findings = [
        make.finding(excerpt='She said "seven", twice:\nseven, seven'),
        make.finding("train/0", path="=cmd|'/c calc'!A0.jsonl", accepted="allow: our own"),
    ]
    text = csv_table.render(make.report(findings=findings), Sheet())
    assert text.count("\r\n") == 3
    matches_golden(text.replace("\r\n", "\n"), "findings.csv")
