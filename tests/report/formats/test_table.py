"""The table: what a person must see at first sight."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leakcheck.report import Sheet
from leakcheck.report.formats import table
from leakcheck.verdict.records import CanaryReport, SkippedReport


def render(report, width=80):
    return table.render(report, Sheet(width))


def test_without_colour_there_is_no_escape_code(five_benchmarks):
    assert "\x1b" not in render(five_benchmarks)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_page(five_benchmarks, width):
    assert max(map(len, render(five_benchmarks, width).splitlines())) <= width


def test_a_clean_benchmark_takes_three_lines(make):
    report = make.report([make.benchmark()])
    assert render(report).splitlines()[2:] == [
        "riddles  CLEAN",
        "No test leakage and no in-distribution overlap.",
        "  Found         train 0 of 7,000, test 0 of 1,300",
    ]


def test_inflation_is_named_only_where_something_leaked(make):
    report = make.report([make.benchmark(verdict="inconclusive", reason="look at them")])
    assert "inflate" not in render(report)


def test_what_overlap_means_is_said_only_where_there_is_overlap(make):
    splits = {"train": make.split("train", 90), "test": make.split("test", 10, matched=3, near=3)}
    report = make.report([make.benchmark(verdict="leaked", reason="leaked", splits=splits)])
    assert "in distribution:" not in render(report)


def test_a_file_name_cannot_command_the_terminal(make):
    skipped = [SkippedReport("\x1b[2Jevil.jsonl", None, "cannot\nbe opened")]
    text = render(make.report(skipped=skipped))
    assert "\x1b" not in text
    assert r"\x1b[2Jevil.jsonl: cannot\nbe opened" in text


def test_markup_and_emoji_codes_in_names_are_taken_literally(make):
    report = make.report([make.benchmark(name="[red]:smile:")])
    assert "[red]:smile:  CLEAN" in render(report)


def test_depends_on_nothing_in_the_environment(five_benchmarks, monkeypatch):
    before = render(five_benchmarks)
    for name, value in (("COLUMNS", "40"), ("FORCE_COLOR", "1"), ("TERM", "dumb")):
        monkeypatch.setenv(name, value)
    assert render(five_benchmarks) == before


def test_names_the_first_five_of_many_places_not_read(make):
    skipped = [SkippedReport("a.jsonl", row, "not JSON") for row in range(1200)]
    text = render(make.report(skipped=skipped))
    assert text.count("a.jsonl, row") == 5
    assert "and 1,195 more" in text


def test_a_long_path_is_broken_and_not_cut(make):
    path = "corpus/" + "deep/" * 30 + "file.jsonl"
    splits = {"test": make.split("test", 10, matched=1, verbatim=1)}
    report = make.report(
        [make.benchmark(verdict="leaked", splits=splits)], [make.finding(path=path)]
    )
    assert path in "".join(line.strip() for line in render(report).splitlines())


@pytest.mark.parametrize("width", [80, 120])
def test_five_benchmarks_render_as_in_the_golden_file(five_benchmarks, matches_golden, width):
    matches_golden(render(five_benchmarks, width), f"five_benchmarks_{width}.txt")


def test_one_benchmark_renders_in_colour_as_in_the_golden_file(leaked, matches_golden):
    matches_golden(table.render(leaked, Sheet(80, colour=True)), "leaked_in_colour.txt")


def test_canaries_are_named_by_file_and_the_rest_counted(make):
    report = replace(
        make.report(),
        canaries=tuple(CanaryReport("riddles", "5e1f", f"{n}.txt", 4, "", 2) for n in range(7)),
    )
    text = render(report)
    assert "Canaries  the string that marks copies of riddles is in 7 files" in text
    assert "  riddles: 4.txt, row 4" in text.splitlines()
    assert "5.txt" not in text
    assert "  and 2 more: --output-format json" in text.splitlines()


def test_what_is_accepted_is_told_with_what_it_would_change(make):
    known = make.finding(accepted="baseline")
    benchmark = make.benchmark(accepted=2, verdict_with_accepted="leaked")
    text = render(make.report([benchmark], findings=[known]))
    assert "riddles  CLEAN" in text
    assert "2 findings were accepted by a baseline or an allow-list and not counted" in text
    assert "with them the verdict would be LEAKED." in " ".join(text.split())


def test_accepted_findings_are_not_among_the_files_with_findings(make):
    splits = {"train": make.split("train", 90, matched=1), "test": make.split("test", 10)}
    overlap = make.benchmark(verdict="in_distribution", reason="overlap", splits=splits)
    findings = [
        make.finding("test/1", path="known.jsonl", accepted="baseline"),
        make.finding("train/1", path="train.jsonl"),
    ]
    text = render(make.report([overlap], findings=findings))
    assert "train.jsonl" in text
    assert "known.jsonl" not in text


@pytest.mark.parametrize(("count", "said"), [(1, "1 entry fits"), (7, "7 entries fit")])
def test_stale_entries_are_named_at_the_end(make, count, said):
    stale = tuple(f"allow: riddles test/{n} (so)" for n in range(count))
    text = render(replace(make.report([make.benchmark()]), stale=stale))
    assert f"Stale  {said} no finding any more" in text
    assert "  allow: riddles test/0 (so)\n" in text
    assert ("and 2 more" in text) is (count == 7)
