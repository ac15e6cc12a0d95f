"""The sieve: which items a shingle leads to, which are gated, and that no item is left without."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leakcheck.index.item_table import ItemTable, item_table
from leakcheck.index.shingles import item_shingles
from leakcheck.index.sieve import (
    FEWEST_SHINGLES,
    MOST_ITEMS,
    build_sieve,
    find_shingle,
    may_hold,
    posting_range,
)

from .naive import Items, naive_gate, naive_shingles, value_of

Code = tuple[int, float, bool]

# Few codes, so that items share shingles; half of the weights are rare enough for a pair.
WEIGHTS = {code: 18.0 if code % 2 else 6.0 for code in range(1 << 16)}
CODES = st.one_of(st.integers(0, 9), st.sampled_from([0xFFFF, 0xFFFE, 0x8000]))


def tokens(codes: Sequence[int]) -> list[Code]:
    return [(code, WEIGHTS[code], False) for code in codes]


@st.composite
def benchmarks(draw: st.DrawFn) -> Items:
    """Make items of few codes; sometimes with so many copies of a wording that it is gated."""
    texts = draw(st.lists(st.lists(CODES, max_size=12), min_size=1, max_size=5))
    wording = draw(st.lists(CODES, max_size=6))
    copies = draw(st.sampled_from([0, 1, 29, 30, 31, 32, 65]))
    items = [{"question": tokens(text)} for text in texts]
    items += [{"question": tokens([*wording, 100 + n, 300 - n])} for n in range(copies)]
    for item in items[:2]:
        item["choices"] = tokens(draw(st.lists(CODES, max_size=5)))
    return items


def looked_up(sieve, shingle: tuple[int, ...]) -> set[int]:
    """Return the items a shingle leads to."""
    value = np.uint64(value_of(shingle))
    slot = find_shingle(sieve.shingles, value) if may_hold_(sieve, shingle) else -1
    if slot < 0:
        return set()
    start, end = posting_range(int(sieve.postings[slot]))
    found = sieve.items[start:end].tolist()
    assert len(found) == len(set(found)), "an item stands twice under a shingle"
    return set(found)


def may_hold_(sieve, shingle: tuple[int, ...]) -> bool:
    return bool(may_hold(sieve.bitmap, np.uint64(value_of(shingle))))


def found_by(sieve, items: Items, shift: int = 0) -> dict[tuple[int, ...], set[int]]:
    """Return what all shingles of items lead to, as `naive_gate` does."""
    shingles = {shingle for item in items for shingle in naive_shingles(item)}
    found = {
        shingle: {
            item - shift for item in looked_up(sieve, shingle) if shift <= item < shift + len(items)
        }
        for shingle in shingles
    }
    return {shingle: owners for shingle, owners in found.items() if owners}


def table_of(pack_of_codes, *packs: Items) -> ItemTable:
    return item_table([pack_of_codes(items) for items in packs])


SLOW = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    "codes",
    [
        pytest.param([], id="empty"),
        pytest.param([2], id="one-token"),
        pytest.param([2, 4], id="two-common-tokens"),
    ],
)
def test_an_item_of_less_than_three_tokens_has_no_triple(pack_of_codes, codes):
    sieve = build_sieve(table_of(pack_of_codes, [{"question": tokens(codes)}]))
    assert not sieve.shingles.any()
    assert not sieve.bitmap.any()


def test_a_shingle_never_reaches_from_one_field_or_item_into_the_next(pack_of_codes):
    items = [{"question": tokens([1, 2]), "choices": tokens([3, 4])}, {"question": tokens([5, 6])}]
    sieve = build_sieve(table_of(pack_of_codes, items))
    assert looked_up(sieve, (1, 2, 3)) == looked_up(sieve, (2, 3, 4)) == set()
    assert looked_up(sieve, (3, 4, 5)) == looked_up(sieve, (1, 3)) == set()


@pytest.mark.parametrize("field", ["answer", "code", "context"])
def test_other_fields_lead_nowhere(pack_of_codes, field):
    sieve = build_sieve(table_of(pack_of_codes, [{field: tokens([1, 3, 5, 7])}]))
    assert not sieve.shingles.any()


def wording_of(copies: int) -> Items:
    """Make items that share three tokens and have eight of their own."""
    return [
        {"question": tokens([2, 4, 6, *range(1000 + 20 * n, 1016 + 20 * n, 2)])}
        for n in range(copies)
    ]


@pytest.mark.parametrize(
    ("copies", "found"),
    [(1, 1), (MOST_ITEMS, MOST_ITEMS), (MOST_ITEMS + 1, 0), (200, 0)],
)
def test_a_shingle_of_too_many_items_is_gated(pack_of_codes, copies, found):
    sieve = build_sieve(table_of(pack_of_codes, wording_of(copies)))
    assert len(looked_up(sieve, (2, 4, 6))) == found


def test_items_are_counted_and_not_how_often_each_repeats_a_shingle(pack_of_codes):
    own = range(1000, 1020, 2)
    items = [
        {"question": tokens([2, 4, 6] * (MOST_ITEMS + 5) + list(own))},
        {"question": tokens([2, 4, 6, 8, 10, 12, 14, 16])},
    ]
    sieve = build_sieve(table_of(pack_of_codes, items))
    assert looked_up(sieve, (2, 4, 6)) == {0, 1}


def test_an_item_of_nothing_but_common_shingles_keeps_its_rarest(pack_of_codes):
    items = [*wording_of(50), {"question": tokens([2, 4, 6])}]
    sieve = build_sieve(table_of(pack_of_codes, items))
    assert looked_up(sieve, (2, 4, 6)) == {50}


@given(st.lists(CODES, max_size=20), st.lists(CODES, max_size=8))
@settings(deadline=None)
def test_the_shingles_of_an_item_are_those_of_the_plain_twin(pack_of_codes, question, choices):
    item = {"question": tokens(question), "choices": tokens(choices)}
    found = item_shingles(table_of(pack_of_codes, [item]), 0, 1)
    assert sorted(found.values.tolist()) == sorted(map(value_of, naive_shingles(item)))
    assert not found.items.any()


@given(benchmarks())
@SLOW
def test_every_shingle_leads_to_the_items_the_plain_twin_says(pack_of_codes, items):
    sieve = build_sieve(table_of(pack_of_codes, items))
    assert found_by(sieve, items) == naive_gate(items)


@given(benchmarks())
@SLOW
def test_no_item_is_left_with_fewer_than_four_shingles_if_it_has_so_many(pack_of_codes, items):
    sieve = build_sieve(table_of(pack_of_codes, items))
    for number, item in enumerate(items):
        shingles = naive_shingles(item)
        kept = sum(number in looked_up(sieve, shingle) for shingle in shingles)
        assert kept >= min(FEWEST_SHINGLES, len(shingles))


@given(benchmarks(), benchmarks())
@SLOW
def test_another_benchmark_changes_nothing_for_the_first_or_the_second(
    pack_of_codes, first, second
):
    both = build_sieve(table_of(pack_of_codes, first, second))
    assert found_by(both, first) == found_by(build_sieve(table_of(pack_of_codes, first)), first)
    assert found_by(both, second, shift=len(first)) == found_by(
        build_sieve(table_of(pack_of_codes, second)), second
    )


@given(benchmarks(), st.lists(st.tuples(CODES, CODES, CODES), max_size=20))
@SLOW
def test_a_shingle_of_no_item_leads_nowhere(pack_of_codes, items, strangers):
    sieve = build_sieve(table_of(pack_of_codes, items))
    known = {shingle for item in items for shingle in naive_shingles(item)}
    for stranger in set(strangers) - known:
        assert looked_up(sieve, stranger) == set()


@given(benchmarks())
@SLOW
def test_the_bitmap_never_denies_a_shingle_that_leads_somewhere(pack_of_codes, items):
    sieve = build_sieve(table_of(pack_of_codes, items))
    for shingle in {shingle for item in items for shingle in naive_shingles(item)}:
        known = find_shingle(sieve.shingles, np.uint64(value_of(shingle))) >= 0
        assert may_hold_(sieve, shingle) or not known


def test_the_bitmap_lets_few_others_through(pack_of_codes):
    chance = np.random.default_rng(7)
    items = [{"question": tokens(chance.integers(0, 1 << 16, 40).tolist())} for _ in range(300)]
    sieve = build_sieve(table_of(pack_of_codes, items))
    strangers = chance.integers(0, 1 << 16, (2000, 3)).tolist()
    assert sum(may_hold_(sieve, tuple(each)) for each in strangers) < 200
