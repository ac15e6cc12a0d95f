"""Item by item: what was found of each test item, and what of it counts."""

from __future__ import annotations

import msgspec
import pytest

from leakcheck.detection.finding import Finding
from leakcheck.verdict.items import items_of_test
from leakcheck.verdict.records import ITEM_SCHEMA

LONG = "Seven ferries cross the Yarrow at dusk, each with 14 lanterns and 3 crates of walnuts {}."


@pytest.fixture(scope="module")
def riddles(make_benchmark):
    return make_benchmark(
        {
            "train/0": LONG.format("from Orrin"),
            "test/0": LONG.format("from Taro"),
            "test/1": LONG.format("from Minu"),
            "test/2": "Why?",
        }
    )


FOUND = Finding(
    "riddles",
    "test",
    "test",
    "test/0",
    "near",
    1.0,
    200.0,
    0.0,
    0.0,
    ["question"],
    "corpus.jsonl",
    0,
    "text",
    0,
    10,
    [],
    False,
    "",
)


def found(**changes) -> Finding:
    return msgspec.structs.replace(FOUND, **changes)


def states(riddles, *findings) -> dict[str, tuple]:
    rows = items_of_test(riddles, findings).to_pylist()
    return {row["item"]: (row["kind"], row["shared"], row["accepted"]) for row in rows}


NOTHING = ("", False, "")


def test_every_test_item_has_a_row_in_the_order_of_the_benchmark(riddles):
    table = items_of_test(riddles, [])
    assert table.schema == ITEM_SCHEMA
    assert table["item"].to_pylist() == ["test/0", "test/1", "test/2"]
    assert set(table["bench"].to_pylist()) == {"riddles"}


def test_an_item_that_is_too_short_to_be_found_is_not_testable(riddles):
    assert items_of_test(riddles, [])["testable"].to_pylist() == [True, True, False]


@pytest.mark.parametrize(
    "finding",
    [
        pytest.param(found(bench="sums"), id="of another benchmark"),
        pytest.param(found(item="train/0", split="train", role="train"), id="of another split"),
    ],
)
def test_other_findings_say_nothing_of_the_test(riddles, finding):
    assert set(states(riddles, finding).values()) == {NOTHING}


@pytest.mark.parametrize(
    ("findings", "state"),
    [
        pytest.param([found()], ("near", False, ""), id="once"),
        pytest.param(
            [found(kind="variant"), found(kind="rewritten"), found(kind="near")],
            ("near", False, ""),
            id="the best kind",
        ),
        pytest.param([found(kind="variant")], ("variant", False, ""), id="a variant only"),
        pytest.param([found(shared=True)], ("near", True, ""), id="shared"),
        pytest.param(
            [found(accepted="baseline")], ("near", False, "baseline"), id="accepted everywhere"
        ),
        pytest.param(
            [found(kind="verbatim", accepted="baseline"), found(kind="rewritten")],
            ("rewritten", False, ""),
            id="accepted in one place only",
        ),
        pytest.param(
            [found(accepted="allow: ours"), found(accepted="baseline")],
            ("near", False, "allow: ours"),
            id="accepted twice",
        ),
        pytest.param([found(accepted="chance")], ("near", False, "chance"), id="by chance"),
        pytest.param(
            [found(kind="verbatim", accepted="chance"), found(accepted="baseline")],
            ("near", False, "baseline"),
            id="by chance in one place and accepted in another",
        ),
    ],
)
def test_an_item_is_summed_up_over_its_findings(riddles, findings, state):
    assert states(riddles, *findings) == {"test/0": state, "test/1": NOTHING, "test/2": NOTHING}


def test_the_twins_of_an_item_are_found_with_it(riddles):
    told = states(riddles, found(also=["test/1", "sums:test/2"]))
    assert told == {
        "test/0": ("near", False, ""),
        "test/1": ("near", False, ""),
        "test/2": NOTHING,
    }
