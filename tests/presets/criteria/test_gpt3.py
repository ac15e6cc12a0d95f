"""GPT-3, appendix C: one N-gram is enough, N the 5th percentile of lengths from 8 to 13."""

from __future__ import annotations

import pytest

from leakcheck.presets.criteria.gpt3 import gram_length

from ..conftest import text, words

OTHERS = words(30, 3000)


def benchmark(length: int) -> dict[str, str]:
    """Twenty items of so many words, no word in two of them."""
    return {f"test/{n}": text(words(length, 100 * n)) for n in range(20)}


@pytest.mark.parametrize(
    ("usual_length", "n"),
    [(4, 8), (8, 8), (9, 9), (10, 10), (11, 11), (12, 12), (25, 13)],
    ids=["OpenBookQA", "PIQA", "Winograd", "TriviaQA", "ARC easy", "ARC challenge", "HellaSwag"],
)
def test_n_is_that_of_table_c1(usual_length, n):
    assert gram_length(usual_length) == n


@pytest.mark.parametrize("length", [8, 10, 25], ids=["PIQA", "TriviaQA", "HellaSwag"])
def test_one_word_less_than_n_is_clean(length, flagged):
    n = gram_length(length)
    assert flagged("gpt3", benchmark(length), [text(OTHERS, words(n - 1), OTHERS)]) == []


@pytest.mark.parametrize("length", [8, 10, 25], ids=["PIQA", "TriviaQA", "HellaSwag"])
def test_one_ngram_is_dirty(length, flagged):
    n = gram_length(length)
    assert flagged("gpt3", benchmark(length), [text(OTHERS, words(n), OTHERS)]) == ["test/0"]


def test_punctuation_and_case_are_ignored(flagged):
    shouted = ", ".join(words(13)).upper() + "!"
    assert flagged("gpt3", benchmark(25), [shouted]) == ["test/0"]


def test_the_ngram_stands_in_one_document(flagged):
    assert flagged("gpt3", benchmark(25), [text(words(7)), text(words(6, 7))]) == []


def test_a_passage_alone_is_dirty_as_those_of_drop_are(flagged):
    item = {"question": text(words(20)), "context": text(words(40, 300))}
    assert flagged("gpt3", {"test/0": item}, [text(words(13, 310))]) == ["test/0"]
