"""PaLM, section 8: 70 % of the 8-grams of question, prompt or target, seen at least once."""

from __future__ import annotations

import pytest

from ..conftest import text, words

QUESTION = words(17)  # ten 8-grams


@pytest.mark.parametrize("seen", [0, 1, 6])
def test_under_seven_of_ten_is_clean(seen, flagged):
    assert flagged("palm", {"test/0": text(QUESTION)}, [text(QUESTION[: 7 + seen])]) == []


@pytest.mark.parametrize("seen", [7, 10])
def test_seven_of_ten_are_contaminated(seen, flagged):
    document = text(words(9, 300), QUESTION[: 7 + seen])
    assert flagged("palm", {"test/0": text(QUESTION)}, [document]) == ["test/0"]


def test_the_ngrams_may_stand_in_several_documents(scores):
    documents = [text(QUESTION[:11]), text(QUESTION[7:])]  # four at the start, three at the end
    assert scores("palm", {"test/0": text(QUESTION)}, documents)["test/0"] == pytest.approx(0.7)


def test_the_target_alone_is_enough(flagged):
    item = {"question": text(QUESTION), "answer": text(words(12, 200))}
    assert flagged("palm", {"test/0": item}, [text(words(12, 200))]) == ["test/0"]


def test_a_question_is_enough_where_its_choices_are_missing(flagged):
    item = {"question": text(QUESTION), "choices": text(words(40, 200))}
    assert flagged("palm", {"test/0": item}, [text(QUESTION)]) == ["test/0"]


def test_what_has_no_8_gram_is_not_decided(scores):
    assert scores("palm", {"test/0": text(words(7))}, [text(words(7))]) == {"test/0": 0.0}
