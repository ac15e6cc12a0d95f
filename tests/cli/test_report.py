"""`leakcheck report`: a kept run is written as the scan wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakcheck.report import FORMATS

ROOT = Path(__file__).parents[2]
SCAN = ("scan", "examples/corpus", "--bench", "demo,demo_trivia")


@pytest.fixture(autouse=True)
def in_root(monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("LEAKCHECK_CACHE_DIR", str(tmp_path / "cache"))


def test_before_any_scan_there_is_nothing_to_report(run):
    result = run("report")
    assert result.exit_code == 2
    assert "no scan was kept yet" in result.stderr


def test_a_folder_without_a_run_is_an_error(run, tmp_path):
    result = run("report", str(tmp_path))
    assert result.exit_code == 2
    assert "no run is there" in result.stderr


def test_an_unknown_format_is_an_error_that_names_those_that_there_are(run):
    result = run("report", "-f", "xml")
    assert result.exit_code == 2
    assert all(f"'{name}'" in result.stderr for name in FORMATS)


def test_every_format_is_written_as_the_scan_wrote_it(run, tmp_path):
    first, again = tmp_path / "first", tmp_path / "again"
    outputs = [f"{name}={{}}/{name}" for name in FORMATS]
    scanned = run(
        *SCAN,
        "--run",
        str(tmp_path / "run"),
        "--item-texts",
        "examples/demo_benchmark",
        *(each for output in outputs for each in ("-o", output.format(first))),
    )
    assert scanned.exit_code == 1  # a benchmark leaked
    result = run(
        "report",
        str(tmp_path / "run"),
        "--item-texts",
        "examples/demo_benchmark",
        *(each for output in outputs for each in ("-o", output.format(again))),
    )
    assert result.exit_code == 0
    assert result.stdout == scanned.stdout
    for name in FORMATS:
        assert (again / name).read_bytes() == (first / name).read_bytes(), name


def test_the_last_scan_is_meant_where_no_run_is_named(run):
    scanned = run(*SCAN)
    result = run("report")
    assert (result.exit_code, result.stdout) == (0, scanned.stdout)


def test_standard_output_gets_the_format_that_is_asked_for(run):
    scanned = run(*SCAN, "-f", "jsonl")
    assert run("report", "-f", "jsonl").stdout == scanned.stdout
