"""The next baseline: what fails goes in, what people wrote stays, what is gone goes."""

from __future__ import annotations

import msgspec
import pytest

from leakcheck.accepted import Baseline, Known, counts_for, extended, renewed


def accepted(finding, *items, **changes):
    return [finding(item, accepted="baseline", **changes) for item in items]


def items(baseline):
    return [known.item_id for known in baseline.findings]


@pytest.mark.parametrize(
    ("changes", "leak", "any_"),
    [
        pytest.param({}, True, True, id="test item"),
        pytest.param({"role": "train"}, False, True, id="train item"),
        pytest.param({"role": "train", "shared": True}, False, True, id="shared train item"),
        pytest.param({"shared": True}, False, False, id="shared test item"),
        pytest.param({"kind": "variant"}, False, False, id="variant"),
    ],
)
def test_what_a_scan_can_fail_for(finding, changes, leak, any_):
    made = finding(**changes)
    assert (counts_for("leak")(made), counts_for("any")(made)) == (leak, any_)
    assert counts_for("never")(made) is leak


def test_what_is_allowed_or_counted_does_not_go_in(finding, report):
    found = report(finding("test/1"), finding("test/2", accepted="allow: so"))
    assert items(renewed(Baseline(), found, "leak")) == []


def test_a_text_that_stands_in_many_places_goes_in_once(finding, report):
    twice = accepted(finding, "test/1") + accepted(finding, "test/1", path="other.jsonl")
    assert items(renewed(Baseline(), report(*twice), "leak")) == ["test/1"]


def test_items_are_in_the_order_of_their_publisher(finding, report):
    found = accepted(finding, "test/10", "train/1", "test/9", "test/a")
    baseline = renewed(Baseline(), report(*found), "leak")
    assert items(baseline) == ["test/a", "test/9", "test/10", "train/1"]


def test_the_order_of_the_corpus_does_not_matter(finding, report):
    found = accepted(finding, "test/1", "test/2", "test/3")
    again = renewed(Baseline(), report(*reversed(found)), "leak")
    assert renewed(Baseline(), report(*found), "leak") == again


def test_what_people_wrote_stays(finding, report):
    found = report(*accepted(finding, "test/1"))
    first = renewed(Baseline(), found, "leak")
    written = msgspec.structs.replace(first.findings[0], reason="quoted", label="false")
    second = renewed(msgspec.structs.replace(first, findings=(written,)), found, "leak")
    assert second.findings == (written,)


def test_what_is_gone_goes_but_not_of_other_benchmarks(finding, report):
    other = Known("ab" * 8, "sums", "test", "test/1", "near")
    before = renewed(Baseline(findings=(other,)), report(*accepted(finding, "test/1")), "leak")
    after = renewed(before, report(*accepted(finding, "test/2")), "leak")
    assert [(known.bench, known.item_id) for known in after.findings] == [
        ("riddles", "test/2"),
        ("sums", "test/1"),
    ]


def test_nothing_goes_where_not_everything_was_scanned(finding, report):
    before = renewed(Baseline(), report(*accepted(finding, "test/1")), "leak")
    assert items(extended(before, report(*accepted(finding, "test/2")), "leak")) == [
        "test/1",
        "test/2",
    ]


def test_packs_and_settings_are_kept_with_it(report):
    before = renewed(Baseline(), report(benchmarks=["sums"], checksum="decaf0"), "any")
    baseline = renewed(before, report(benchmarks=["riddles"]), "leak")
    assert [(each.bench, each.checksum) for each in baseline.indexes] == [
        ("riddles", "c0ffee"),
        ("sums", "decaf0"),
    ]
    assert (baseline.tool_version, baseline.params.fail_on) == ("1.2.3", "leak")
