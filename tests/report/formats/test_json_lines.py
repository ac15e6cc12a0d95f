"""JSON lines: one finding a line, under the names of `Finding`."""

from __future__ import annotations

import json

import msgspec

from leakcheck.detection.finding import Finding
from leakcheck.report import Sheet
from leakcheck.report.formats import json_lines


def test_no_finding_is_no_text(make):
    assert json_lines.render(make.report(), Sheet()) == ""


def test_renders_as_in_the_golden_file(make, matches_golden):
    findings = [
        make.finding(),
        make.finding(
            "train/0", kind="rewritten", also=["sums:test/9"], excerpt="\u6c34 \u2192 ice"
        ),
    ]
    matches_golden(json_lines.render(make.report(findings=findings), Sheet()), "findings.jsonl")


def test_a_line_break_in_an_excerpt_does_not_break_the_line(make):
    findings = [make.finding(excerpt="one\ntwo\u2028three")]
    assert json_lines.render(make.report(findings=findings), Sheet()).count("\n") == 1


def test_a_line_reads_back_as_the_finding(leaked):
    lines = json_lines.render(leaked, Sheet()).split("\n")
    findings = [msgspec.convert(json.loads(line), Finding) for line in lines if line]
    assert findings == leaked.iter_findings()


def test_keys_are_the_fields_of_a_finding(leaked):
    first = json.loads(json_lines.render(leaked, Sheet()).partition("\n")[0])
    assert tuple(first) == Finding.__struct_fields__
