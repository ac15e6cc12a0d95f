"""Promises: broken by what chance does not explain, and by nothing else."""

from __future__ import annotations

import pytest

from leakcheck.selftest.outcomes import Outcome
from leakcheck.selftest.promises import broken_promises
from leakcheck.selftest.records import SideResult, row_of

OWN = Outcome(True, True, False, False, False)
CALLED_OTHER_TOO = Outcome(True, True, True, True, False)
MISSED = Outcome(False, False, False, False, False)


def side(outcomes, name="other", *, promised: bool = True) -> SideResult:
    row = row_of("in the middle", "copied", promised, outcomes)
    return SideResult(name, 1000, 0, 0, 0, len(outcomes), [row])


@pytest.mark.parametrize(
    "outcomes",
    [
        pytest.param([], id="nothing planted"),
        pytest.param([OWN] * 24, id="all found"),
        pytest.param([OWN] * 199 + [MISSED], id="one of 200 missed"),
        pytest.param([OWN] * 199 + [CALLED_OTHER_TOO], id="one of 200 called test too"),
    ],
)
def test_a_promise_is_kept(outcomes):
    assert broken_promises([side(outcomes)]) == []


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        pytest.param([OWN] * 190 + [MISSED] * 10, "190 of 200 found", id="ten missed"),
        pytest.param(
            [OWN] * 190 + [CALLED_OTHER_TOO] * 10, "10 of 200 called test leakage", id="called test"
        ),
    ],
)
def test_a_promise_is_broken(outcomes, said):
    (problem,) = broken_promises([side(outcomes)])
    assert problem.startswith("items of other splits, word for word, in the middle: " + said)


def test_what_was_not_promised_cannot_be_broken():
    assert broken_promises([side([MISSED] * 200, promised=False)]) == []


def test_overlap_beside_leakage_breaks_nothing():
    assert broken_promises([side([CALLED_OTHER_TOO] * 200, "test")]) == []


def test_a_test_item_that_is_called_overlap_alone_is_missed():
    called_other = Outcome(False, False, True, True, False)
    (problem,) = broken_promises([side([OWN] * 190 + [called_other] * 10, "test")])
    assert "test items, word for word, in the middle: 190 of 200 found" in problem
