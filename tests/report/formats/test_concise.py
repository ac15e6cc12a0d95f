"""The concise report: what a hook shows when it fails, and how little when it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leakcheck.report import Sheet
from leakcheck.report.formats import concise
from leakcheck.report.formats.concise import MOST_LINES
from leakcheck.verdict.records import FileReport, SkippedReport


def render(report) -> list[str]:
    return concise.render(report, Sheet()).splitlines()


def leaked(make, *findings, **changes):
    split = make.split("test", 10, matched=3, verbatim=3)
    benchmark = make.benchmark(verdict="leaked", reason="leaked", splits={"test": split}, **changes)
    return make.report([benchmark], findings=list(findings))


def test_of_clean_benchmarks_there_is_one_line_in_all(make):
    lines = render(make.report([make.benchmark(name=f"bench{n}") for n in range(30)]))
    assert len(lines) == 1
    assert lines[0].endswith("30 benchmarks: 30 clean.")


@pytest.mark.parametrize(
    "finding",
    [
        pytest.param({"item": "train/3"}, id="overlap"),
        pytest.param({"kind": "variant"}, id="variant"),
        pytest.param({"shared": True}, id="shared"),
        pytest.param({"accepted": "baseline"}, id="accepted"),
    ],
)
def test_what_is_no_leak_has_no_line(make, finding):
    report = leaked(make, make.finding(**finding))
    assert not any(" LC" in line for line in render(report))


def test_a_leak_has_its_place_its_rule_and_its_fingerprint(make):
    finding = make.finding("test/3", path="a.parquet", row=7, fingerprint="c0ffee", kind="near")
    assert render(leaked(make, finding))[0] == (
        "a.parquet: row 7: LC002 near riddles test/3 [c0ffee]"
    )


def test_a_line_is_named_where_it_is_known(make, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('\n\n"one"\n"two"\n')
    report = leaked(make, make.finding(path=str(path), row=1))
    files = (FileReport(str(path), path.stat().st_size, 2, None),)
    assert render(replace(report, files=files))[0].startswith(f"{path}:4: LC001 verbatim riddles")


def test_twins_are_named(make):
    assert (
        "riddles test/3 = sums:test/8 ["
        in render(leaked(make, make.finding(also=["sums:test/8"])))[0]
    )


def test_no_more_lines_than_a_page(make):
    report = leaked(make, *(make.finding(row=row) for row in range(500)))
    lines = render(report)
    assert len(lines) == MOST_LINES + 4
    assert lines[MOST_LINES] == f"and {500 - MOST_LINES} more places: --output-format jsonl"


def test_a_benchmark_that_is_not_clean_has_a_line(make):
    assert "riddles: LEAKED, 3 of 10 test items." in render(leaked(make))


def test_doubt_is_explained(make):
    report = make.report([make.benchmark(verdict="inconclusive", reason="9% could not be read")])
    assert render(report)[0].endswith("of 1,300 test items. 9% could not be read.")


def test_what_is_accepted_is_told_of_clean_benchmarks_too(make):
    benchmark = make.benchmark(accepted=2, verdict_with_accepted="leaked")
    assert "2 findings were accepted" in render(make.report([benchmark]))[0]


def test_what_could_not_be_read_has_a_line_but_not_what_is_no_data(make):
    skipped = [
        SkippedReport("a.jsonl", 3, "not JSON"),
        SkippedReport("LICENSE", None, "not a format leakcheck reads"),
    ]
    lines = render(make.report([make.benchmark()], skipped=skipped))
    assert lines[0] == "a.jsonl: row 3: not read: not JSON"
    assert not any("LICENSE" in line for line in lines)


def test_stale_entries_are_told(make):
    report = replace(make.report([make.benchmark()]), stale=("allow: riddles test/3 (so)",))
    assert render(report)[0] == "Fits no finding any more: allow: riddles test/3 (so)"


def test_a_file_name_cannot_command_the_terminal(make):
    assert "\x1b" not in "".join(render(leaked(make, make.finding(path="\x1b[2J.jsonl"))))
