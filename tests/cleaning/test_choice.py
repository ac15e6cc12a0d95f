from __future__ import annotations

import pytest

from leakcheck.cleaning.choice import Wanted


@pytest.mark.parametrize(
    "changes",
    [
        {"role": "train"},
        {"role": "dev"},
        {"role": "fewshot"},
        {"kind": "variant"},
        {"shared": True},
        {"accepted": "allow: quoted in our paper"},
        {"accepted": "chance"},
    ],
    ids=["train", "dev", "fewshot", "other numbers", "in two splits", "allowed", "by chance"],
)
def test_what_leaks_nothing_stays(finding, changes):
    assert not Wanted().goes(finding(**changes))


@pytest.mark.parametrize("kind", ["verbatim", "near", "rewritten"])
def test_a_test_item_goes(finding, kind):
    assert Wanted().goes(finding(kind=kind))


def test_a_leak_of_the_baseline_is_a_leak(finding):
    assert Wanted().goes(finding(accepted="baseline"))


@pytest.mark.parametrize("role", ["train", "dev", "fewshot"])
def test_another_split_goes_if_it_is_named(finding, role):
    assert Wanted(also=(role,)).goes(finding(role=role))
    assert not Wanted(also=(role,)).goes(finding(role=role, kind="variant"))
    assert not Wanted(also=("variant",)).goes(finding(role=role))


def test_what_is_in_two_splits_goes_with_the_other_one(finding):
    assert Wanted(also=("train",)).goes(finding(shared=True))
    assert not Wanted(also=("variant",)).goes(finding(shared=True))


def test_what_is_allowed_stays_whatever_is_named(finding):
    assert not Wanted(also=("train",)).goes(finding(role="train", accepted="allow: ours"))
