"""Whole texts: items of the same words are told apart by all of their characters."""

from __future__ import annotations

import pytest

from leakcheck.text.whole import stands_whole, whole_text

BRACKETS = "Close the brackets that are open: [ ( {"


def stands(question: str, page: str, passage: str) -> bool:
    """Tell whether a question stands whole in a page, where a passage is known."""
    before, after = page.split(passage)
    return stands_whole(whole_text(question), before, passage, after)


@pytest.mark.parametrize("page", ["{0}", "{0} [ ( <", "{0} ( [ {{"])
def test_another_text_of_the_same_words_does_not_stand_there(page):
    passage = BRACKETS[: BRACKETS.index(":")]
    assert not stands(BRACKETS, page.format(passage + ":"), passage)


def test_a_text_without_a_token_is_nothing():
    assert whole_text("[ ( {") == (0, 0, 0, 0)


def test_a_sign_inside_makes_another_text():
    assert whole_text("What is 7 + 3").hash != whole_text("What is 7 - 3").hash


def test_symbols_before_the_first_word_belong_to_it():
    assert whole_text("( True ) is").lead == 1
    assert not stands("( True ) and", "True ) and", "True ) and")
    assert stands("( True ) and", "... ( True ) and", "True ) and")


@pytest.mark.parametrize(
    "after", [" [ ( {", " [({", " [ ( {\n\nThe next paragraph", " $[ ( {$ ] )"]
)
def test_a_text_stands_there_however_it_is_spaced_and_whatever_follows(after):
    passage = BRACKETS[: BRACKETS.index(":")]
    assert stands(BRACKETS, passage + ":" + after, passage)


@pytest.mark.parametrize("end", ["", ".", "?", "!", '"'])
def test_the_punctuation_of_sentences_at_the_end_tells_nothing(end):
    assert whole_text("Is it so" + end).hash == whole_text("Is it so").hash


def test_symbols_are_counted():
    assert whole_text(BRACKETS).marks == 4
