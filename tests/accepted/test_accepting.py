"""Why a finding is not counted, and when an entry is stale."""

from __future__ import annotations

import pytest

from leakcheck.accepted import Accepting, Allowed, Baseline, changed_packs, is_of_everything
from leakcheck.accepted.baseline import Known, PackUsed, Params

ALLOWED = Allowed("licensed", bench="riddles", item="test/3")


def known(finding):
    return Known(finding.fingerprint, finding.bench, finding.split, finding.item, finding.kind)


def accepting(*allowed, findings=()):
    return Accepting(allowed, Baseline(findings=tuple(map(known, findings))))


def test_what_nobody_knows_is_counted(finding):
    assert accepting(ALLOWED, findings=[finding("test/4")]).why(finding("test/5")) == ""


def test_a_fingerprint_is_of_one_benchmark(finding):
    before = finding("test/4", bench="sums")
    assert accepting(findings=[before]).why(finding("test/4")) == ""


def test_where_a_finding_stands_does_not_matter(finding):
    before = finding("test/4")
    now = finding("test/4", path="other/shard-7.parquet", row=812, source="messages[1].content")
    assert accepting(findings=[before]).why(now) == "baseline"


def test_a_reason_comes_before_the_baseline(finding):
    assert accepting(ALLOWED, findings=[finding()]).why(finding()) == "allow: licensed"


def test_entries_that_fit_are_not_stale(finding):
    both = accepting(ALLOWED, findings=[finding("test/4")])
    assert both.stale([finding("test/3"), finding("test/4")], ["riddles"]) == ()


def test_entries_that_fit_nothing_are_stale(finding):
    both = accepting(ALLOWED, findings=[finding("test/4", fingerprint="00c0ffee")])
    assert both.stale([], ["riddles"]) == (
        "allow: riddles test/3 (licensed)",
        "baseline: 00c0ffee riddles test/4 verbatim",
    )


def test_of_a_benchmark_that_was_not_looked_for_nothing_is_stale(finding):
    assert accepting(ALLOWED, findings=[finding("test/4")]).stale([], ["sums"]) == ()


def test_an_entry_without_benchmark_is_never_stale():
    alone = accepting(Allowed("licensed", fingerprint="c0ffee"))
    assert alone.stale([], ["riddles"]) == ()


@pytest.mark.parametrize(
    ("paths", "diff_base", "expected"),
    [
        pytest.param(["{}/a.jsonl"], None, False, id="a file"),
        pytest.param(["{}", "{}/a.jsonl"], None, False, id="a folder and a file"),
        pytest.param(["{}"], "main", False, id="new rows"),
        pytest.param(["-"], None, False, id="standard input"),
        pytest.param(["{}"], None, True, id="a folder"),
        pytest.param(["{}/*.jsonl"], None, True, id="a pattern"),
    ],
)
def test_what_sees_everything(tmp_path, paths, diff_base, expected):
    (tmp_path / "a.jsonl").touch()
    paths = [path.format(tmp_path) for path in paths]
    assert is_of_everything(paths, diff_base) is expected


def test_other_packs_are_told(finding, report):
    packs = (PackUsed("riddles", "6", "decaf0"), PackUsed("sums", "1", "c0ffee"))
    before = Baseline(indexes=packs, params=Params(tokeniser=2))
    (told,) = changed_packs(before, report(benchmarks=["riddles", "sums", "facts"]))
    assert "riddles has another pack" in told
    assert "decaf0 then, c0ffee now" in told


def test_another_tokeniser_is_told_where_anything_is_known(finding, report):
    params = Params(tokeniser=1)
    assert changed_packs(Baseline(params=params), report()) == []
    assert len(changed_packs(Baseline(params=params, findings=(known(finding()),)), report())) == 1
