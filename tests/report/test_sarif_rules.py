"""The rules: each result has one, and each says when it errs."""

from __future__ import annotations

import msgspec
import pytest

from leakcheck.detection.finding import Finding
from leakcheck.report.sarif_rules import RULES, rule_of


@pytest.mark.parametrize(
    ("item", "changes", "expected"),
    [
        ("test/3", {"kind": "variant"}, "LC301"),
        ("train/3", {"kind": "variant"}, "LC301"),
        ("test/3", {"shared": True}, "LC302"),
        ("train/3", {}, "LC101"),
        ("train/3", {"kind": "near"}, "LC101"),
        ("test/3", {"kind": "rewritten"}, "LC002"),
        ("test/3", {"kind": "near"}, "LC002"),
        ("test/3", {}, "LC001"),
    ],
)
def test_a_finding_has_the_rule(make, item, changes, expected):
    finding = msgspec.convert(make.finding(item, **changes), Finding)
    assert RULES[rule_of(finding)].id == expected


def test_ids_and_names_are_of_one_rule_each():
    assert len({rule.id for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_told_with_when_it_errs(rule):
    told = rule.told()
    assert told["help"]["markdown"] == f"{rule.full}\n\n**When it errs.** {rule.errs}"
    assert told["shortDescription"]["text"] == rule.short
    assert told["properties"]["precision"] in ("very-high", "high", "medium", "low")
