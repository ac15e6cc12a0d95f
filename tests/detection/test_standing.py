"""Standing: what counts, and what does not."""

from __future__ import annotations

import pytest

from leakcheck.detection.finding import KINDS, Finding
from leakcheck.detection.standing import COUNTED_KINDS, is_allowed, standing_of

from ..findings import finding_fields


@pytest.mark.parametrize(
    ("role", "kind", "shared", "standing"),
    [
        ("test", "variant", False, "variant"),
        ("test", "variant", True, "variant"),
        ("train", "variant", False, "variant"),
        ("test", "verbatim", True, "shared"),
        ("train", "verbatim", False, "overlap"),
        ("train", "verbatim", True, "overlap"),
        ("dev", "near", False, "overlap"),
        ("fewshot", "near", False, "overlap"),
        ("test", "rewritten", False, "leak"),
        ("test", "verbatim", False, "leak"),
    ],
)
def test_only_a_test_item_of_its_own_with_its_numbers_is_a_leak(role, kind, shared, standing):
    assert standing_of(role, kind, shared) == standing


def test_every_kind_but_variants_counts():
    assert set(KINDS) - set(COUNTED_KINDS) == {"variant"}


@pytest.mark.parametrize(
    ("accepted", "allowed"),
    [("", False), ("baseline", False), ("allow: licensed by its authors", True)],
)
def test_a_baseline_allows_nothing(accepted, allowed):
    assert is_allowed(accepted) is allowed


@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        ({}, True),
        ({"role": "train"}, True),
        ({"accepted": "baseline"}, False),
        ({"accepted": "allow: ours"}, False),
        ({"shared": True}, False),
        ({"kind": "variant"}, False),
    ],
    ids=str,
)
def test_a_finding_counts_unless_it_is_set_aside(changes, counted):
    assert Finding(**finding_fields(**changes)).is_counted is counted
