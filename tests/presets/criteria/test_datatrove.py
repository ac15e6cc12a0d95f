"""datatrove: the n-grams of its own example (query A-E, label F-J), with n = 12."""

from __future__ import annotations

import pytest

from ..conftest import text, words

QUERY, LABEL = words(20), words(13, 100)
ITEM = {"question": text(QUERY), "answer": text(LABEL)}
OTHER = words(15, 300)


@pytest.mark.parametrize(
    "grams",
    [QUERY[:12], QUERY[8:], [*QUERY[10:], *LABEL[:1]], LABEL[:11]],
    ids=["of the query", "the last of the query", "eleven over the border", "eleven of the label"],
)
def test_what_is_not_looked_for(grams, flagged):
    assert flagged("datatrove", {"test/0": ITEM}, [text(OTHER, grams, OTHER)]) == []


@pytest.mark.parametrize(
    "grams",
    [LABEL[:12], LABEL[1:], [*QUERY[9:], *LABEL[:1]], [*QUERY[19:], *LABEL[:11]]],
    ids=["the first of the label", "the last of the label", "over the border", "nearly all label"],
)
def test_what_is_looked_for(grams, flagged):
    assert flagged("datatrove", {"test/0": ITEM}, [text(OTHER, grams, OTHER)]) == ["test/0"]


def test_numbers_are_all_the_same(flagged):
    answer = text(words(6), ["12"], words(6, 50))
    item = {"question": text(QUERY), "answer": answer}
    assert flagged("datatrove", {"test/0": item}, [answer.replace("12", "99.5")]) == ["test/0"]


def test_a_row_of_numbers_is_flagged_by_any_other(flagged):
    """The false alarms of tables and arrays are the criterion's own."""
    item = {"question": text(QUERY), "answer": " ".join(map(str, range(12)))}
    table = " ".join(str(number * 7) for number in range(40))
    assert flagged("datatrove", {"test/0": item}, [table]) == ["test/0"]


def test_an_item_without_an_answer_is_never_flagged(flagged):
    assert flagged("datatrove", {"test/0": text(QUERY)}, [text(QUERY)]) == []
