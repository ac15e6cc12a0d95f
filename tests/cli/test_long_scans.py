"""`leakcheck scan` of what is large: going on with --run, parts with --shard, --sample."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leakcheck.run.last import last_run
from leakcheck.run.store import write_run
from leakcheck.scanning import Scanner
from leakcheck.scanning.keeping import kept_in

ROOT = Path(__file__).parents[2]
SCAN = ("scan", "examples/corpus", "--bench", "demo", "--isolated")
BENCHES = ("--bench", "demo")
SAMPLE = ("--sample", "60%", "--seed", "4")


@pytest.fixture
def root(monkeypatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        pytest.param(["--shard", "3"], "a shard is i/n", id="no fraction"),
        pytest.param(["--shard", "0/4"], "a shard is i/n", id="from 0"),
        pytest.param(["--shard", "5/4"], "a shard is i/n", id="more than all"),
        pytest.param(["--shard", "1/4"], "needs --run DIR", id="shard without a run"),
        pytest.param(["--sample", "some"], "share of the corpus", id="no number"),
        pytest.param(["--sample", "0%"], "share of the corpus", id="nothing"),
        pytest.param(["--sample", "100%"], "share of the corpus", id="all"),
        pytest.param(["--sample", "1/0"], "share of the corpus", id="by nought"),
        pytest.param(["--seed", "3"], "give --sample too", id="seed of no sample"),
        pytest.param(
            ["--sample", "1%", "--update-baseline"], "and this is a part", id="baseline of a sample"
        ),
        pytest.param(
            ["--sample", "1%", "--preset", "palm"], "leave --shard and --sample", id="preset"
        ),
        pytest.param(["--sample", "1%", "--diff-base", "HEAD"], "single rows", id="new rows"),
    ],
)
def test_what_makes_no_sense_is_refused(run, root, options, told):
    result = run(*SCAN, *options)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_standard_input_has_no_shards(run, tmp_path):
    arguments = ["scan", "-", *BENCHES, "--shard", "1/2", "--run", str(tmp_path / "run")]
    result = run(*arguments, input='{"text": "x"}\n')
    assert result.exit_code == 2
    assert "standard input is read once" in result.stderr
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("share", ["60%", "60 %", "0.6", "3/5"])
def test_a_share_can_be_written_in_many_ways(run, root, share):
    told = json.loads(run(*SCAN, "--sample", share, "-f", "json").stdout)
    assert told["sample"]["share"] == 0.6


def test_a_stopped_scan_goes_on(run, root, tmp_path):
    folder = tmp_path / "run"
    with kept_in(folder, print) as keeper:  # as a scan that was stopped before its end
        Scanner(["demo"]).scan(["examples/corpus"], keeper=keeper)
    result = run(*SCAN, "--run", str(folder))
    assert result.exit_code == 1
    assert f"note: {folder}: 1 of 1 tasks were done already; none is left" in result.stderr
    assert not (folder / "parts").exists()
    assert (folder / "run.json").is_file()


def test_a_stopped_scan_of_another_field_is_told(run, root, tmp_path):
    with kept_in(tmp_path / "run", print) as keeper:
        Scanner(["demo"]).scan(["examples/corpus"], keeper=keeper)
    result = run(*SCAN, "--run", str(tmp_path / "run"), "--text-field", "text")
    assert result.exit_code == 2
    assert 'text_field was null and is "text"' in result.stderr


def test_a_folder_that_cannot_be_written_is_told_before_the_scan(run, scan_gives, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    calls = scan_gives("clean")
    result = run("scan", "corpus", *BENCHES, "--run", str(tmp_path / "file" / "run"))
    assert result.exit_code == 2
    assert "cannot be written: Not a directory; name another folder" in result.stderr
    assert calls == []


def test_a_preset_says_that_it_starts_anew(run, root, tmp_path):
    result = run(*SCAN, "--preset", "palm", "--run", str(tmp_path / "run"))
    assert "note: a scan by a preset is kept when it ends; stopped, it starts anew" in result.stderr
    assert (tmp_path / "run" / "run.json").is_file()


def test_a_shard_is_not_the_last_run(run, root, tmp_path):
    write_run(Scanner(["demo"]).scan(["examples/corpus"]), last_run())
    before = (last_run() / "run.json").read_bytes()
    run(*SCAN, "--shard", "1/2", "--run", str(tmp_path / "run"))
    assert (last_run() / "run.json").read_bytes() == before


class TestSample:
    def test_it_is_the_same_again(self, run, root):
        first, second = run(*SCAN, *SAMPLE), run(*SCAN, *SAMPLE, "--threads", "1")
        assert first.stdout == second.stdout
        assert "a probability of 60 % (seed 4)" in " ".join(first.stdout.split())

    def test_another_seed_is_another(self, run, root):
        units = {
            run(*SCAN, "--sample", "60%", "--seed", seed, "-f", "json").stdout for seed in "123"
        }
        assert len(units) == 3

    def test_its_run_is_read_as_it_was_written(self, run, root, tmp_path):
        folder = str(tmp_path / "run")
        scanned = run(*SCAN, *SAMPLE, "--run", folder, "-f", "json")
        assert run("report", folder, "-f", "json").stdout == scanned.stdout

    def test_a_finding_of_it_can_be_explained(self, run, root, tmp_path):
        folder = str(tmp_path / "run")
        found = run(*SCAN, *SAMPLE, "--run", folder, "-f", "jsonl").stdout.splitlines()
        fingerprint = json.loads(found[0])["fingerprint"]
        assert run("explain", fingerprint, "--run", folder).exit_code == 0

    def test_an_item_it_has_not_may_be_elsewhere(self, run, root, tmp_path):
        folder = str(tmp_path / "run")
        found = run(*SCAN, *SAMPLE, "--run", folder, "-f", "jsonl").stdout
        item = next(f"test/{n}" for n in range(24) if f'"test/{n}"' not in found)
        result = run("explain", f"demo:{item}", "--run", folder)
        assert "not found in the sample that this run looked at" in result.stderr

    @pytest.mark.parametrize("verb", ["clean", "impact"])
    def test_what_needs_all_refuses_it(self, run, root, tmp_path, verb):
        folder = str(tmp_path / "run")
        run(*SCAN, *SAMPLE, "--run", folder)
        out = ["--run", folder, "-o", str(tmp_path / "out")] if verb == "clean" else [folder]
        result = run(verb, *out)
        assert result.exit_code == 2
        assert f"{verb} needs all that was found, and this run looked at a sample" in result.stderr
