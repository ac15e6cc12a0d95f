"""Odds: what speaks for a passage being made from an item, and what against it."""

from __future__ import annotations

import numpy as np
import pytest

from leakcheck.detection.alignment import Alignment, order_of
from leakcheck.detection.odds import WEIGHTS, Evidence, Question, evidence_of, log_odds
from leakcheck.text.tokens import tokenise

QUESTION = (
    "The glazier of Tarbrook cuts 14 panes for the orangery and 9 for the belfry. "
    "How many panes does she cut?"
)
REWORDED = (
    "How many panes are cut by the glazier of Tarbrook, who makes 14 for the orangery "
    "and 9 for the belfry?"
)
NOTHING = Evidence(*[0.0] * len(Evidence._fields))


def tokens_of(text: str) -> tuple[np.ndarray, np.ndarray]:
    hashes = tokenise(text).hashes
    return (hashes & 0xFFFF).astype(np.uint16), hashes >= 1 << 31


def evidence(passage: str, bits: float = 150.0, null: float = 0.0, chance: float = 70.0):
    codes, numbers = tokens_of(QUESTION)
    weights = np.where(numbers, 8.0, 14.0).astype(np.float32)
    found, found_numbers = tokens_of(passage)
    places = np.arange(len(found), dtype=np.int64)
    aligned = Alignment(order_of(codes, found), 0, 0, found, found_numbers, places, places)
    return evidence_of(Question(codes, numbers, weights, weights), aligned, bits, null, chance)


def test_no_weight_is_negative():
    assert min(WEIGHTS) >= 0


@pytest.mark.parametrize("feature", Evidence._fields)
def test_more_of_anything_never_lowers_the_odds(feature):
    assert log_odds(NOTHING._replace(**{feature: 1.0})) >= log_odds(NOTHING)


def test_nothing_at_all_is_no_reason_to_believe():
    assert log_odds(evidence("", bits=0.0)) < -5


@pytest.mark.parametrize(
    ("changed", "feature"),
    [
        pytest.param(REWORDED.replace("14", "some"), "kept_numbers", id="a-number-left-out"),
        pytest.param(REWORDED + " She had 77.", "own_numbers", id="a-number-of-its-own"),
        pytest.param(REWORDED.replace("orangery", "hall"), "rare_words", id="a-rare-word-gone"),
        pytest.param(" ".join(reversed(REWORDED.split())), "order", id="backwards"),
    ],
)
def test_what_differs_lowers_its_feature_and_the_odds(changed, feature):
    before, after = evidence(REWORDED), evidence(changed)
    assert getattr(after, feature) < getattr(before, feature)
    assert log_odds(after) < log_odds(before)


def test_bits_count_above_what_chance_and_the_null_give():
    assert log_odds(evidence(REWORDED, null=120.0)) < log_odds(evidence(REWORDED))
    assert log_odds(evidence(REWORDED, chance=140.0)) < log_odds(evidence(REWORDED))


def test_little_that_was_measured_is_not_taken_for_little_by_chance():
    assert evidence(REWORDED, chance=5.0) == evidence(REWORDED, chance=60.0)


def test_the_same_words_in_their_order_have_everything():
    assert evidence(QUESTION)[2:] == (1.0, 16.0 / 20.0, 0.0, 0.0, 1.0)


def test_a_question_without_numbers_or_rare_words_is_told_by_the_rest():
    codes, numbers = tokens_of("it was as they had said")
    weights = np.full(len(codes), 3.0, np.float32)
    places = np.arange(len(codes), dtype=np.int64)
    aligned = Alignment(1.0, 0, 0, codes, numbers, places, places)
    found = evidence_of(Question(codes, numbers, weights, weights), aligned, 18.0, 0.0, 70.0)
    assert (found.numbers, found.kept_numbers, found.own_numbers) == (0.0, 0.0, 0.0)
    assert found.rare_words == 0.5
