"""One finding in words."""

from __future__ import annotations

import msgspec
import pytest

from leakcheck.detection.finding import Finding
from leakcheck.report.evidence import described, place_of, standing_of, twins_of


@pytest.fixture
def finding(make):
    return lambda item="test/3", **changes: msgspec.convert(make.finding(item, **changes), Finding)


@pytest.mark.parametrize(
    ("item", "changes", "standing"),
    [
        ("test/3", {"kind": "variant"}, "variant"),
        ("train/3", {"kind": "variant"}, "variant"),
        ("test/3", {"shared": True}, "shared"),
        ("train/3", {}, "overlap"),
        ("train/3", {"shared": True}, "overlap"),
        ("val/3", {"role": "dev"}, "overlap"),
        ("test/3", {"kind": "rewritten"}, "leak"),
        ("test/3", {}, "leak"),
    ],
)
def test_only_a_test_item_of_its_own_with_its_numbers_is_a_leak(finding, item, changes, standing):
    assert standing_of(finding(item, **changes)) == standing


def test_a_description_names_the_item_and_none_of_its_text(finding):
    told = described(finding(also=["test/9"], kind="near"))
    assert told == (
        "riddles test/3 (the same text: test/9), lightly edited, question and answer: "
        "score 1.00, p-value 0.001"
    )


def test_a_place_without_a_source_is_file_and_row(finding):
    assert place_of(finding(source="")) == "corpus/web.jsonl, row 4"


def test_of_many_twins_the_first_are_named_and_the_rest_counted(finding):
    twins = twins_of(finding(also=[f"test/{n}" for n in range(4, 24)]))
    assert twins == ["test/4", "test/5", "test/6", "17 more"]
