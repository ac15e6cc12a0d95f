"""The benchmarks of a run: loaded again only where they are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakcheck.choosing import choose
from leakcheck.errors import BenchmarkFilesError
from leakcheck.impact.results import Document
from leakcheck.impact.run_benchmarks import benchmarks_of_run, hashes_of_run, look_of_run
from leakcheck.verdict.records import CorpusReport, PackReport, Report, SettingsReport

EXAMPLES = Path(__file__).parents[2] / "examples"


def report_of(bench: list[str], packs: list[PackReport]) -> Report:
    settings = SettingsReport([], None, 1, packs, bench)
    return Report("1", settings, CorpusReport(0, 0, 0, 0, []), (), None)


@pytest.fixture
def pack() -> PackReport:
    [demo] = choose(["demo"])
    return PackReport("demo", ["1"], demo.pack.header.checksum)


def loaded(report):
    notes = []
    return [each.card.name for each in benchmarks_of_run(report, [], notes.append)], notes


def test_the_packs_of_a_run_are_loaded(pack):
    assert loaded(report_of(["demo"], [pack])) == (["demo"], [])


def test_of_a_group_only_what_the_run_used_is_taken(pack):
    assert loaded(report_of(["demo", "demo_trivia"], [pack])) == (["demo"], [])


def test_a_pack_that_has_changed_is_told_and_not_looked_at():
    names, notes = loaded(report_of(["demo"], [PackReport("demo", ["1"], "other")]))
    assert names == []
    assert notes == ["the pack of demo is another than the run's: its texts are not looked at"]


def test_a_benchmark_that_is_gone_is_told(pack):
    names, notes = loaded(report_of(["demo", "gone.jsonl"], [pack]))
    assert names == ["demo"]
    assert notes[0].startswith("documents cannot be known by their text: gone.jsonl")


def test_without_benchmarks_no_text_is_known():
    look = look_of_run([], {})
    assert look.benches == set()
    assert look.find([Document("0", (("question", "Why?"),))]) == [{}]


def test_hashes_come_from_the_publishers_files():
    demo = choose(["demo"])
    assert hashes_of_run(demo, None) == {}
    assert len(hashes_of_run(demo, EXAMPLES / "demo_benchmark")["demo"]) == 24


def test_a_folder_with_the_files_of_no_benchmark_is_refused(tmp_path):
    with pytest.raises(BenchmarkFilesError, match="has no test file of demo; see --item-texts"):
        hashes_of_run(choose(["demo"]), tmp_path)
