"""`leakcheck bench`: build, list, show, verify."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from leakcheck.benchmark.calibration import (
    OTHER_UNMEASURED,
    ChanceTail,
    read_calibration,
    write_calibration,
)
from leakcheck.benchmark.pack import read_pack

ROOT = Path(__file__).parents[2]


@pytest.fixture
def shipped(monkeypatch, tmp_path):
    """Put a copy of the demo benchmark's card and pack in the place of all that is shipped."""
    for folder, names in (
        ("benchmarks", ["demo.toml"]),
        ("indexes", ["demo.parquet", "demo.calibration.parquet"]),
    ):
        (tmp_path / folder).mkdir()
        for name in names:
            shutil.copy(ROOT / folder / name, tmp_path / folder / name)
    monkeypatch.setenv("LEAKCHECK_CACHE_DIR", str(tmp_path / "cache"))
    for module in ("leakcheck.benchmark.card", "leakcheck.benchmark.folders"):
        monkeypatch.setattr(f"{module}.shipped_data", lambda kind: tmp_path / kind)
    return tmp_path


def test_verify_names_a_pack_that_is_damaged(run, shipped):
    pack = shipped / "indexes" / "demo.parquet"
    pack.write_bytes(pack.read_bytes()[:-100])
    result = run("bench", "verify")
    assert result.exit_code == 2
    assert "error: demo: " in result.stderr
    assert "1 of 1 cannot be used: demo" in result.stderr


def test_verify_names_a_calibration_that_is_missing(run, shipped):
    (shipped / "indexes" / "demo.calibration.parquet").unlink()
    result = run("bench", "verify")
    assert result.exit_code == 2
    assert "there is no such calibration" in result.stderr


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('revision = "1"', 'revision = "2"', "another revision"),
        ("items = 24", "items = 25", "other splits or items"),
    ],
)
def test_verify_names_a_pack_that_is_not_of_its_card(run, shipped, before, after, complaint):
    card = shipped / "benchmarks" / "demo.toml"
    card.write_text(card.read_text("utf-8").replace(before, after), "utf-8")
    result = run("bench", "verify")
    assert result.exit_code == 2
    assert complaint in result.stderr


def test_verify_passes_what_is_whole(run, shipped):
    result = run("bench", "verify")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("demo: 60 items, checksum ")


def test_show_refuses_an_unknown_name(run, shipped):
    result = run("bench", "show", "dmeo")
    assert result.exit_code == 2
    assert "did you mean demo" in result.stderr


def test_show_tells_the_card_and_the_pack(run, shipped):
    result = run("bench", "show", "demo")
    assert result.exit_code == 0
    for line in (
        "in distribution   unknown: nobody trained on it",
        "split             train (train): 30 items in train.jsonl",
        "                  test (test): 24 items in test.jsonl",
        "verbatim from     70 bits of evidence",
    ):
        assert line in result.stdout.splitlines()


def show_with(run, shipped, tail: ChanceTail) -> list[str]:
    path = shipped / "indexes" / "demo.calibration.parquet"
    calibration = read_calibration(path, read_pack(shipped / "indexes" / "demo.parquet"))
    write_calibration(replace(calibration, other_chance=tail), path)
    return run("bench", "show", "demo").stdout.splitlines()[-3:]


def test_show_says_that_chance_was_not_measured(run, shipped):
    assert show_with(run, shipped, OTHER_UNMEASURED) == [
        "chance, others    a finding of 65 bits in 5,000 documents at most, half as many with "
        "every 20 bits more",
        "                  not measured: what is promised of any benchmark",
        "                  a verdict takes one in 5,000 for chance",
    ]


def test_show_says_at_most_where_nothing_was_nearly_found(run, shipped):
    tail = ChanceTail(log2_rate=-19.0, least_bits=65.0, decay=0.05, growth=0.09)
    assert show_with(run, shipped, tail) == [
        "chance, others    a finding of 65 bits in 524,288 documents at most, half as many with "
        "every 20 bits more",
        "                  nothing in the background is nearly a finding",
        "                  a verdict takes one in 25,000 for chance",
    ]


@pytest.mark.parametrize(
    ("near", "found", "told"),
    [
        pytest.param((1, None, None), 0, "1 item nearly found", id="too-few"),
        pytest.param((30, 0.1, 0.7), 2, "they may be exponential", id="it-fits"),
        pytest.param((30, 0.4, 0.01), 2, "they are not exponential", id="it-does-not-fit"),
    ],
)
def test_show_tells_how_well_the_tail_fits(run, shipped, near, found, told):
    count, distance, probability = near
    tail = ChanceTail(-14.0, 65.0, 0.1, count, found, 0.09, distance, probability)
    lines = show_with(run, shipped, tail)
    assert lines[0] == (
        "chance, others    a finding of 65 bits in 16,384 documents, half as many with every 10 "
        "bits more"
    )
    assert told in lines[1]
    assert f"in the background, {found} of them wholly: " in lines[1]
    if probability is not None:
        assert lines[1].endswith(f"(Kolmogorov-Smirnov {distance:.2f}, p {probability})")
    else:
        assert lines[1].endswith("too few to say how well")
    assert lines[2].endswith("a verdict takes one in 16,384 for chance")


def test_show_tells_of_a_benchmark_without_a_pack(run, shipped):
    (shipped / "indexes" / "demo.parquet").unlink()
    result = run("bench", "show", "demo")
    assert result.exit_code == 0
    assert "pack              none: there is no pack of demo; `leakcheck bench build" in (
        result.stdout
    )


def test_show_names_the_items_that_cannot_be_found(run, shipped, monkeypatch):
    able = np.array([False] * 23 + [True] * 37)
    monkeypatch.setattr("leakcheck.detection.catalogue.Benchmark.testable", able)
    lines = run("bench", "show", "demo").stdout.splitlines()
    start = lines.index("untestable        23 of 60 items: too little text")
    assert lines[start + 1].strip() == "train/0"
    assert lines[start + 20].strip() == "train/19"
    assert lines[start + 21].strip() == "and 3 more"


def test_verify_notes_what_has_no_pack_and_goes_on(run, shipped):
    (shipped / "indexes" / "demo.parquet").unlink()
    result = run("bench", "verify")
    assert result.exit_code == 0
    assert "note: without a pack: demo" in result.stderr


def test_fetch_refuses_what_came_with_leakcheck(run, shipped):
    result = run("bench", "fetch", "demo")
    assert result.exit_code == 2
    assert "demo came with leakcheck" in result.stderr


def test_fetch_puts_the_pack_where_scans_find_it(run, shipped, monkeypatch):
    (shipped / "indexes" / "demo.parquet").unlink()
    calls = []

    def fetch_benchmark(card, output, background):
        calls.append((card.name, output, background))
        return [output / "demo.parquet"]

    monkeypatch.setattr("leakcheck.calibration.fetch.fetch_benchmark", fetch_benchmark)
    result = run("bench", "fetch", "demo")
    folder = shipped / "cache" / "packs"
    assert calls == [("demo", folder, None)]
    assert result.stdout == f"{folder / 'demo.parquet'}\n"


def test_fetch_refuses_what_the_hub_has_not(run, shipped):
    (shipped / "indexes" / "demo.parquet").unlink()
    result = run("bench", "fetch", "demo")
    assert result.exit_code == 2
    assert "names no files on the model hub" in result.stderr


def test_a_card_of_ones_own_is_built_beside_itself_with_a_key(run, shipped, tmp_path):
    own = tmp_path / "own" / "mine.toml"
    own.parent.mkdir()
    text = (shipped / "benchmarks" / "demo.toml").read_text("utf-8")
    own.write_text(text.replace('name = "demo"', 'name = "mine"'), "utf-8")
    key = tmp_path / "key"
    key.write_text("a tide of paper boats\n", "utf-8")
    source = str(ROOT / "examples" / "demo_benchmark")
    built = run("bench", "build", str(own), "--from", source, "--key", str(key))
    assert built.exit_code == 0
    assert sorted(path.name for path in own.parent.iterdir()) == [
        "mine.calibration.parquet",
        "mine.parquet",
        "mine.toml",
    ]
    refused = run("bench", "show", str(own))
    assert refused.exit_code == 2
    assert "sealed" in refused.stderr
    shown = run("bench", "show", str(own), "--key-file", str(key))
    assert shown.exit_code == 0
    assert f"{own.parent / 'mine'}.parquet, sealed" in shown.stdout


def test_list_tells_what_the_summary_of_a_pack_says(run, shipped):
    source = str(ROOT / "examples" / "demo_benchmark")
    assert run("bench", "build", "demo", "--from", source).exit_code == 0
    (row,) = [line for line in run("bench", "list").stdout.splitlines() if "Apache-2.0" in line]
    assert row.split()[0] == "demo"
    assert "100 %" in row


def test_list_counts_items_by_role(run, shipped):
    result = run("bench", "list")
    assert result.exit_code == 0
    assert "demo" in result.stdout
    for items in ("train 30", "test 24", "fewshot 6"):
        assert items in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["build", "demo"], id="no source"),
        pytest.param(["build", "demo", "--from", "nowhere"], id="no such folder"),
    ],
)
def test_build_refuses_a_wrong_call(run, arguments):
    assert run("bench", *arguments).exit_code == 2


def test_build_gives_the_builder_what_it_needs(run, shipped, monkeypatch):
    calls = []

    def build_benchmark(card, source, output, background, key, relatives):
        calls.append((card.name, source, output, background, key, relatives))
        return [output / "demo.parquet", output / "demo.calibration.parquet"]

    monkeypatch.setattr("leakcheck.calibration.build.build_benchmark", build_benchmark)
    result = run("bench", "build", "demo", "--from", str(ROOT / "examples" / "demo_benchmark"))
    folders = (ROOT / "examples" / "demo_benchmark",)
    assert calls == [("demo", folders, shipped / "indexes", None, None, None)]
    assert result.stdout.splitlines() == [
        str(shipped / "indexes" / "demo.parquet"),
        str(shipped / "indexes" / "demo.calibration.parquet"),
    ]
