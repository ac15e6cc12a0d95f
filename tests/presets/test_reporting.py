"""A report by a preset: the same report as a scan's, its counts from the criterion."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leakcheck.errors import BenchmarkFilesError, UsageError
from leakcheck.impact.classes import LEAKED, classes_of_items
from leakcheck.presets import NEED_TEXTS, PRESETS, preset_of
from leakcheck.presets.reporting import scan_with_preset
from leakcheck.report import FORMATS, Sheet
from leakcheck.run.store import read_run, write_run

NAMING = ("table", "json", "jsonl")
"""The formats that say by which preset."""
EXAMPLES = Path(__file__).parents[2] / "examples"


def corpus_of(tmp_path: Path, split: str) -> str:
    """A corpus of the questions of one split of the demo benchmark."""
    rows = (EXAMPLES / "demo_benchmark" / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    path = tmp_path / f"{split}.jsonl"
    texts = [{"text": json.loads(row)["question"]} for row in rows]
    path.write_text("".join(json.dumps(each) + "\n" for each in texts), encoding="utf-8")
    return str(path)


@pytest.fixture
def train_report(tmp_path):
    return scan_with_preset([corpus_of(tmp_path, "train")], "demo", "palm")


@pytest.fixture
def test_report(tmp_path):
    return scan_with_preset([corpus_of(tmp_path, "test")], "demo", "palm")


def test_an_unknown_preset_names_the_nearest():
    with pytest.raises(UsageError, match="no preset 'palm2'; did you mean palm"):
        scan_with_preset(["corpus"], "demo", "palm2")


def test_a_corpus_of_nothing_is_clean(tmp_path):
    path = tmp_path / "empty.jsonl"
    path.write_text('{"text": "Nothing of the kind stands here."}\n', encoding="utf-8")
    (benchmark,) = scan_with_preset([str(path)], "demo", "palm").benchmarks
    assert (benchmark.verdict, benchmark.splits["test"].matched) == ("clean", 0)
    assert "palm" in benchmark.reason


def test_what_cannot_be_decided_is_not_called_clean(tmp_path):
    path = tmp_path / "empty.jsonl"
    path.write_text('{"text": "Nothing of the kind stands here."}\n', encoding="utf-8")
    (benchmark,) = scan_with_preset([str(path)], "mmlu", "lm-eval").benchmarks
    assert benchmark.verdict == "inconclusive"
    assert benchmark.splits["test"].untestable > 4000
    assert "cannot be decided by the preset lm-eval" in benchmark.reason


def test_train_items_alone_are_in_distribution(train_report):
    (benchmark,) = train_report.benchmarks
    assert benchmark.verdict == "in_distribution"
    assert benchmark.splits["train"].matched == benchmark.splits["train"].items
    assert benchmark.splits["test"].matched == 0


def test_flagged_test_items_are_called_leaked(test_report):
    (benchmark,) = test_report.benchmarks
    matched = benchmark.splits["test"].matched
    assert (benchmark.verdict, matched) == ("leaked", 24)
    assert benchmark.max_inflation_points == 100.0
    assert set(test_report.items["kind"].to_pylist()) == {"flagged"}


def test_every_flagged_item_says_where_it_stands(test_report):
    row = test_report.flagged.to_pylist()[3]
    assert (row["item"], row["row"], row["source"], row["score"]) == ("test/3", 3, "text", 1.0)
    assert row["excerpt"] and row["end"] - row["start"] == len(row["excerpt"])


def test_no_finding_claims_to_be_leakchecks_own(test_report):
    assert len(test_report.findings) == 0
    assert test_report.settings.preset == "palm"


def test_the_preset_stands_beside_every_rate(test_report):
    page = FORMATS["table"].render(test_report, Sheet(width=90))
    rates = [line for line in page.splitlines() if "%)" in line]
    assert rates and all("by palm" in line for line in rates)
    assert "expected by chance" not in page


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in NAMING])
def test_formats_without_a_place_for_the_name_refuse(name, test_report):
    with pytest.raises(UsageError, match=f"{name} has no place .* can be table, json, jsonl"):
        FORMATS[name].render(test_report, Sheet())


def test_json_lines_are_the_flagged_items(test_report):
    lines = FORMATS["jsonl"].render(test_report, Sheet()).splitlines()
    assert [json.loads(line)["item"] for line in lines] == [f"test/{n}" for n in range(24)]
    assert json.loads(lines[0])["preset"] == "palm"


def test_a_run_keeps_what_was_flagged(test_report, tmp_path):
    write_run(test_report, tmp_path / "run")
    kept = read_run(tmp_path / "run")
    assert kept.flagged.equals(test_report.flagged)
    assert kept.settings == test_report.settings


@pytest.mark.parametrize("name", sorted(NEED_TEXTS))
def test_criteria_on_characters_need_the_items_texts(name):
    with pytest.raises(UsageError, match=f"{name} decides by characters.*--item-texts DIR"):
        scan_with_preset(["corpus"], "demo", name)


def test_a_folder_without_the_publishers_files_is_said(tmp_path):
    with pytest.raises(BenchmarkFilesError, match="no such file"):
        scan_with_preset(["corpus"], "demo", "gpt4", item_texts=tmp_path)


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_says_what_it_is(name):
    preset = preset_of(name)
    assert preset.name == name
    assert preset.criterion and preset.source and preset.deviations


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_finds_verbatim_items_with_their_answers(name, tmp_path):
    rows = (EXAMPLES / "demo_benchmark" / "test.jsonl").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "copies.jsonl"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    texts = EXAMPLES / "demo_benchmark"
    (benchmark,) = scan_with_preset([str(path)], "demo", name, item_texts=texts).benchmarks
    split = benchmark.splits["test"]
    assert split.matched + split.untestable >= split.items - 1


def test_impact_takes_flagged_items_for_leaked_ones(test_report):
    classes = classes_of_items(test_report, "demo")
    assert set(classes.values()) == {"flagged"}
    assert "flagged" in LEAKED
