"""The assessment: bounds without results, scores with them, and what the run says beside."""

from __future__ import annotations

import pyarrow as pa
import pytest

from leakcheck.errors import UsageError
from leakcheck.impact.assess import assess
from leakcheck.impact.gathering import Choice, Gathered
from leakcheck.impact.results import Problem, ScoreName, TaskResults
from leakcheck.impact.scored import Scored
from leakcheck.verdict.records import (
    ITEM_SCHEMA,
    BenchmarkReport,
    CorpusReport,
    Report,
    SettingsReport,
    SplitReport,
)

ACC = ScoreName("", "acc")


def report_of(*benchmarks: str, leaked: int = 20, verdict: str = "leaked") -> Report:
    """Report benchmarks of 100 test items each, the first of them leaked."""
    zero = [0] * 9
    splits = {
        "test": SplitReport("test", 100, leaked, *zero),
        "train": SplitReport("train", 900, 7, *zero),
    }
    rows = [
        {
            "bench": bench,
            "split": "test",
            "item": f"test/{n}",
            "kind": "verbatim" if n < leaked else "",
            "shared": False,
            "accepted": "",
            "testable": True,
        }
        for bench in benchmarks
        for n in range(100)
    ]
    return Report(
        version="1",
        settings=SettingsReport([], None, 1, []),
        corpus=CorpusReport(1, 1, 1, 0, []),
        benchmarks=tuple(
            BenchmarkReport(bench, verdict, "hard", 20.0, "because", 0.0, splits)
            for bench in benchmarks
        ),
        findings=pa.table({}),
        items=pa.Table.from_pylist(rows, ITEM_SCHEMA),
    )


def scored(model="tiny", leaked=1.0, clean=0.5, items=range(100), bench="demo") -> Scored:
    scores = {f"test/{n}": float(n % 10 < 10 * (leaked if n < 20 else clean)) for n in items}
    return Scored(bench, model, ("demo",), ACC, scores)


def only(impact):
    [benchmark] = impact.benchmarks
    return benchmark


@pytest.mark.parametrize(
    ("leaked", "standing"), [(0, "credible"), (1, "credible"), (20, "undecided")]
)
def test_without_results_the_bound_is_exact_and_decides(leaked, standing):
    told = only(assess(report_of("demo", leaked=leaked), Gathered([], []), []))
    assert (told.items, told.leaked, told.max_inflation_points) == (100, leaked, leaked)
    assert told.standing == standing
    assert told.scores == []


def test_a_planted_gain_is_found_and_not_credible():
    told = only(assess(report_of("demo"), Gathered([scored()], []), []))
    [score] = told.scores
    assert score.measures.all.mean == pytest.approx(0.6)
    assert score.measures.clean.mean == pytest.approx(0.5)
    assert score.measures.gain.estimate == pytest.approx(0.1)
    assert (score.standing, told.standing) == ("not_credible", "not_credible")


def test_items_without_a_result_are_counted():
    told = only(assess(report_of("demo"), Gathered([scored(items=range(10, 90))], []), []))
    [score] = told.scores
    assert score.without_result == 20
    assert (score.measures.leaked.items, score.measures.clean.items) == (10, 70)


def test_other_models_of_the_same_score_are_compared_with():
    every = [scored("tiny"), scored("big", leaked=0.5), scored("far", bench="other")]
    told = assess(report_of("demo", "other"), Gathered(every, []), [])
    matched = {each.model: each.matched for each in told.benchmarks[0].scores}
    assert matched["tiny"].models == matched["big"].models == 1
    assert matched["tiny"].difference.estimate == pytest.approx(0.5)
    assert told.benchmarks[1].scores[0].matched is None


def test_with_a_model_named_the_others_are_only_compared_with():
    gathered = Gathered([scored("tiny"), scored("big", leaked=0.5)], [])
    told = only(assess(report_of("demo"), gathered, [], choice=Choice(model="big")))
    assert [each.model for each in told.scores] == ["big"]
    assert told.scores[0].matched.models == 1
    with pytest.raises(UsageError, match="no results of huge; there are of tiny, big"):
        assess(report_of("demo"), gathered, [], choice=Choice(model="huge"))


def test_benchmarks_without_results_are_named_where_others_have_some():
    told = assess(report_of("demo", "other"), Gathered([scored()], []), [])
    assert [each.bench for each in told.benchmarks] == ["demo"]
    assert told.without_results == ["other"]


def test_a_reported_score_has_bounds():
    told = only(assess(report_of("demo"), Gathered([], []), [], reported={"demo": 0.6}))
    assert tuple(told.reported.clean) == pytest.approx((0.5, 0.75))
    assert told.standing == told.reported.standing == "undecided"
    with pytest.raises(UsageError, match="--score: else is not in the run; it has demo"):
        assess(report_of("demo"), Gathered([], []), [], reported={"else": 0.6})


def test_a_reported_score_of_a_hundred_cannot_be_beyond_the_tolerance():
    told = only(assess(report_of("demo"), Gathered([], []), [], reported={"demo": 1.0}))
    assert told.standing == "credible"


def test_what_the_run_says_stands_beside():
    run = report_of("demo", leaked=0, verdict="inconclusive")
    told = only(assess(run, Gathered([], []), []))
    assert (told.verdict, told.standing) == ("inconclusive", "undecided")
    assert (told.in_distribution, told.overlap) == ("hard", [("train", 7, 900)])


def test_what_could_not_be_used_is_handed_on():
    problem = Problem("a.jsonl", 3, "not JSON")
    results = TaskResults("a.jsonl", "tiny", "demo", 0, [], {}, [problem])
    told = assess(report_of("demo"), Gathered([scored()], [], ["a note"]), [results])
    assert (told.problems, told.notes) == ([problem], ["a note"])


def test_the_tolerance_is_the_users():
    strict = only(assess(report_of("demo", leaked=1), Gathered([], []), [], tolerance_points=0.5))
    assert strict.standing == "undecided"
