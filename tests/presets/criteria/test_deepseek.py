"""DeepSeek: any 10-gram; texts of 3 to 9 grams exactly."""

from __future__ import annotations

import pytest

from ..conftest import text, words

OTHER = words(20, 600)


@pytest.mark.parametrize(
    ("question", "document"),
    [
        (words(30), text(OTHER, words(9), OTHER)),
        (words(9), text(OTHER, words(8), OTHER)),
        (words(4), text(words(2), OTHER, words(2, 2))),
        (words(2), text(OTHER, words(2), OTHER)),
    ],
    ids=["nine of thirty", "eight of nine", "four apart", "two are too few"],
)
def test_what_is_clean(question, document, flagged):
    assert flagged("deepseek", {"test/0": text(question)}, [document]) == []


@pytest.mark.parametrize("length", [3, 4, 9], ids="{} words".format)
def test_a_short_text_is_matched_exactly(length, flagged):
    document = text(OTHER, words(length), OTHER)
    assert flagged("deepseek", {"test/0": text(words(length))}, [document]) == ["test/0"]


def test_a_10_gram_is_enough(flagged):
    document = text(OTHER, words(10, 5), OTHER)
    assert flagged("deepseek", {"test/0": text(words(30))}, [document]) == ["test/0"]


def test_a_short_answer_alone_is_nothing(flagged):
    item = {"question": text(words(12)), "answer": text(words(3, 50))}
    assert flagged("deepseek", {"test/0": item}, [text(words(1, 11), words(3, 50))]) == []


def test_a_short_question_is_found_behind_its_passage_too(flagged):
    item = {"context": text(words(12)), "question": text(words(3, 50))}
    assert flagged("deepseek", {"test/0": item}, [text(words(1, 11), words(3, 50))]) == ["test/0"]


def test_short_texts_of_several_lengths_are_told_apart(flagged):
    items = {f"test/{n}": text(words(n, 10 * n)) for n in (3, 4, 5)}
    assert flagged("deepseek", items, [text(OTHER, words(4, 40), OTHER)]) == ["test/4"]
