"""`leakcheck impact` as a user types it, on a run of our own example corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leakcheck.cli.impact_options import one_value_each
from leakcheck.impact.hashes import doc_hash
from leakcheck.presets.reporting import scan_with_preset
from leakcheck.run.store import write_run
from leakcheck.scanning import scan

EXAMPLES = Path(__file__).parents[2] / "examples"
LEAKED = {1, 3, 4, 7, 9, 10, 12, 14, 16, 19, 21}
DATE = "2026-01-02T03-04-05.678901"


@pytest.fixture(scope="module")
def kept_run(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("runs") / "run"
    write_run(scan([EXAMPLES / "corpus"], ["demo", "demo_trivia"]), folder)
    return str(folder)


@pytest.fixture
def samples(tmp_path, monkeypatch):
    """Write the samples of models that have all leaked items right, and every other clean one."""
    monkeypatch.chdir(tmp_path)
    rows = [
        json.loads(line)
        for line in (EXAMPLES / "demo_benchmark" / "test.jsonl").read_text("utf-8").splitlines()
    ]

    def write(model="org__tiny", leaked_right=True):
        path = Path(model) / f"samples_demo_{DATE}.jsonl"
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8") as file:
            for filter_name in ("strict-match", "flexible-extract"):
                for n, row in enumerate(rows):
                    right = leaked_right if n in LEAKED else n % 2 == 0
                    line = {
                        "doc_id": n,
                        "doc": row,
                        "filter": filter_name,
                        "metrics": ["exact_match"],
                        "exact_match": float(right),
                        "doc_hash": doc_hash(row),
                    }
                    file.write(json.dumps(line) + "\n")
        return str(path)

    return write


def told(result):
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["r", "--results", "a", "b"], ["r", "--results", "a", "--results", "b"]),
        (["--results", "a", "--metric", "m", "r"], ["--results", "a", "--metric", "m", "r"]),
        (["--results", "a", "b", "-o", "f"], ["--results", "a", "--results", "b", "-o", "f"]),
        (["--results=a", "r"], ["--results=a", "r"]),
        (["r", "--results"], ["r", "--results"]),
        (["r"], ["r"]),
    ],
)
def test_results_takes_all_that_a_shell_makes_of_a_star(arguments, expected):
    assert one_value_each(arguments) == expected


def test_a_folder_without_a_run_is_refused(run, tmp_path):
    result = run("impact", str(tmp_path))
    assert result.exit_code == 2
    assert "no run is there" in result.stderr


def test_without_any_last_run_it_is_said_how_to_keep_one(run, monkeypatch, tmp_path):
    monkeypatch.setattr("leakcheck.run.last.last_run", lambda: tmp_path / "none")
    result = run("impact")
    assert result.exit_code == 2
    assert "there is no last run" in result.stderr


def test_a_run_after_results_is_refused_with_the_way(run, kept_run, samples):
    result = run("impact", "--results", samples(), kept_run)
    assert result.exit_code == 2
    assert "is a run: name it first" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--results", "absent.jsonl"], "absent.jsonl: there are no results"),
        (["--score", "1.5"], "a score is from 0 to 1"),
        (["--score", "much"], "a score is from 0 to 1"),
        (["--score", "0.5"], "of which benchmark? Write demo=0.5"),
        (["--score", "gsm8k=0.5"], "gsm8k is not in the run"),
        (["--task", "demo"], "write --task BENCHMARK=TASK"),
        (["--tolerance", "-1"], "--tolerance"),
    ],
)
def test_what_makes_no_sense_is_refused(run, kept_run, arguments, said):
    result = run("impact", kept_run, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_without_results_the_bound_is_shown(run, kept_run):
    result = run("impact", kept_run)
    assert result.exit_code == 1
    assert "11 of 24 items are leaked: they can add at most 45.83 of 100 points" in result.stdout
    assert "demo_trivia  CREDIBLE" in result.stdout


@pytest.mark.parametrize("with_results", [False, True], ids=["the-bound", "a-score"])
def test_what_a_preset_flags_is_leaked(run, samples, tmp_path, with_results):
    write_run(scan_with_preset([EXAMPLES / "corpus"], "demo", "palm"), tmp_path / "run")
    given = ["--results", samples()] if with_results else []
    result = run("impact", str(tmp_path / "run"), *given)
    assert result.exit_code == 1
    assert "4 of 24 items are leaked" in result.stdout
    assert "flagged by the preset" in result.stdout


def test_a_benchmark_without_leaks_is_credible_whatever_its_score(run, kept_run):
    result = run("impact", kept_run, "--score", "demo_trivia=0.5")
    assert result.exit_code == 0
    assert "from 50.0 to 50.0; credible" in " ".join(result.stdout.split())


def test_the_issues_own_form_works(run, kept_run, samples):
    result = run("impact", kept_run, "--results", samples("org__a"), samples("org__b", False))
    assert result.exit_code == 1
    assert "org__a  demo, exact_match (strict-match)" in result.stdout
    assert "org__b  demo, exact_match (flexible-extract)" in result.stdout
    sentence = "demo: report 53.8 (clean: 13 of 24 items) beside 75.0"
    assert sentence in " ".join(result.stdout.split())


def test_a_pattern_in_quotes_and_a_folder_are_the_same(run, kept_run, samples):
    path = Path(samples())
    options = ("--output-format", "json")
    named = run("impact", kept_run, "--results", str(path), *options)
    pattern = run("impact", kept_run, "--results", f"{path.parent}/samples_*.jsonl", *options)
    folder = run("impact", kept_run, "--results", str(path.parent), *options)
    assert named.stdout == pattern.stdout == folder.stdout


def test_documents_are_joined_by_id_and_by_hash_where_the_files_are_there(run, kept_run, samples):
    options = ("--results", samples(), "--filter", "strict-match", "--output-format", "json")
    [by_id] = told(run("impact", kept_run, *options))["benchmarks"][0]["scores"]
    files = ("--item-texts", str(EXAMPLES / "demo_benchmark"))
    [by_hash] = told(run("impact", kept_run, *options, *files))["benchmarks"][0]["scores"]
    assert by_id["joined_by"] == {"id": 24}
    assert by_hash["joined_by"] == {"hash": 24}
    assert by_id["measures"] == by_hash["measures"]


def test_the_planted_gain_is_all_minus_clean(run, kept_run, samples):
    options = ("--results", samples(), "--filter", "strict-match", "--output-format", "json")
    [score] = told(run("impact", kept_run, *options))["benchmarks"][0]["scores"]
    own = score["measures"]
    assert (own["all"], own["leaked"]) == ({"items": 24, "mean": 0.75}, {"items": 11, "mean": 1.0})
    assert own["gain"]["estimate"] == pytest.approx(0.75 - 7 / 13)
    assert score["standing"] == "not_credible"


def test_with_the_model_named_the_others_are_compared_with(run, kept_run, samples):
    paths = samples("org__a"), samples("org__b", False)
    result = run("impact", kept_run, "--results", *paths, "--model", "org__a")
    assert "org__b" not in result.stdout
    said = " ".join(result.stdout.split())
    assert "Matched by difficulty (1 other model, 1 grade): 11 leaked items and 13 clean" in said


def test_plain_results_are_told_to_be_joined_by_id_alone(run, kept_run, tmp_path):
    path = tmp_path / "demo.csv"
    rows = "".join(f"test/{n},1\n" for n in range(24))
    path.write_text(f"item,score\n{rows}test/99,1\n", "utf-8")
    said = " ".join(run("impact", kept_run, "--results", str(path)).stdout.split())
    assert "joined to demo by id alone: no text confirms it" in said
    assert "Left out, as no test item of the run: 1 document." in said


def test_clean_samples_are_written_without_any_results(run, kept_run, tmp_path):
    file = tmp_path / "clean.json"
    result = run("impact", kept_run, "--write-clean-samples", str(file))
    assert result.exit_code == 1
    clean = sorted(set(range(24)) - LEAKED)
    assert json.loads(file.read_text("utf-8")) == {"demo": clean, "demo_trivia": list(range(6))}


def test_clean_samples_are_named_by_the_user(run, kept_run, tmp_path):
    file = tmp_path / "clean.json"
    run("impact", kept_run, "--task", "demo=demo_cot", "--write-clean-samples", str(file))
    assert sorted(json.loads(file.read_text("utf-8"))) == ["demo_cot", "demo_trivia"]


def test_a_page_is_written_to_a_file(run, kept_run, tmp_path):
    result = run("impact", kept_run, "-o", str(tmp_path / "impact.txt"))
    assert result.stdout == ""
    assert "demo  UNDECIDED" in (tmp_path / "impact.txt").read_text("utf-8")
