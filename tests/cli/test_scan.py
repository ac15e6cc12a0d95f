"""`leakcheck scan`: exit codes, where the report goes, and what is asked of the scan."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from leakcheck.errors import InputError

SCAN = ("scan", "corpus", "--bench", "riddles")
EXAMPLES = Path(__file__).parents[2] / "examples" / "corpus"


@pytest.mark.parametrize(
    ("verdicts", "options", "code"),
    [
        pytest.param(["clean"], [], 0, id="clean"),
        pytest.param(["in_distribution"], [], 0, id="overlap is no leak"),
        pytest.param(["inconclusive"], [], 0, id="doubt is no leak"),
        pytest.param(["leaked"], ["--fail-on", "never"], 0, id="never"),
        pytest.param(["clean", "clean"], ["--fail-on", "any"], 0, id="any, all clean"),
        pytest.param(["leaked"], [], 1, id="leaked"),
        pytest.param(["clean", "leaked", "clean"], [], 1, id="one of several leaked"),
        pytest.param(["clean", "in_distribution"], ["--fail-on", "any"], 1, id="any, overlap"),
        pytest.param(["inconclusive"], ["--fail-on", "any"], 1, id="any, in doubt"),
        pytest.param(["leaked"], ["--output-format", "json"], 1, id="json"),
        pytest.param(["leaked"], ["--quiet"], 1, id="quiet"),
    ],
)
def test_exit_code_follows_the_verdicts(run, scan_gives, verdicts, options, code):
    scan_gives(*verdicts)
    result = run(*SCAN, *options)
    assert result.exit_code == code
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("skipped", "options", "code"),
    [
        pytest.param(0, ["--strict"], 1, id="strict, all was read"),
        pytest.param(3, [], 1, id="not strict"),
        pytest.param(3, ["--strict"], 2, id="strict"),
        pytest.param(3, ["--strict", "--fail-on", "never"], 2, id="strict, fail on nothing"),
    ],
)
def test_strict_fails_on_what_could_not_be_read(run, scan_gives, skipped, options, code):
    scan_gives("leaked", skipped=skipped)
    result = run(*SCAN, *options)
    assert result.exit_code == code
    assert "LEAKED" in result.stdout  # the report was written all the same
    assert ("3 files or records" in result.stderr) is (code == 2)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["scan"], id="no path"),
        pytest.param(["scan", "corpus"], id="no benchmark"),
        pytest.param([*SCAN, "--output-format", "xml"], id="unknown format"),
        pytest.param([*SCAN, "--fail-on", "overlap"], id="unknown verdict"),
        pytest.param([*SCAN, "--threads", "0"], id="no thread"),
        pytest.param(["scrub", "corpus"], id="unknown verb"),
    ],
)
def test_a_wrong_call_exits_with_2(run, scan_gives, arguments):
    calls = scan_gives("leaked")
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage:")
    assert calls == []


def test_an_expected_error_is_one_line(run, scan_gives):
    scan_gives(InputError("corpus: no such file or folder. Check the path."))
    result = run(*SCAN)
    assert result.exit_code == 2
    assert result.stderr == "leakcheck: error: corpus: no such file or folder. Check the path.\n"


def test_an_unexpected_error_is_one_line_and_a_log(run, scan_gives, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    scan_gives(ZeroDivisionError("two\nlines"))
    result = run(*SCAN)
    (log,) = tmp_path.iterdir()
    assert result.exit_code == 2
    assert result.stderr.startswith("leakcheck: internal error: ZeroDivisionError: two lines")
    assert result.stderr.count("\n") == 1
    assert str(log) in result.stderr
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_an_interrupt_exits_with_130(run, scan_gives):
    scan_gives(KeyboardInterrupt())
    result = run(*SCAN)
    assert result.exit_code == 130
    assert result.stderr == "leakcheck: interrupted\n"


def test_benchmarks_may_be_repeated_and_separated_by_commas(run, scan_gives):
    calls = scan_gives("clean")
    run("scan", "a", "b", "--bench", "riddles, sums", "--bench", "facts,riddles,")
    ((paths, benchmarks, _),) = calls
    assert paths == ("a", "b")
    assert benchmarks == ("riddles", "sums", "facts")


def test_options_reach_the_scan(run, scan_gives):
    calls = scan_gives("clean")
    run(*SCAN, "--text-field", "data.text", "--threads", "3")
    ((_, _, options),) = calls
    assert (options["text_field"], options["threads"]) == ("data.text", 3)


def test_quiet_prints_one_line_a_benchmark(run, scan_gives):
    scan_gives("leaked", "clean")
    assert run(*SCAN, "-q").stdout == "bench0: leaked\nbench1: clean\n"


def test_a_table_that_goes_nowhere_in_particular_has_no_colour(run, scan_gives, monkeypatch):
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    scan_gives("leaked")
    assert "\x1b" not in run(*SCAN).stdout


def test_a_table_is_coloured_when_asked_for(run, scan_gives):
    scan_gives("leaked")
    result = run(*SCAN, env={"FORCE_COLOR": "1", "NO_COLOR": None})
    assert "\x1b[1;31mLEAKED" in result.stdout


def test_a_file_gets_the_format_of_its_suffix_and_the_terminal_its_table(run, scan_gives, tmp_path):
    scan_gives("leaked")
    target = tmp_path / "new" / "report.json"
    result = run(*SCAN, "-o", str(target))
    assert (result.exit_code, result.stdout.split()[0]) == (1, "leakcheck")
    assert json.loads(target.read_text(encoding="utf-8"))["schema"] == "leakcheck/report/1"
    assert list(target.parent.iterdir()) == [target]


def test_a_table_in_a_file_has_no_colour(run, scan_gives, tmp_path):
    scan_gives("leaked")
    run(*SCAN, "-o", str(tmp_path / "report.txt"), env={"FORCE_COLOR": "1"})
    assert "\x1b" not in (tmp_path / "report.txt").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_an_expected_error(run, scan_gives, tmp_path):
    (tmp_path / "file").touch()
    scan_gives("clean")
    result = run(*SCAN, "-o", str(tmp_path / "file" / "report.txt"))
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_a_pipe_is_written_to_and_not_replaced(run, scan_gives, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    scan_gives("clean")
    with os.fdopen(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)) as reader:
        run(*SCAN, "-q", "-o", f"table={pipe}")
        assert reader.read().startswith("leakcheck 1.2.3 read 10 documents")
    assert pipe.is_fifo()


# From here on the demo benchmark, its pack and the example corpus, with nothing replaced.

_RUN = "from leakcheck.cli import main; main()"


def test_really_tells_leaked_from_clean(run):
    result = run("scan", str(EXAMPLES), "--bench", "demo", "--output-format", "json")
    (benchmark,) = json.loads(result.stdout)["benchmarks"]
    assert (result.exit_code, benchmark["verdict"]) == (1, "leaked")
    assert benchmark["splits"]["fewshot"]["matched"] == 6


def test_really_explains_a_name_that_is_nearly_right(run):
    result = run("scan", str(EXAMPLES), "--bench", "demoo")
    assert result.exit_code == 2
    assert "did you mean demo" in result.stderr


def test_really_ends_in_peace_when_nobody_reads_on():
    command = (
        f"{sys.executable} -c '{_RUN}' scan examples/corpus --bench demo --output-format jsonl"
    )
    pipe = f"{command} --no-progress | true; exit ${{PIPESTATUS[0]}}"
    result = subprocess.run(
        ["bash", "-c", pipe], cwd=EXAMPLES.parents[1], text=True, capture_output=True, check=False
    )
    assert (result.returncode, result.stderr) == (1, "")


@pytest.mark.parametrize(
    ("value", "names"),
    [
        pytest.param("a,b", ("a", "b"), id="names"),
        pytest.param("with,comma.jsonl", ("with,comma.jsonl",), id="a file with a comma"),
        pytest.param("a, a,,b", ("a", "b"), id="spaces and twice"),
    ],
)
def test_names_are_parted_at_commas_but_files_are_not(
    run, scan_gives, tmp_path, monkeypatch, value, names
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "with,comma.jsonl").touch()
    calls = scan_gives("clean")
    run("scan", "corpus", "--bench", value)
    assert calls[0][1] == names


def test_keys_and_the_field_of_the_question_are_handed_on(run, scan_gives, tmp_path):
    (tmp_path / "key").write_text("a tide of paper boats\n")
    calls = scan_gives("clean")
    run(*SCAN, "--question-field", "riddle", "--key", str(tmp_path / "key"))
    options = calls[0][2]
    assert options["question_field"] == "riddle"
    assert options["keys"] == [b"a tide of paper boats"]


def test_a_key_that_is_too_short_ends_the_call(run, scan_gives, monkeypatch):
    monkeypatch.setenv("LEAKCHECK_KEY", "tide")
    calls = scan_gives("clean")
    result = run(*SCAN)
    assert (result.exit_code, calls) == (2, [])
    assert "at least 8 characters" in result.stderr


def test_files_and_rows_are_chosen_as_asked(run, scan_gives):
    calls = scan_gives("clean")
    run(*SCAN, "--exclude", "raw/", "--exclude", "*.bak", "--force-exclude", "--diff-base", "main")
    options = calls[0][2]
    assert options["excludes"] == (("raw/", "*.bak"), Path(), True)
    assert options["diff_base"] == "main"


def test_a_preset_decides_in_place_of_leakcheck_and_is_named(run):
    result = run("scan", str(EXAMPLES), "--bench", "demo", "--preset", "lm-eval", "--no-progress")
    assert result.exit_code == 1
    assert "by the preset lm-eval" in result.stdout
    for command in (("explain", "demo:test/3"), ("clean", str(EXAMPLES), "-o", "clean")):
        refused = run(*command)
        assert refused.exit_code == 2
        assert "a run by the preset lm-eval has none" in refused.stderr


def test_a_preset_makes_no_baseline(run):
    result = run("scan", str(EXAMPLES), "--bench", "demo", "--preset", "palm", "--update-baseline")
    assert result.exit_code == 2
    assert "a preset has none" in result.stderr


def test_a_preset_knows_nothing_of_chance(run):
    result = run(
        "scan", str(EXAMPLES), "--bench", "demo", "--preset", "palm", "--max-expected", "1"
    )
    assert result.exit_code == 2
    assert "goes by E-values, and a preset has none" in result.stderr


@pytest.mark.parametrize(("options", "expected"), [((), None), (("--max-expected", "3"), 3)])
def test_chance_is_limited_where_it_is_asked_for(run, scan_gives, options, expected):
    calls = scan_gives("clean")
    run(*SCAN, *options)
    assert calls[0][2].get("max_expected") == expected
