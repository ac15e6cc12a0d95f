"""`leakcheck merge`: shards joined, with the gate and the outputs of a scan."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from leakcheck.report import FORMATS

ROOT = Path(__file__).parents[2]
SCAN = ("scan", "examples/corpus", "--bench", "demo,demo_trivia", "--isolated")


@pytest.fixture
def root(monkeypatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def shards(run, root, tmp_path) -> list[str]:
    """Return the runs of both shards; what leaks is in the first."""
    runs = [str(tmp_path / name) for name in ("one", "two")]
    for number, folder in enumerate(runs, start=1):
        done = run(*SCAN, "--shard", f"{number}/2", "--run", folder, "--fail-on", "never")
        assert done.exit_code == 0, done.stderr
    return runs


@pytest.mark.parametrize("name", FORMATS)
def test_it_writes_what_the_scan_of_all_writes(run, shards, name):
    whole, merged = run(*SCAN, "-f", name), run("merge", "--isolated", "-f", name, *shards[::-1])
    assert merged.stdout_bytes == whole.stdout_bytes
    assert merged.exit_code == whole.exit_code == 1


def test_it_keeps_the_run_that_the_scan_of_all_keeps(run, shards, tmp_path):
    run(*SCAN, "--run", str(tmp_path / "whole"))
    run("merge", *shards, "--run", str(tmp_path / "merged"))
    kept = {path.name: path.read_bytes() for path in (tmp_path / "merged").iterdir()}
    assert kept == {path.name: path.read_bytes() for path in (tmp_path / "whole").iterdir()}


@pytest.mark.parametrize(
    ("options", "code"),
    [
        pytest.param([], 1, id="a leak"),
        pytest.param(["--fail-on", "never"], 0, id="never"),
        pytest.param(["--fail-on", "any", "-q"], 1, id="any"),
        pytest.param(["--strict"], 1, id="all was read"),
    ],
)
def test_exit_codes_are_those_of_a_scan(run, shards, options, code):
    assert run("merge", "--isolated", *shards, *options).exit_code == code


def test_a_baseline_is_written_and_passes(run, shards, tmp_path):
    baseline = str(tmp_path / "known.json")
    written = run("merge", *shards, "--baseline", baseline, "--update-baseline")
    assert written.exit_code == 0
    assert "findings: " in written.stderr
    assert run("merge", *shards, "--baseline", baseline).exit_code == 0
    other = str(tmp_path / "other.json")
    run(*SCAN, "--baseline", other, "--update-baseline")
    assert Path(other).read_bytes() == Path(baseline).read_bytes()


def test_what_is_allowed_is_not_counted(run, shards, tmp_path):
    config = tmp_path / "leakcheck.toml"
    config.write_text('[[allow]]\nreason = "made up"\nbench = "demo"\nsplit = "test"\n', "utf-8")
    allowed = run("merge", *shards, "--config", str(config), "-f", "json")
    assert allowed.exit_code == 0
    assert json.loads(allowed.stdout)["benchmarks"][0]["accepted"] > 0


def test_a_missing_shard_is_named(run, shards):
    result = run("merge", shards[1])
    assert result.exit_code == 2
    assert "missing of 2 shards: 1/2" in result.stderr


def test_no_shard_is_written_over(run, shards):
    result = run("merge", *shards, "--run", shards[0])
    assert result.exit_code == 2
    assert "is one of the shards" in result.stderr


def test_something_else_is_not_written_over(run, shards, tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "thesis.tex").write_text("", "utf-8")
    result = run("merge", *shards, "--run", str(tmp_path / "papers"))
    assert result.exit_code == 2
    assert "holds something else than a run" in result.stderr


def test_a_shard_can_be_scanned_again(run, shards):
    again = run(*SCAN, "--shard", "1/2", "--run", shards[0])
    assert again.exit_code == 1
    assert "1 of 1 tasks were done already; none is left" in again.stderr


def test_a_folder_of_another_shard_is_left_alone(run, shards):
    result = run(*SCAN, "--shard", "2/2", "--run", shards[0])
    assert result.exit_code == 2
    assert "shard number was 1 and is 2" in result.stderr
    shutil.rmtree(shards[0])


@pytest.mark.parametrize("verb", ["clean", "impact"])
def test_what_needs_all_refuses_a_shard(run, shards, tmp_path, verb):
    out = ["-o", str(tmp_path / "clean")] if verb == "clean" else []
    name = ["--run", shards[0]] if verb == "clean" else [shards[0]]
    result = run(verb, *name, *out)
    assert result.exit_code == 2
    assert f"{verb} needs all that was found, and this run is shard 1 of 2" in result.stderr
