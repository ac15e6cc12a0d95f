"""What was found, by item: what each counts for, in which order, and what both sides share."""

from __future__ import annotations

import pytest

from leakcheck.report.formats.html.found import found_in, group_of
from leakcheck.report.formats.html.sides import sides_of


@pytest.mark.parametrize(
    ("role", "kind", "shared", "accepted", "group"),
    [
        ("test", "variant", False, "", "beside"),
        ("test", "verbatim", True, "", "beside"),
        ("train", "variant", False, "", "beside"),
        ("test", "verbatim", False, "baseline", "accepted"),
        ("train", "variant", False, "allow: ours", "accepted"),
        ("train", "verbatim", True, "", "overlap"),
        ("dev", "near", False, "", "overlap"),
        ("fewshot", "rewritten", False, "", "overlap"),
        ("test", "rewritten", False, "", "leakage"),
    ],
)
def test_group_of(role, kind, shared, accepted, group):
    assert group_of(role, kind, shared, accepted) == group


def grouped(report) -> dict[str, str]:
    return {item.name: item.group for item in found_in(report).items}


def test_what_counts_decides_for_an_item(make):
    findings = [
        make.finding("test/1", kind="variant"),
        make.finding("test/1", kind="rewritten", accepted="baseline"),
        make.finding("test/2", kind="variant"),
        make.finding("test/2", kind="rewritten"),
    ]
    report = make.report([make.benchmark()], findings)
    assert grouped(report) == {"test/1": "beside", "test/2": "leakage"}


def test_an_item_of_the_same_text_has_a_row_of_its_own(make):
    findings = [make.finding("test/1", also=["test/7", "other:test/9"], shared=False)]
    assert grouped(make.report([make.benchmark()], findings)) == {
        "test/1": "leakage",
        "test/7": "leakage",
    }


def test_a_twin_in_another_split_counts_there(make):
    findings = [make.finding("test/1", also=["train/5"], shared=True)]
    assert grouped(make.report([make.benchmark()], findings)) == {
        "test/1": "beside",
        "train/5": "overlap",
    }


def test_items_stand_in_the_publishers_order(make):
    findings = [make.finding(f"{name}") for name in ("test/10", "test/9", "test/b/2", "test/a/11")]
    found = found_in(make.report([make.benchmark()], findings))
    assert [item.name for item in found.items] == ["test/9", "test/10", "test/a/11", "test/b/2"]


def test_findings_that_differ_in_their_place_alone_are_one_passage(make):
    findings = [make.finding(row=row) for row in (4, 7, 9)] + [make.finding(row=2, bits=99.0)]
    found = found_in(make.report([make.benchmark()], findings))
    assert [len(places) for places in found.places] == [3, 1]
    assert [place.row for place in found.places[0]] == [4, 7, 9]
    assert [found.evidence[n].bits for n in found.items[0].evidence] == [212.5, 99.0]


def test_the_best_passage_comes_first_and_the_accepted_last(make):
    findings = [
        make.finding(kind="verbatim", accepted="baseline", bits=900.0),
        make.finding(kind="rewritten", bits=90.0),
        make.finding(kind="near", bits=80.0),
        make.finding(kind="near", bits=85.0),
    ]
    found = found_in(make.report([make.benchmark()], findings))
    best_first = [found.evidence[number] for number in found.items[0].evidence]
    assert [(each.kind, each.bits) for each in best_first] == [
        ("near", 85.0),
        ("near", 80.0),
        ("rewritten", 90.0),
        ("verbatim", 900.0),
    ]


def marked(text: str, spans: list[int]) -> list[str]:
    return [text[start:end] for start, end in zip(spans[::2], spans[1::2], strict=True)]


def test_sides_of_texts_that_share_nothing():
    assert sides_of("kite", "lantern") == ([], [], [])
    assert sides_of("", "") == ([], [], [])


def test_sides_in_characters_and_not_in_bytes():
    question, passage = "😀 Zoë ties 8 knots ñ", "Zoë ties 9 knots 😀"
    shared, own, other = sides_of(question, passage)
    assert marked(question, shared) == ["Zoë ties", "knots"]
    assert marked(question, own) == ["8"]
    assert marked(passage, other) == ["9"]
