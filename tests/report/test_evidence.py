"""One finding in words."""

from __future__ import annotations

import msgspec
import pytest

from leakcheck.detection.finding import Finding
from leakcheck.report.evidence import described, twins_of


@pytest.fixture
def finding(make):
    return lambda item="test/3", **changes: msgspec.convert(make.finding(item, **changes), Finding)


def test_a_description_names_the_item_and_none_of_its_text(finding):
    told = described(finding(also=["test/9"], kind="near"))
    assert told == (
        "riddles test/3 (the same text: test/9), lightly edited, question and answer: "
        "score 1.00, p-value 0.001"
    )


def test_of_many_twins_the_first_are_named_and_the_rest_counted(finding):
    twins = twins_of(finding(also=[f"test/{n}" for n in range(4, 24)]))
    assert twins == ["test/4", "test/5", "test/6", "17 more"]
