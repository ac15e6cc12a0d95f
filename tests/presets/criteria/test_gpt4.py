"""GPT-4, appendix C: three substrings of 50 letters and digits, drawn once and for all."""

from __future__ import annotations

import pytest

from leakcheck.presets.criteria.gpt4 import bare, needles_of

from ..conftest import text, words

QUESTION = text(words(60))
NAME = "riddles/test/0"


def part(first: int, last: int) -> str:
    return bare(QUESTION)[first:last]


def test_spaces_and_symbols_are_removed_and_digits_are_kept():
    assert bare("Is 3.5 + (2_a) > 5?") == "Is352a5"


def test_the_draw_is_the_same_in_every_run():
    assert needles_of(NAME, {"question": QUESTION}) == needles_of(NAME, {"question": QUESTION})
    assert needles_of(NAME, {"question": QUESTION}) != needles_of("other", {"question": QUESTION})


def test_every_substring_is_one_of_fifty_characters_of_the_item():
    needles = needles_of(NAME, {"question": QUESTION, "answer": "never taken"})
    assert [len(needle) for needle in needles] == [50, 50, 50]
    assert all(needle in bare(QUESTION) for needle in needles)


@pytest.mark.parametrize("short", [1, 0], ids=["49 characters", "50 characters"])
def test_one_substring_is_enough_and_a_character_less_is_none(short, flagged):
    needle = needles_of(NAME, {"question": QUESTION})[1]
    document = "before it " + needle[: 50 - short] + ("#" if short else "")
    assert flagged("gpt4", {"test/0": QUESTION}, [document]) == ([] if short else ["test/0"])


def test_a_match_goes_over_spaces_and_fields(flagged):
    half = len(QUESTION) // 2
    record = {"first": QUESTION[:half].replace(" ", " - "), "second": QUESTION[half:]}
    assert flagged("gpt4", {"test/0": QUESTION}, [record]) == ["test/0"]


def test_two_documents_do_not_make_one_match(flagged):
    needle = needles_of(NAME, {"question": bare(QUESTION)[:50]})[0]
    items = {"test/0": bare(QUESTION)[:50]}
    assert flagged("gpt4", items, [needle[:25], needle[25:]]) == []


def test_a_short_item_is_looked_for_as_a_whole(flagged):
    items = {"test/0": text(words(5)), "test/1": text(words(5, 50))}
    assert flagged("gpt4", items, [text(words(9))]) == ["test/0"]
