"""Judging: from findings to counts and one of four verdicts."""

from __future__ import annotations

import pytest

from leakcheck.benchmark.calibration import ChanceTail
from leakcheck.detection.finding import KINDS, Finding
from leakcheck.verdict.judge import judge
from leakcheck.verdict.records import CorpusReport

# One document in 2^9 has a verbatim finding by chance; every 10 bits more halve that.
VERBATIM = ChanceTail(log2_rate=-9.0, least_bits=70.0, decay=0.1, near=200)
OTHER = ChanceTail(log2_rate=-8.5, least_bits=65.0, decay=0.1, near=200)

LONG = "Lamplighter number {} climbs {} steps of the crooked tower before the carillon plays dusk."
ITEMS = {
    **{f"train/{n}": LONG.format(n + 41, n + 7) for n in range(10)},
    **{f"test/{n}": LONG.format(n + 73, n + 11) for n in range(20)},
    **{f"fewshot/{n}": LONG.format(n + 19, n + 3) for n in range(2)},
}


@pytest.fixture(scope="module")
def riddles(make_benchmark):
    return make_benchmark(ITEMS, verbatim_chance=VERBATIM, other_chance=OTHER)


def find(item: str = "test/3", **changes) -> Finding:
    split = item.partition("/")[0]
    finding = {
        "bench": "riddles",
        "split": split,
        "role": split,
        "item": item,
        "kind": "verbatim",
        "score": 1.0,
        "bits": 400.0,
        "e_value": 0.0,
        "p_value": 0.0,
        "fields": ["question"],
        "path": "corpus.jsonl",
        "row": 0,
        "source": "text",
        "start": 0,
        "end": 90,
        "also": [],
        "shared": False,
        "excerpt": "Lamplighter",
    }
    return Finding(**{**finding, **changes})


def corpus(documents: int = 1000, size: int = 100_000, unread_bytes: int = 0) -> CorpusReport:
    return CorpusReport(1, documents, size, unread_bytes, [])


@pytest.mark.parametrize(
    ("findings", "read", "verdict"),
    [
        pytest.param([], corpus(), "clean", id="nothing"),
        pytest.param([find(kind="variant")], corpus(), "clean", id="a-variant-is-another-problem"),
        pytest.param([find(shared=True)], corpus(), "clean", id="shared-proves-neither-split"),
        pytest.param([find(bits=81.0, kind="near")], corpus(), "clean", id="one-vague-match"),
        pytest.param(
            [find(f"test/{n}", bits=81.0, kind="rewritten") for n in range(10)],
            corpus(50_000),
            "clean",
            id="ten-vague-matches-in-many-documents",
        ),
        pytest.param(
            [find(kind="near", bits=120.0)] * 9, corpus(), "clean", id="one-item-many-times"
        ),
        pytest.param([], corpus(unread_bytes=5000), "clean", id="a-little-unread"),
        pytest.param([find("train/1")], corpus(), "in_distribution", id="train"),
        pytest.param([find("fewshot/1")], corpus(), "in_distribution", id="fewshot"),
        pytest.param(
            [find("train/1"), find("test/1", kind="near", bits=81.0)],
            corpus(),
            "in_distribution",
            id="train-and-a-chance-match-in-test",
        ),
        pytest.param([find("train/1", shared=True)], corpus(), "clean", id="train-shared"),
        pytest.param(
            [find(bits=200.0)],
            corpus(documents=18_000),
            "inconclusive",
            id="between-1-and-10-percent",
        ),
        pytest.param([], corpus(unread_bytes=5001), "inconclusive", id="over-5-percent-unread"),
        pytest.param(
            [find("train/1")], corpus(unread_bytes=9000), "inconclusive", id="train-and-unread"
        ),
        pytest.param([find()], corpus(), "leaked", id="one-verbatim-item"),
        pytest.param([find()], corpus(unread_bytes=90_000), "leaked", id="a-leak-in-what-was-read"),
        pytest.param([find(), find("train/1")], corpus(), "leaked", id="test-and-train"),
        pytest.param(
            [find(kind="rewritten", bits=400.0)], corpus(), "inconclusive", id="one-rewritten"
        ),
        pytest.param(
            [find(f"test/{n}", kind="near", bits=130.0) for n in range(6)],
            corpus(),
            "leaked",
            id="several-that-one-alone-would-not-prove",
        ),
        pytest.param([find(bits=400.0)], corpus(10**8), "leaked", id="verbatim-in-a-crawl"),
    ],
)
def test_verdict(riddles, findings, read, verdict):
    assert judge(riddles, findings, read).verdict == verdict


@pytest.mark.parametrize(
    ("findings", "read", "words"),
    [
        pytest.param([], corpus(), "no in-distribution overlap", id="clean"),
        pytest.param(
            [find(bits=81.0, kind="near")], corpus(), "no more than chance may give", id="by-chance"
        ),
        pytest.param([find("train/1")], corpus(), "must be declared", id="in-distribution"),
        pytest.param([find(bits=200.0)], corpus(documents=18_000), "look at them", id="in-doubt"),
        pytest.param([], corpus(unread_bytes=7000), "7% of the corpus", id="unread"),
        pytest.param([find()], corpus(), "not credible", id="leaked"),
    ],
)
def test_the_reason_says_why(riddles, findings, read, words):
    assert words in judge(riddles, findings, read).reason


@pytest.mark.parametrize(
    ("short", "verdict"),
    [
        pytest.param(0, "clean", id="none"),
        pytest.param(1, "clean", id="one-in-twenty-one"),
        pytest.param(3, "inconclusive", id="three-in-twenty-three"),
    ],
)
def test_too_many_untestable_test_items_leave_a_verdict_open(make_benchmark, short, verdict):
    items = {**ITEMS, **{f"test/short/{n}": "Who?" for n in range(short)}}
    report = judge(make_benchmark(items), [], corpus())
    assert report.splits["test"].untestable == short
    assert report.verdict == verdict


def test_untestable_train_items_leave_nothing_open(make_benchmark):
    items = {**ITEMS, **{f"train/short/{n}": "Who?" for n in range(30)}}
    report = judge(make_benchmark(items), [], corpus())
    assert report.splits["train"].untestable >= 30
    assert report.verdict == "clean"


@pytest.mark.parametrize(
    ("fields", "able"),
    [
        pytest.param({"question": ""}, False, id="empty"),
        pytest.param({"question": "Who?"}, False, id="one-word"),
        pytest.param({"question": "What is the name of this?"}, False, id="common-words"),
        pytest.param({"question": "zxqvjklw vellmarite"}, False, id="rare-but-two-words"),
        pytest.param(
            {"question": "Who?", "context": LONG.format(3, 4)}, False, id="context-alone-is-none"
        ),
        pytest.param(
            {"question": "Who?", "answer": LONG.format(3, 4)},
            False,
            id="nothing-to-find-the-question-by",
        ),
        pytest.param({"question": LONG.format(3, 4)}, True, id="long"),
        pytest.param(
            {"question": "Who keeps it?", "answer": "vellmarite zxqvjklw 4711 Greyfriars 8123"},
            True,
            id="short-with-a-long-answer",
        ),
    ],
)
def test_an_item_is_testable_if_a_copy_of_it_would_be_found(make_benchmark, fields, able):
    assert make_benchmark({"test/0": fields}).testable.tolist() == [able]


def test_an_item_counts_once_by_its_best_kind(riddles):
    findings = [
        *(find("test/1", kind=kind) for kind in ("rewritten", "verbatim", "variant")),
        *(find("test/2", kind=kind) for kind in ("near", "near")),
        *(find("test/3", kind=kind) for kind in ("variant", "rewritten")),
        find("test/4", kind="variant"),
    ]
    test = judge(riddles, findings, corpus()).splits["test"]
    assert (test.verbatim, test.near, test.rewritten, test.variant) == (1, 1, 1, 1)
    assert test.matched == 3


def test_variants_are_not_matched_and_do_not_inflate(riddles):
    report = judge(riddles, [find(kind="variant", fields=["question", "answer"])], corpus())
    assert report.splits["test"].matched == 0
    assert report.splits["test"].with_answer == 0
    assert report.max_inflation_points == 0.0


def test_inflation_is_the_share_of_test_items_in_points(riddles):
    findings = [find("test/1"), find("test/2"), find("test/2"), find("train/1")]
    assert judge(riddles, findings, corpus()).max_inflation_points == 10.0


def test_shared_items_count_apart_and_in_the_test_split_there_alone(riddles):
    finding = find("test/1", shared=True, also=["train/4"])
    splits = judge(riddles, [finding], corpus()).splits
    assert (splits["test"].shared, splits["test"].matched) == (1, 0)
    assert (splits["train"].shared, splits["train"].matched) == (1, 1)
    assert splits["fewshot"].shared == 0


def test_items_of_the_same_text_count_as_found(riddles):
    splits = judge(riddles, [find("test/1", also=["test/2", "other:test/3"])], corpus()).splits
    assert splits["test"].matched == 2


def test_items_found_with_their_answer_are_counted(riddles):
    findings = [
        find("test/1", fields=["question", "answer"]),
        find("test/1"),
        find("test/2", fields=["question", "code"]),
    ]
    assert judge(riddles, findings, corpus()).splits["test"].with_answer == 1


def test_what_chance_gives_is_divided_by_the_items_of_the_splits(riddles):
    splits = judge(riddles, [], corpus()).splits
    rate = VERBATIM.rate(70.0) + OTHER.rate(65.0)
    assert {name: split.expected_by_chance for name, split in splits.items()} == {
        "train": pytest.approx(1000 * rate * 10 / 32, abs=1e-3),
        "test": pytest.approx(1000 * rate * 20 / 32, abs=1e-3),
        "fewshot": pytest.approx(1000 * rate * 2 / 32, abs=1e-3),
    }


def test_a_split_counts_by_its_role_whatever_it_is_called(make_benchmark):
    made = make_benchmark(
        {name.replace("test", "val"): text for name, text in ITEMS.items()}, roles={"val": "test"}
    )
    report = judge(made, [find("val/3", role="test")], corpus())
    assert report.verdict == "leaked"
    assert report.splits["val"].role == "test"


@pytest.mark.parametrize("kinds", [1, 2, 3])
def test_the_p_value_is_a_probability_however_many_kinds_there_are(riddles, kinds):
    findings = [find(f"test/{n}", kind=KINDS[n], bits=81.0) for n in range(kinds)]
    assert 0.0 <= judge(riddles, findings, corpus(10**6)).p_value <= 1.0


def test_nothing_found_has_a_p_value_of_1(riddles):
    assert judge(riddles, [], corpus()).p_value == 1.0


def test_what_is_accepted_counts_for_nothing_but_the_verdict_with_it(riddles):
    accepted = find("test/3", accepted="baseline")
    report = judge(riddles, [accepted, find("train/1")], corpus())
    assert (report.verdict, report.splits["test"].matched) == ("in_distribution", 0)
    assert (report.accepted, report.verdict_with_accepted) == (1, "leaked")
    assert report.reason.startswith("without what was accepted: no test leakage")


def test_what_is_accepted_and_changes_nothing_leaves_the_reason(riddles):
    report = judge(riddles, [find("test/3"), find("test/4", accepted="allow: ours")], corpus())
    assert (report.verdict, report.verdict_with_accepted) == ("leaked", "leaked")
    assert report.reason.startswith("test items are in the corpus")


def test_nothing_accepted_leaves_no_other_verdict(riddles):
    assert judge(riddles, [find("test/3")], corpus()).verdict_with_accepted is None


def test_a_leak_that_is_no_more_than_chance_gives_is_told_by_its_match(riddles):
    report = judge(riddles, [find("test/3", bits=2000.0)], corpus(documents=10_000))
    assert report.splits["test"].expected_by_chance > 1
    assert report.verdict == "leaked"
    assert "chance gives as many, but so well matched with probability" in report.reason


def test_what_is_taken_for_chance_counts_for_nothing_at_all(riddles):
    report = judge(riddles, [find("test/3", accepted="chance")], corpus(), max_expected=1.0)
    assert (report.verdict, report.splits["test"].matched) == ("clean", 0)
    assert (report.by_chance, report.accepted, report.verdict_with_accepted) == (1, 0, None)


def test_what_is_taken_for_chance_is_not_in_the_verdict_with_what_was_accepted(riddles):
    findings = [find("test/3", accepted="chance"), find("train/1", accepted="baseline")]
    report = judge(riddles, findings, corpus(), max_expected=1.0)
    assert (report.by_chance, report.accepted) == (1, 1)
    assert report.verdict_with_accepted == "in_distribution"


def test_of_a_large_corpus_no_more_is_expected_than_is_counted(riddles):
    splits = judge(riddles, [], corpus(10**9), max_expected=3.0).splits
    assert sum(each.expected_by_chance for each in splits.values()) == pytest.approx(6.0, abs=0.01)
    assert sum(each.expected_verbatim for each in splits.values()) == pytest.approx(3.0, abs=0.01)


def test_a_limit_makes_the_few_that_are_left_certain(riddles):
    left = [find(f"test/{n}", bits=275.0) for n in range(12)]
    large = corpus(10**9)
    assert judge(riddles, left, large).verdict == "clean"
    assert judge(riddles, left, large, max_expected=2.0).verdict == "leaked"
