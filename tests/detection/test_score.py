"""The score: what a window gains and pays, and that the kernel does what the plain twin does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leakcheck.detection.score import (
    BREAK_BITS,
    Document,
    all_bits,
    most_gain,
    new_bag,
    score_field,
)
from leakcheck.index.item_table import QUESTION, item_table
from leakcheck.text.background import background_of

from .naive import Token, Window, bits_in, fullest_window, naive_score

HALF_BITS = st.integers(2, 36).map(lambda half_bits: half_bits / 2)


@pytest.fixture(scope="session")
def score(pack_of_codes) -> Callable[..., Window]:
    """Score a document against one field by the kernel."""
    bag = new_bag(4096)

    def score_tokens(
        document: Sequence[Token],
        field: Sequence[Token],
        low: int = 0,
        high: int | None = None,
        least_bits: float = 0.0,
    ) -> Window:
        item = {"question": [(token.code, token.bits, token.number) for token in field]}
        table = item_table([pack_of_codes([item])])
        # The bits between code and number make every hash another one, with bits of its own.
        hashes = np.array(
            [token.code | n + 1 << 16 | token.number << 31 for n, token in enumerate(document)],
            np.uint32,
        )
        background = background_of(hashes, np.array([token.bits for token in document], np.float32))
        tokens = Document(
            hashes=hashes,
            starts=np.arange(len(document), dtype=np.int32),
            ends=np.arange(1, len(document) + 1, dtype=np.int32),
            breaks=np.array([token.first_of_passage for token in document], np.bool_),
        )
        high = len(document) if high is None else high
        least = np.float32(least_bits)
        found = score_field(tokens, low, high, table, 0, QUESTION, background, bag, least)
        assert not bag.wanted.any(), "the scratch was not cleared"
        assert not bag.seen.any(), "the scratch was not cleared"
        return Window(found.score, found.matched, found.start, found.end)

    return score_tokens


@pytest.fixture(scope="session")
def whole(pack_of_codes) -> Callable[[Sequence[Token]], float]:
    """Return all bits of a field."""

    def sum_bits(field: Sequence[Token]) -> float:
        item = {"question": [(token.code, token.bits, token.number) for token in field]}
        return float(all_bits(item_table([pack_of_codes([item])]), 0, QUESTION))

    return sum_bits


QUESTION_TOKENS = [Token(code, 10.0, number=code in (3, 5)) for code in range(1, 9)]
JUNK = [Token(code, 9.0) for code in range(100, 140)]


def with_other(place: int) -> list[Token]:
    """Return the question with another token of the same sort in one place."""
    old = QUESTION_TOKENS[place]
    return [*QUESTION_TOKENS[:place], Token(99, 10.0, old.number), *QUESTION_TOKENS[place + 1 :]]


def test_nothing_matched_scores_less_than_nothing(score):
    found = score(JUNK, QUESTION_TOKENS)
    assert found.score == pytest.approx(-0.3 * 60 - 0.7 * 20)
    assert (found.matched, found.start, found.end) == (0.0, 0, 0)


def test_an_empty_document_matches_nothing(score):
    assert score([], QUESTION_TOKENS).matched == 0.0


def test_an_empty_field_scores_nothing(score):
    assert score(JUNK, []) == Window(0.0, 0.0, 0, 0)


def test_verbatim_text_scores_all_bits(score, whole):
    found = score([*JUNK, *QUESTION_TOKENS, *JUNK], QUESTION_TOKENS)
    assert found.score == pytest.approx(whole(QUESTION_TOKENS))
    assert (found.start, found.end) == (40, 48)


def test_the_order_of_tokens_tells_nothing_here(score, whole):
    found = score(QUESTION_TOKENS[::-1], QUESTION_TOKENS)
    assert found.score == pytest.approx(whole(QUESTION_TOKENS))


def test_a_word_that_differs_costs_what_it_weighs_and_a_share_of_both(score):
    assert score(with_other(3), QUESTION_TOKENS).score == pytest.approx(70 - 3 - 1.5)


def test_a_number_that_differs_costs_more_than_a_word(score):
    number, word = (score(with_other(place), QUESTION_TOKENS).score for place in (2, 3))
    assert number == pytest.approx(70 - 7 - 6)
    assert number < word


def test_a_missing_number_costs_more_than_a_missing_word(score):
    missing = [
        score([*QUESTION_TOKENS[:place], *QUESTION_TOKENS[place + 1 :]], QUESTION_TOKENS).score
        for place in (2, 3)
    ]
    assert missing == pytest.approx([70 - 7, 70 - 3])


def test_a_repeat_is_worth_half(score):
    field = [Token(7, 16.0)] * 3
    assert score([Token(7, 16.0)] * 3, field).score == pytest.approx(16 + 8 + 4)
    assert score([Token(7, 16.0)] * 2, field).score == pytest.approx(16 + 8 - 0.3 * 4)


def test_a_repeat_that_the_field_has_not_costs_half(score):
    document = [QUESTION_TOKENS[0], QUESTION_TOKENS[0], *QUESTION_TOKENS[1:]]
    # From the second of the two on, the window pays nothing for the first.
    assert score(document, QUESTION_TOKENS).score == pytest.approx(80 - 0.15 * 5)


def passages_with(second_bits: float) -> tuple[list[Token], list[Token]]:
    """Return a field, and a document with the last token of it in another passage."""
    field = [*(Token(code, 10.0) for code in range(1, 6)), Token(6, second_bits)]
    document = [*field[:5], Token(6, second_bits, first_of_passage=True)]
    return document, field


@pytest.mark.parametrize(
    ("bits", "end"),
    [
        pytest.param(1.0, 5, id="much-too-little"),
        pytest.param(4.5, 5, id="a-little-less-than-the-border"),
        pytest.param(5.0, 6, id="a-little-more-than-the-border"),
        pytest.param(18.0, 6, id="much"),
    ],
)
def test_a_window_crosses_the_border_of_passages_for_what_that_costs_alone(score, bits, end):
    document, field = passages_with(bits)
    assert score(document, field).end == end
    assert bool(1.3 * bits > BREAK_BITS) is (end == 6)


def test_a_border_before_the_window_costs_nothing(score, whole):
    document = [*JUNK, QUESTION_TOKENS[0]._replace(first_of_passage=True), *QUESTION_TOKENS[1:]]
    assert score(document, QUESTION_TOKENS).score == pytest.approx(whole(QUESTION_TOKENS))


@pytest.mark.parametrize(
    "document",
    [
        pytest.param([], id="an-empty-document"),
        pytest.param(JUNK, id="nothing-of-the-field"),
        pytest.param(QUESTION_TOKENS, id="the-field-word-for-word"),
        pytest.param(QUESTION_TOKENS * 3, id="the-field-three-times"),
    ],
)
def test_more_bits_than_the_field_has_are_never_there(score, whole, document):
    least = whole(QUESTION_TOKENS) + 0.5
    assert score(document, QUESTION_TOKENS, least_bits=least)[:2] == (-np.inf, 0.0)


def test_bits_that_no_one_window_has_are_not_there_though_all_of_the_document_has_them(score):
    halves = [*QUESTION_TOKENS[:4], *JUNK, *QUESTION_TOKENS[4:]]
    assert score(halves, QUESTION_TOKENS, least_bits=40.0).matched == 40
    assert score(halves, QUESTION_TOKENS, least_bits=40.5)[:2] == (-np.inf, 0.0)


def test_all_bits_may_be_asked_for(score, whole):
    document = [*JUNK, *QUESTION_TOKENS, *JUNK]
    found = score(document, QUESTION_TOKENS, least_bits=whole(QUESTION_TOKENS))
    assert found == score(document, QUESTION_TOKENS)


def test_only_the_tokens_asked_for_are_looked_at(score):
    found = score([*QUESTION_TOKENS, *QUESTION_TOKENS], QUESTION_TOKENS, low=4, high=10)
    assert 4 <= found.start <= found.end <= 10


def test_a_window_is_at_most_half_longer_than_the_field(score):
    apart = [token for place in range(8) for token in (QUESTION_TOKENS[place], *JUNK[:3])]
    found = score(apart, QUESTION_TOKENS)
    assert found.end - found.start <= 1.5 * 8 + 4
    assert found.matched < 80


@st.composite
def documents_and_fields(draw: st.DrawFn) -> tuple[list[Token], list[Token], int, int]:
    """Make few codes, each of them always a number or never, and always of the same bits."""
    numbers = draw(st.lists(st.booleans(), min_size=12, max_size=12))
    weights = draw(st.lists(HALF_BITS, min_size=12, max_size=12))
    codes = st.lists(st.integers(0, 11), max_size=30)
    field = [Token(code, weights[code], numbers[code]) for code in draw(codes)[:10]]
    breaks = draw(st.sets(st.integers(0, 30)))
    document = [
        Token(code, float(draw(st.integers(1, 18))), numbers[code], place in breaks)
        for place, code in enumerate(draw(codes))
    ]
    low = draw(st.integers(0, len(document)))
    return document, field, low, draw(st.integers(low, len(document)))


@given(documents_and_fields())
@settings(deadline=None, max_examples=400)
@example(([], [], 0, 0))
@example(([Token(1, 9.0), *JUNK[:6], Token(2, 9.0)], [Token(1, 18.0), Token(2, 1.0)], 0, 8))
def test_does_what_the_plain_twin_does(score, case):
    document, field, low, high = case
    expected = naive_score(document, low, high, field)
    found = score(document, field, low, high)
    assert found.score == pytest.approx(expected.score, abs=1e-3)
    assert found.matched == pytest.approx(expected.matched, abs=1e-3)
    assert found[2:] == expected[2:]


def bits_of_fullest_window(
    document: Sequence[Token], field: Sequence[Token], low: int, high: int
) -> float:
    wanted = Counter(token.code for token in field)
    bits = {token.code: token.bits for token in field}
    first, last = fullest_window(document, low, high, field, wanted, bits)
    return bits_in(document[first:last], wanted, bits)


# All bits here are multiples of 1/512, of which float32 adds up these few without rounding.
@given(documents_and_fields(), st.integers(0, 1 << 16).map(lambda steps: steps / 256))
@settings(deadline=None, max_examples=400)
@example((QUESTION_TOKENS, QUESTION_TOKENS, 0, 8), 80.0)
@example((QUESTION_TOKENS, QUESTION_TOKENS, 0, 8), 80.00390625)
@example(([], [], 0, 0), 0.0)
def test_a_bound_changes_nothing_but_where_no_window_has_as_many_bits(score, case, least_bits):
    document, field, low, high = case
    found = score(document, field, low, high, least_bits)
    if bits_of_fullest_window(document, field, low, high) >= least_bits:
        assert found == score(document, field, low, high)
    else:
        assert found[:2] == (-np.inf, 0.0)


@given(documents_and_fields(), st.floats(0.0, 1.0, width=32))
@settings(deadline=None)
def test_a_bound_of_at_most_what_matched_changes_nothing(score, case, share):
    unbounded = score(*case)
    assert score(*case, least_bits=unbounded.matched * share) == unbounded


@given(documents_and_fields())
@settings(deadline=None)
def test_no_window_scores_more_than_the_whole_field(score, whole, case):
    document, field, low, high = case
    assert score(document, field, low, high).score <= whole(field) + 1e-3


@given(documents_and_fields())
@settings(deadline=None)
def test_no_window_gains_more_than_its_bound(pack_of_codes, score, case):
    document, field, low, high = case
    item = {"question": [(token.code, token.bits, token.number) for token in field]}
    table = item_table([pack_of_codes([item])])
    rates = np.where(table.numbers, np.float32(1.7), np.float32(1.3))
    last_seen = np.full(1 << 16, -1, np.int32)
    for place, token in enumerate(document):
        last_seen[token.code] = place
    bound = most_gain(table.codes, table.damped_bits * rates, last_seen, low)
    missing = score([], field).score
    assert score(document, field, low, high).score - missing <= bound + 1e-3
