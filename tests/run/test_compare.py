"""Two runs compared: new, gone and changed, whatever file a text stands in."""

from __future__ import annotations

import time
from dataclasses import replace

import msgspec
import pytest

from leakcheck.run.compare import compare_runs
from leakcheck.scanning import scan


def test_a_run_is_the_same_as_itself(example):
    assert compare_runs(example, example).is_same


def test_the_same_texts_in_other_files_and_rows_are_the_same(make):
    before = make.run([make.finding(), make.finding(row=5)])
    after = make.run([make.finding(path="b.jsonl"), make.finding(path="c.jsonl", row=77)])
    assert compare_runs(before, after).is_same


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        pytest.param("", "", "", id="clean"),
        pytest.param("near", "near", "", id="leaked as before"),
        pytest.param("", "variant", "", id="a variant is no leak"),
        pytest.param("", "shared", "", id="nor is what is shared"),
        pytest.param("shared", "accepted", "", id="nor what is accepted"),
        pytest.param("", "near", "newly_leaked", id="new"),
        pytest.param("variant", "verbatim", "newly_leaked", id="now with its numbers"),
        pytest.param("accepted", "near", "newly_leaked", id="accepted no more"),
        pytest.param(None, "near", "newly_leaked", id="not looked for before"),
        pytest.param("near", "", "no_longer_leaked", id="gone"),
        pytest.param("near", "accepted", "no_longer_leaked", id="accepted"),
        pytest.param("near", None, "no_longer_leaked", id="not looked for any more"),
        pytest.param("rewritten", "verbatim", "other_kind", id="of another kind"),
    ],
)
def test_test_items_are_told_by_what_became_of_them(make, before, after, kept):
    names = {None: "not looked for", "": "not found"}
    old, new = (
        make.run(items={} if state is None else {"test/3": state}) for state in (before, after)
    )
    comparison = compare_runs(old, new)
    for name in ("newly_leaked", "no_longer_leaked", "other_kind"):
        told = [tuple(each) for each in getattr(comparison, name)]
        wanted = ("riddles", "test/3", names.get(before, before), names.get(after, after))
        assert told == ([wanted] if name == kept else [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(0, 1, id="new"),
        pytest.param(1, 0, id="gone"),
        pytest.param(1, 3, id="in more places"),
        pytest.param(4, 2, id="in fewer places"),
    ],
)
def test_texts_are_counted_by_their_places(make, before, after):
    old, new = (make.run([make.finding()] * count) for count in (before, after))
    [change] = compare_runs(old, new).findings
    assert change == (
        "00c0ffee00c0ffee",
        "riddles",
        "test/3",
        "test",
        "verbatim",
        before,
        after,
    )


def test_findings_of_a_benchmark_that_one_run_did_not_look_for_are_neither_new_nor_gone(make):
    both = [make.benchmark(), make.benchmark("sums")]
    old = make.run([make.finding(), make.finding(bench="sums")], benchmarks=both)
    comparison = compare_runs(old, make.run([make.finding()]))
    assert comparison.findings == []
    assert comparison.benchmarks[1].verdict_after is None
    assert comparison.benchmarks[1].leaked_after is None


def test_findings_stand_by_benchmark_the_test_first_and_by_number(make):
    items = ["train/1", "test/10", "test/9"]
    findings = [make.finding(f"{n:016x}", item=item) for n, item in enumerate(items)]
    changes = compare_runs(make.run(), make.run(findings)).findings
    assert [change.item for change in changes] == ["test/9", "test/10", "train/1"]


def test_a_verdict_alone_makes_a_difference(make):
    doubtful = make.run(benchmarks=[make.benchmark(verdict="inconclusive")])
    comparison = compare_runs(make.run(), doubtful)
    assert not comparison.is_same
    assert comparison.benchmarks[0].verdict_before == "leaked"
    assert comparison.benchmarks[0].verdict_after == "inconclusive"


@pytest.mark.parametrize(("verdict", "count"), [("leaked", 1), ("inconclusive", 0), ("clean", 0)])
def test_an_item_is_a_new_leak_if_its_benchmark_is_leaked(make, verdict, count):
    after = make.run(items={"test/3": "near"}, benchmarks=[make.benchmark(verdict=verdict)])
    comparison = compare_runs(make.run(items={"test/3": ""}), after)
    assert len(comparison.newly_leaked) == 1
    assert len(comparison.new_leaks) == count


def test_a_file_of_the_example_less_is_told_as_what_was_in_it(example, monkeypatch):
    without = [path for path in (each.path for each in example.files) if "chat" not in path]
    monkeypatch.chdir(__file__.rpartition("/tests/")[0])
    comparison = compare_runs(example, scan(without, ["demo", "demo_trivia"]))
    gone = {each.fingerprint for each in comparison.findings}
    chat = [f for f in example.iter_findings() if f.path.endswith("chat.jsonl")]
    assert gone == {finding.fingerprint for finding in chat}
    assert {each.item for each in comparison.no_longer_leaked} == {
        finding.item for finding in chat if finding.role == "test" and finding.kind != "variant"
    }
    assert comparison.newly_leaked == []
    assert [each.what for each in comparison.coverage][:2] == ["files", "documents"]


def test_fifty_thousand_findings_are_compared_in_seconds_of_a_processor(make):
    findings = [make.finding(f"{n:016x}", item=f"test/{n}") for n in range(50_000)]
    many = make.run(findings)
    fewer = replace(many, findings=many.findings.slice(25_000))
    started = time.process_time()
    assert len(compare_runs(many, fewer).findings) == 25_000
    assert time.process_time() - started < 10


def test_a_comparison_is_plain_data(make):
    changes = compare_runs(make.run(), make.run([make.finding()])).benchmarks
    assert msgspec.to_builtins(changes)[0]["name"] == "riddles"
