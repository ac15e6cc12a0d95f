"""Workflow commands: few, the worst first, and none that a corpus could write."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from leakcheck.report import Sheet
from leakcheck.report.formats import github
from leakcheck.report.formats.github import Annotation, step_summary
from leakcheck.verdict.records import FileReport, SkippedReport


def lines_of(report):
    return github.render(report, Sheet()).splitlines()


def levels(report):
    return [line.split()[0].strip(":") for line in lines_of(report)[:-1]]


def test_a_clean_report_is_one_line_and_no_annotation(make):
    assert lines_of(make.report([make.benchmark()])) == [
        "leakcheck 1.2.3 read 33,443 documents in 16 files (10.4 MB). riddles CLEAN, 0 of 1,300 "
        "test items. Annotated: 0 of 0 places."
    ]


@pytest.mark.parametrize(
    ("item", "changes", "verdict", "expected"),
    [
        ("test/3", {"kind": "variant"}, "leaked", []),
        ("test/3", {"shared": True}, "leaked", []),
        ("test/3", {"accepted": "baseline"}, "leaked", []),
        ("train/3", {}, "leaked", ["notice"]),
        ("test/3", {}, "clean", ["warning"]),
        ("test/3", {}, "inconclusive", ["warning"]),
        ("test/3", {}, "leaked", ["error"]),
    ],
)
def test_only_a_leak_is_an_error(make, item, changes, verdict, expected):
    report = make.report([make.benchmark(verdict=verdict)], [make.finding(item, **changes)])
    assert levels(report) == expected


def test_what_was_not_read_is_a_warning(make):
    report = make.report(skipped=[SkippedReport("a.jsonl", 3, "not JSON")])
    assert lines_of(report)[0] == "::warning title=Not read,file=a.jsonl::row 3: not JSON"


def test_a_file_whose_lines_are_not_known_is_annotated_once(make):
    findings = [make.finding(f"test/{n}", path="a.parquet", row=n) for n in range(12)]
    report = make.report([make.benchmark(verdict="leaked")], findings)
    assert lines_of(report)[0] == (
        "::error title=Test leakage,file=a.parquet::riddles test/0, verbatim, question and "
        "answer: score 1.00, p-value 0.001, row 0; and 11 more findings in this file"
    )
    assert len(levels(report)) == 1


def test_a_line_is_annotated_once(make, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"{}\n{}\n")
    findings = [make.finding(f"test/{n}", path=str(path), row=n // 2) for n in range(3)]
    report = make.report([make.benchmark(verdict="leaked")], findings)
    shown = lines_of(replace(report, files=(FileReport(str(path), 6, 2, None),)))
    assert [re.search(r"line=(\d+)", line)[1] for line in shown[:-1]] == ["1", "2"]
    assert shown[0].endswith("; and 1 more finding on this line")


def test_there_are_ten_of_a_level_at_most_and_the_rest_is_counted(make):
    findings = [
        make.finding(item, path=f"{n:02}.jsonl", kind=kind)
        for n in range(15)
        for item, kind in (("test/1", "near" if n < 8 else "verbatim"), ("train/1", "verbatim"))
    ]
    skipped = [SkippedReport(f"{n}.jsonl", None, "gone") for n in range(15)]
    report = make.report([make.benchmark(verdict="leaked")], findings, skipped)
    assert Counter(levels(report)) == {"error": 10, "warning": 10, "notice": 10}
    assert lines_of(report)[-1].endswith("Annotated: 30 of 45 places.")
    assert "08.jsonl" in lines_of(report)[0]


@pytest.mark.parametrize(
    ("text", "in_property", "in_message"),
    [
        ("a,b", "a%2Cb", "a,b"),
        ("a::b", "a%3A%3Ab", "a::b"),
        ("50 %", "50 %25", "50 %25"),
        (
            "a\r\n::stop-commands::x",
            "a%0D%0A%3A%3Astop-commands%3A%3Ax",
            "a%0D%0A::stop-commands::x",
        ),
    ],
)
def test_no_text_ends_a_command(text, in_property, in_message):
    told = Annotation("error", "t", text, text).told()
    assert told == f"::error title=t,file={in_property}::{in_message}"


def test_the_last_line_obeys_no_name(make):
    report = make.report([make.benchmark(name="a\n::set-env name=x::y")])
    (line,) = lines_of(report)
    assert "a%0A::set-env" in line


def test_the_message_holds_no_text_of_the_item(leaked):
    assert "lantern" not in github.render(leaked, Sheet())


def test_the_summary_of_a_step_is_the_markdown(five_benchmarks):
    assert step_summary(five_benchmarks).startswith("Found 12 leaked test items of 1 of 5")


def test_the_summary_of_a_step_ends_with_a_whole_line_where_room_is_short(five_benchmarks):
    whole = step_summary(five_benchmarks)
    short = step_summary(five_benchmarks, room_bytes=500)
    assert whole.startswith(short)
    assert short.endswith("\n")
    assert len(short.encode()) <= 500


def test_five_benchmarks_render_as_in_the_golden_file(five_benchmarks, matches_golden):
    matches_golden(github.render(five_benchmarks, Sheet()), "five_benchmarks.github.txt")
