"""Markdown for GitHub: leaks first, overlap apart, and nothing in it that GitHub obeys."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from leakcheck.report import Sheet
from leakcheck.report.formats import markdown
from leakcheck.verdict.records import CanaryReport, SkippedReport

COMMENT_CHARACTERS = 65_536


def render(report):
    return markdown.render(report, Sheet())


def lead(report):
    return render(report).splitlines()[0]


def many_leaks(make, benchmarks, items):
    splits = {"test": make.split("test", items, matched=items, verbatim=items)}
    names = [f"bench{n}" for n in range(benchmarks)]
    return make.report(
        [make.benchmark(name=name, verdict="leaked", splits=splits) for name in names],
        [
            make.finding(f"test/{n}", bench=name, excerpt="|" * 400, path="deep/" * 20 + "a.jsonl")
            for name in names
            for n in range(items)
        ],
    )


def test_a_clean_report_shows_no_item_and_no_overlap(make):
    text = render(make.report([make.benchmark()]))
    assert "###" not in text.replace("### Coverage", "")
    assert lead(make.report([make.benchmark()])) == (
        "Found no test leakage of 1 benchmark in 33,443 documents (16 files, 10.4 MB)."
    )


def test_the_lead_hides_neither_doubt_nor_what_is_accepted(make):
    accepted = make.benchmark(accepted=2, verdict_with_accepted="leaked")
    report = make.report([accepted, make.benchmark(name="sums", verdict="inconclusive")])
    assert lead(report) == (
        "Found no test leakage of 2 benchmarks, 1 of 2 inconclusive, in 33,443 documents "
        "(16 files, 10.4 MB). 2 findings accepted and not counted."
    )
    assert "| 0 of 1,300 (0 %), 2 findings accepted |" in render(report)
    assert "with them the verdict would be LEAKED" in render(report)


@pytest.mark.parametrize(
    "changes",
    [{"kind": "variant"}, {"shared": True}, {"accepted": "baseline"}],
    ids=["variant", "shared", "accepted"],
)
def test_what_is_not_counted_is_no_leaked_item(make, changes):
    report = make.report([make.benchmark()], [make.finding("test/77", **changes)])
    assert "test/77" not in render(report)


def test_items_matched_by_chance_are_not_called_leaked(make):
    benchmark = make.benchmark(reason="the test items matched are no more than chance gives")
    text = render(make.report([benchmark], [make.finding()]))
    assert "### `riddles`: test items matched, not certain" in text
    assert "leaked" not in text


def test_an_item_is_shown_once_with_the_number_of_its_places(make):
    findings = [make.finding(row=row) for row in range(3)]
    text = render(make.report([make.benchmark(verdict="leaked")], findings))
    rows = [line for line in text.splitlines() if "`test/3`" in line]
    assert len(rows) == 1
    assert " | 3 | `corpus/web.jsonl`, row 0 | " in rows[0]


def test_of_many_items_the_first_are_shown_and_the_rest_counted(make):
    text = render(many_leaks(make, benchmarks=1, items=1200))
    assert len(re.findall(r"^\| `test/", text, re.MULTILINE)) == 20
    assert "and 1,180 more: `--output-format jsonl`" in text


def test_any_report_fits_a_comment(make):
    report = many_leaks(make, benchmarks=28, items=30)
    assert len(render(report)) < COMMENT_CHARACTERS


@pytest.mark.parametrize(
    "hostile",
    ["a|b", "`x`", "@team", "<img src=x>", "line\nbreak", "\x1b[2J", "</p>", "[a](b)"],
)
def test_a_text_of_others_stays_within_its_code(make, hostile):
    report = make.report(
        [make.benchmark(name=hostile, verdict="leaked")],
        [make.finding(bench=hostile, excerpt=hostile, path=hostile, also=[hostile])],
        [SkippedReport(hostile, None, hostile)],
    )
    text = re.sub(r"`[^`\n]*`|<code>[^<\n]*</code>", "", render(report))
    assert hostile not in text
    tables = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in tables} <= {6, 8}


def test_places_not_read_canaries_and_stale_entries_are_counted(make):
    report = replace(
        make.report(skipped=[SkippedReport("a.jsonl", row, "not JSON") for row in range(40)]),
        canaries=tuple(CanaryReport("riddles", "5e1f", f"{n}.txt", 4, "", 2) for n in range(7)),
        stale=("00ff",),
    )
    text = render(report)
    assert text.count("- Not read: ") == 5
    assert "- and 35 more places: " in text
    assert "- and 2 more files with a canary string: " in text
    assert "- 1 entry of the baseline or allow-list fits no finding." in text


def test_five_benchmarks_render_as_in_the_golden_file(five_benchmarks, matches_golden):
    matches_golden(render(five_benchmarks), "five_benchmarks.md")
