"""Options from files and from the environment: which wins, and what they may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakcheck.cli.scan import scan
from leakcheck.cli.settings import ALLOW, known_keys

FILE = 'bench = ["riddles"]\n'


@pytest.fixture
def here(tmp_path, monkeypatch):
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def asked(run, scan_gives, *arguments, **options):
    """Return what was asked of the scan."""
    calls = scan_gives("clean")
    result = run("scan", "corpus", *arguments, **options)
    assert result.exit_code == 0, result.stderr
    return calls[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param('bench = "a"\nfail_on = "any"', "did you mean 'fail-on'?", id="unknown key"),
        pytest.param('fail-on = "maybe"', "fail-on: one of leak, any, never", id="unknown value"),
        pytest.param("threads = 0", "threads: a whole number from 1 on", id="out of range"),
        pytest.param("strict = 1", "strict: true or false", id="wrong type"),
        pytest.param('config = "x.toml"', "no option is called 'config'", id="of a call only"),
        pytest.param("update-baseline = true", "no option is called", id="never by default"),
        pytest.param("bench = ", "not TOML", id="no TOML"),
    ],
)
def test_a_file_that_makes_no_sense_ends_the_call(run, scan_gives, here, text, message):
    (here / "leakcheck.toml").write_text(text)
    calls = scan_gives("clean")
    result = run("scan", "corpus", "--bench", "riddles")
    assert (result.exit_code, calls) == (2, [])
    assert f"error: {here / 'leakcheck.toml'}: " in result.stderr
    assert message in result.stderr


def test_help_is_given_whatever_the_file_says(run, here):
    (here / "leakcheck.toml").write_text("bench = ")
    assert run("scan", "--help").exit_code == 0


def test_without_a_benchmark_anywhere_the_call_says_where_to_name_one(run, scan_gives, here):
    calls = scan_gives("clean")
    result = run("scan", "corpus")
    assert (result.exit_code, calls) == (2, [])
    for place in ("--bench", "[tool.leakcheck]", "LEAKCHECK_BENCH", "leakcheck bench list"):
        assert place in result.stderr


@pytest.mark.parametrize(
    ("file", "environment", "flags", "threads"),
    [
        pytest.param("", {}, [], None, id="by default"),
        pytest.param("threads = 2", {}, [], 2, id="file"),
        pytest.param("threads = 2", {"LEAKCHECK_THREADS": "3"}, [], 3, id="environment over file"),
        pytest.param(
            "threads = 2",
            {"LEAKCHECK_THREADS": "3"},
            ["--threads", "4"],
            4,
            id="flag over environment",
        ),
        pytest.param("threads = 2", {}, ["--threads", "4"], 4, id="flag over file"),
        pytest.param("threads = 2", {}, ["--isolated"], None, id="isolated from the file"),
        pytest.param(
            "threads = 2", {"LEAKCHECK_THREADS": "3"}, ["--isolated"], 3, id="but not from the rest"
        ),
    ],
)
def test_what_wins(run, scan_gives, here, file, environment, flags, threads):
    (here / "leakcheck.toml").write_text(file)
    _, _, options = asked(run, scan_gives, "--bench", "riddles", *flags, env=environment)
    assert options["threads"] == threads


def test_a_benchmark_from_a_file_or_the_environment_is_enough(run, scan_gives, here):
    assert asked(run, scan_gives, env={"LEAKCHECK_BENCH": "sums,facts more"})[1] == (
        "sums",
        "facts",
        "more",
    )
    (here / "pyproject.toml").write_text(f"[tool.leakcheck]\n{FILE}")
    assert asked(run, scan_gives)[1] == ("riddles",)


def test_benchmarks_on_the_command_line_are_not_added_to_those_of_the_file(run, scan_gives, here):
    (here / "leakcheck.toml").write_text(FILE)
    assert asked(run, scan_gives, "--bench", "sums")[1] == ("sums",)


def test_a_file_above_the_folder_is_found_and_its_paths_start_there(
    run, scan_gives, here, monkeypatch
):
    (here / "mine.jsonl").touch()
    (here / "leakcheck.toml").write_text(
        'bench = "mine.jsonl,gsm8k"\nexclude = ["data/raw/"]\noutput = "csv=found.txt"\n'
    )
    (here / "deep").mkdir()
    monkeypatch.chdir(here / "deep")
    _, benchmarks, options = asked(run, scan_gives)
    assert benchmarks == (str(here / "mine.jsonl"), "gsm8k")
    assert options["excludes"].root == here
    assert (here / "found.txt").is_file()


def test_patterns_on_the_command_line_start_from_here(run, scan_gives, here):
    _, _, options = asked(run, scan_gives, "--bench", "riddles", "--exclude", "raw/")
    assert options["excludes"] == (("raw/",), Path(), False)


@pytest.mark.parametrize("how", ["flag", "environment"])
def test_a_file_may_be_named(run, scan_gives, here, how):
    (here / "leakcheck.toml").write_text(FILE)
    (here / "release.toml").write_text('bench = "sums"\n')
    named = {"flag": ["--config", "release.toml"], "environment": []}[how]
    environment = {"environment": {"LEAKCHECK_CONFIG": "release.toml"}}.get(how, {})
    assert asked(run, scan_gives, *named, env=environment)[1] == ("sums",)


def test_a_flag_may_stand_in_the_file(run, scan_gives, here):
    (here / "leakcheck.toml").write_text(f"{FILE}quiet = true\nstrict = true\n")
    scan_gives("clean", skipped=2)
    result = run("scan", "corpus")
    assert (result.exit_code, result.stdout) == (2, "bench0: clean\n")


def test_the_variable_of_a_key_is_the_key_and_not_the_name_of_a_file():
    variables = {option.name: option.envvar for option in scan.params}
    assert variables["key_files"] == "LEAKCHECK_KEY_FILE"
    assert variables["fail_on"] == "LEAKCHECK_FAIL_ON"
    assert variables["update_baseline"] is None


def test_all_options_may_stand_in_a_file_but_those_of_a_single_call():
    flags = {name[2:] for each in scan.params for name in each.opts if name.startswith("--")}
    single = {"config", "isolated", "update-baseline", "diff-base", "shard", "sample", "seed"}
    assert set(known_keys(scan)) == flags - single
    assert ALLOW not in flags
