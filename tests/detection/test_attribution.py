"""Attribution: whose item a passage is, where several items have a claim to it."""

from __future__ import annotations

import pytest

from .conftest import FILLER, sentence


def found(findings) -> list[tuple[str, str]]:
    return [(finding.item, finding.kind) for finding in findings]


STORY = "A ladder leans on the granary, and its foot is {} metres from the wall of the mill."
TEMPLATE = "The beacon of {} burns {} barrels of walnut oil a night. How many barrels in {} nights?"


@pytest.fixture(scope="module")
def family(make_benchmark):
    """Make a benchmark of one template, in the test and in the train split."""
    places = ["Tarbrook", "Ulverdale", "Quarrymoor", "Saxcombe", "Wexmouth", "Yarrowby"]
    return make_benchmark(
        {
            f"{split}/{n}": TEMPLATE.format(place, 3 + 7 * n + shift, 12 + 5 * n + shift)
            for split, shift in (("train", 0), ("test", 100))
            for n, place in enumerate(places)
        }
    )


@pytest.fixture(scope="module")
def twins(make_benchmark):
    """Make test and train items of the same tokens: of other symbols, and of the same."""
    return make_benchmark(
        {
            "train/0": STORY.format("(7 - 3)"),
            "test/0": STORY.format("(7 + 3)"),
            "train/1": sentence(21),
            "test/1": sentence(21),
            "train/2": sentence(22),
        }
    )


@pytest.mark.parametrize(
    ("symbols", "item"),
    [("(7 - 3)", "train/0"), ("(7 + 3)", "test/0"), ("$(7+3)$", "test/0")],
)
def test_items_of_the_same_tokens_are_told_apart_by_their_symbols(find, twins, symbols, item):
    (finding,) = find([STORY.format(symbols)], twins)
    assert (finding.item, finding.shared, finding.also) == (item, False, [])


def test_items_of_the_same_tokens_and_symbols_in_two_roles_are_shared(find, twins):
    (finding,) = find([sentence(21)], twins)
    assert (finding.item, finding.also, finding.shared) == ("test/1", ["train/1"], True)


def test_twins_whose_symbols_are_not_the_passages_are_shared_too(find, twins):
    (finding,) = find([STORY.format("7 * 3")], twins)
    assert (finding.item, finding.also, finding.shared) == ("test/0", ["train/0"], True)


@pytest.fixture(scope="module")
def other_signs(make_benchmark):
    """Make a train and a test item of one rule: other numbers, and other signs before them."""
    return make_benchmark(
        {
            "train/0": f"{sentence(23)} {STORY.format('(7 - 2)')}",
            "test/0": f"{sentence(23)} {STORY.format('(5 + 4)')}",
        }
    )


@pytest.mark.parametrize(
    ("text", "item"),
    [
        pytest.param("(7 + 3)", "test/0", id="train-numbers-test-signs"),
        pytest.param("(5 - 3)", "train/0", id="test-numbers-train-signs"),
        pytest.param("(7 * 3)", "train/0", id="signs-of-neither"),
    ],
)
def test_signs_tell_more_than_numbers_that_were_changed(find, other_signs, text, item):
    (finding,) = find([f"{sentence(23)} {STORY.format(text)}"], other_signs)
    assert (finding.item, finding.shared) == (item, False)


def test_an_item_without_twin_is_not_shared(find, twins):
    (finding,) = find([sentence(22)], twins)
    assert (finding.item, finding.also, finding.shared) == ("train/2", [], False)


def test_twins_of_one_role_are_named_and_not_shared(find, make_benchmark):
    made = make_benchmark({"test/0": sentence(31), "test/1": sentence(31), "dev/0": sentence(32)})
    (finding,) = find([sentence(31)], made)
    assert (finding.item, finding.also, finding.shared) == ("test/0", ["test/1"], False)


@pytest.mark.parametrize("split", ["train", "test"])
@pytest.mark.parametrize("n", range(6))
def test_a_templated_item_is_told_from_its_family(find, family, split, n):
    place = ["Tarbrook", "Ulverdale", "Quarrymoor", "Saxcombe", "Wexmouth", "Yarrowby"][n]
    shift = 0 if split == "train" else 100
    text = TEMPLATE.format(place, 3 + 7 * n + shift, 12 + 5 * n + shift)
    assert found(find([text], family)) == [(f"{split}/{n}", "verbatim")]


def test_a_member_of_the_family_that_is_no_item_is_a_variant_at_most(find, family):
    findings = find([TEMPLATE.format("Oxhaven", 411, 977)], family)
    assert {finding.kind for finding in findings} <= {"variant"}


def test_a_token_serves_one_finding(find, make_benchmark):
    long = sentence(41, 40)
    made = make_benchmark({"test/0": long, "test/1": " ".join(long.split()[:25])})
    assert found(find([long], made)) == [("test/0", "verbatim")]


def test_of_overlapping_items_each_gets_the_text_that_is_its_own(find, make_benchmark):
    long = sentence(41, 40)
    short = " ".join(long.split()[:25])
    made = make_benchmark({"test/0": long, "test/1": short})
    assert found(find([short], made)) == [("test/1", "verbatim")]


def test_items_side_by_side_are_both_found_in_reading_order(find, make_benchmark):
    made = make_benchmark({f"test/{n}": sentence(50 + n) for n in range(3)})
    text = f"{sentence(52)} {sentence(50)} {FILLER} {sentence(51)}"
    assert [item for item, _ in found(find([text], made))] == ["test/2", "test/0", "test/1"]


def test_benchmarks_do_not_compete_and_name_each_other(find, make_benchmark):
    first = make_benchmark({"test/0": sentence(61), "train/0": sentence(62)}, name="doors")
    second = make_benchmark({"test/0": sentence(63), "test/1": sentence(61)}, name="lamps")
    findings = find([sentence(61)], first, second)
    assert sorted((each.bench, each.item, each.also) for each in findings) == [
        ("doors", "test/0", ["lamps:test/1"]),
        ("lamps", "test/1", ["doors:test/0"]),
    ]
    assert not any(finding.shared for finding in findings)
