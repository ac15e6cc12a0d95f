"""ConTAM: four measures of one item of which two spans stand in the corpus."""

from __future__ import annotations

import pytest

from ..conftest import text, words

ITEM = words(40)
CORPUS = [text(ITEM[2:10], words(5, 300)), text(words(5, 310), ITEM[20:30])]  # 8 and 10 tokens

MEASURED = {
    "contam-token-match": 18 / 40,
    "contam-token-extend": 18 / 40,
    "contam-ngram-match": (1 + 3) / 33,
    "contam-longest-match": 10 / 40,
}


@pytest.mark.parametrize("preset", MEASURED)
def test_seven_tokens_in_a_row_are_nothing(preset, scores):
    assert scores(preset, {"test/0": text(ITEM)}, [text(ITEM[2:9])])["test/0"] == 0.0


@pytest.mark.parametrize(("preset", "share"), MEASURED.items())
def test_the_worked_example(preset, share, scores):
    assert scores(preset, {"test/0": text(ITEM)}, CORPUS)["test/0"] == pytest.approx(share)


def test_many_short_matches_do_not_make_a_long_one(scores):
    pieces = [text(ITEM[at : at + 8]) for at in range(0, 40, 8)]
    item = {"test/0": text(ITEM)}
    assert scores("contam-token-match", item, pieces)["test/0"] == 1.0
    assert scores("contam-longest-match", item, pieces)["test/0"] == 8 / 40


def test_the_threshold_itself_is_clean(flagged):
    item = {"test/0": text(words(100))}
    assert flagged("contam-longest-match", item, [text(words(10))]) == []
    assert flagged("contam-longest-match", item, [text(words(11))]) == ["test/0"]
