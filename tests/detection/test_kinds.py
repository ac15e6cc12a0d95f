"""Kinds: how a passage differs from a question, as a table from texts to words."""

from __future__ import annotations

import numpy as np
import pytest

from leakcheck.detection.alignment import Alignment, order_of
from leakcheck.detection.kinds import kind_of
from leakcheck.text.tokens import tokenise

QUESTION = (
    "The ferryman of Tarbrook carries 14 crates of quinces and 9 barrels of cider on each trip, "
    "and makes 6 trips before noon. How many crates does he carry?"
)


def codes_and_numbers(text: str) -> tuple[np.ndarray, np.ndarray]:
    hashes = tokenise(text).hashes
    return (hashes & 0xFFFF).astype(np.uint16), hashes >= 1 << 31


def kind(question: str, passage: str) -> str | None:
    codes, numbers = codes_and_numbers(question)
    found, found_numbers = codes_and_numbers(passage)
    places = np.arange(len(found), dtype=np.int64)
    order = order_of(codes, found)
    aligned = Alignment(order, 0, 0, found, found_numbers, places, places)
    return kind_of(codes, numbers, np.full(len(codes), 10.0, np.float32), aligned)


@pytest.mark.parametrize(
    "passage",
    [
        pytest.param("", id="empty"),
        pytest.param("The ferryman of Tarbrook carries quinces and cider.", id="no-numbers"),
        pytest.param(
            "In Tarbrook a ferryman has 20 quinces, 31 barrels and 55 crates on board.",
            id="other-numbers-in-other-words",
        ),
        pytest.param(
            "At 14 the smith of Ulverdale left school, and 70 years later he still swam.",
            id="one-number-by-chance",
        ),
    ],
)
def test_is_not_made_from_the_question(passage):
    assert kind(QUESTION, passage) is None


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        pytest.param(QUESTION, "verbatim", id="itself"),
        pytest.param(QUESTION.upper(), "verbatim", id="capitals"),
        pytest.param(QUESTION.replace("14", "**14**"), "verbatim", id="markdown"),
        pytest.param(QUESTION.replace("9", "nine"), "verbatim", id="number-as-a-word"),
        pytest.param(QUESTION.replace("crates", "crate"), "verbatim", id="singular"),
        pytest.param(QUESTION.replace(",", ";"), "verbatim", id="punctuation"),
        pytest.param(QUESTION.replace(" ", "\n"), "verbatim", id="line-breaks"),
        pytest.param("So " + QUESTION, "verbatim", id="a-word-before"),
        pytest.param(
            QUESTION.replace("ferryman", "boatman").replace("noon", "midday"),
            "near",
            id="two-words-changed",
        ),
        pytest.param(
            QUESTION.replace("How many crates does he carry?", "Count the crates."),
            "near",
            id="other-last-sentence",
        ),
        pytest.param(QUESTION.partition(" before")[0], "near", id="cut-short"),
        pytest.param(
            "Six times in a morning, a man from Tarbrook rows across with 14 crates full of "
            "quinces, besides 9 barrels. What number of crates is that?",
            "rewritten",
            id="other-words-same-numbers",
        ),
        pytest.param(
            QUESTION.replace("14", "25").replace("9", "7").replace("6", "8"),
            "variant",
            id="all-numbers-changed",
        ),
        pytest.param(
            QUESTION.replace("14", "25").replace("ferryman", "boatman"),
            "variant",
            id="one-of-three-numbers-and-a-word",
        ),
    ],
)
def test_kind(passage, expected):
    assert kind(QUESTION, passage) == expected


def test_one_changed_number_makes_a_long_question_another_problem():
    story = "On the first page of her ledger Wilhelmina wrote down what the market had brought. "
    assert kind(story * 3 + QUESTION, story * 3 + QUESTION.replace("14", "25")) == "variant"


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        pytest.param("Name the longest river that runs past Tarbrook mill", "verbatim", id="same"),
        pytest.param("Name the longest brook that runs past Tarbrook farm", "near", id="near"),
        pytest.param("Past which mill at Tarbrook runs a long river?", "rewritten", id="rewritten"),
    ],
)
def test_a_question_without_numbers_is_never_a_variant(passage, expected):
    assert kind("Name the longest river that runs past Tarbrook mill", passage) == expected
