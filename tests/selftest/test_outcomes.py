"""Outcomes: which findings count for a planted item, and which against it."""

from __future__ import annotations

import pytest

from leakcheck.detection.finding import Finding
from leakcheck.selftest.outcomes import Outcome, outcome_of

from ..findings import finding_fields


def found(item: str = "test/3", **changes) -> Finding:
    return Finding(**finding_fields(item, **changes))


NOTHING = Outcome(False, False, False, False, False)


@pytest.mark.parametrize(
    ("findings", "outcome"),
    [
        pytest.param([], NOTHING, id="nothing"),
        pytest.param([found(shared=True)], NOTHING, id="an item of both sides is of neither"),
        pytest.param([found(kind="variant")], NOTHING._replace(variant=True), id="a variant"),
        pytest.param([found("test/9", kind="variant")], NOTHING, id="a variant of another"),
        pytest.param([found()], Outcome(True, True, False, False, False), id="itself"),
        pytest.param(
            [found("test/9", also=["test/3"])], Outcome(True, True, False, False, False), id="twin"
        ),
        pytest.param([found("test/9")], Outcome(False, True, False, True, False), id="its split"),
        pytest.param([found("train/1")], Outcome(False, False, True, True, False), id="other"),
        pytest.param(
            [found(), found("train/1")], Outcome(True, True, True, True, False), id="both"
        ),
        pytest.param(
            [found("train/1", also=["test/3"])],
            Outcome(False, False, True, False, False),
            id="itself, called an item of the other side",
        ),
    ],
)
def test_what_findings_make_of_a_test_item(findings, outcome):
    assert outcome_of(findings, "test/3", "test") == outcome


def test_a_train_item_that_is_called_leakage_is_on_the_other_side():
    outcome = outcome_of([found("test/9")], "train/1", "other")
    assert outcome.other_side and not outcome.own_side and not outcome.missed


@pytest.mark.parametrize(
    ("findings", "missed"), [([], True), ([found("train/1")], False), ([found()], False)]
)
def test_missed_is_what_nothing_was_found_of(findings, missed):
    assert outcome_of(findings, "test/3", "test").missed == missed
