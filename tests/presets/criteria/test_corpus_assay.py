"""corpus-assay: three 13-grams without stop words, a thousandth of the document's."""

from __future__ import annotations

import numpy as np
import pytest

from leakcheck.presets.criteria.corpus_assay import STOP_WORDS, is_rejected
from leakcheck.text.tokens import tokenise

from ..conftest import text, words

ITEM = words(30)
OTHER = words(20, 600)


def stopped(item: list[str]) -> list[str]:
    """Put a stop word before every word."""
    return [
        each for at, word in enumerate(item) for each in (STOP_WORDS[at % len(STOP_WORDS)], word)
    ]


def test_two_13_grams_are_clean(flagged):
    assert flagged("corpus-assay", {"test/0": text(ITEM)}, [text(OTHER, ITEM[3:17])]) == []


def test_the_worked_example(scores):
    """Fifteen words in a row have three 13-grams."""
    found = scores("corpus-assay", {"test/0": text(ITEM)}, [text(OTHER, ITEM[3:18], OTHER)])
    assert found["test/0"] == 3.0


def test_stop_words_are_no_words(flagged):
    item = {"test/0": text(ITEM[:15])}
    assert flagged("corpus-assay", item, [text(stopped(ITEM[:15]))]) == ["test/0"]
    assert flagged("corpus-assay", {"test/0": text(stopped(ITEM[:15]))}, [text(ITEM)]) == ["test/0"]


def test_the_same_13_gram_counts_once(scores):
    document = text(ITEM[3:16], OTHER, ITEM[3:16], OTHER, ITEM[3:16])
    assert scores("corpus-assay", {"test/0": text(ITEM)}, [document])["test/0"] == 1.0


def test_two_documents_are_not_added_up(flagged):
    documents = [text(ITEM[:14]), text(ITEM[10:24])]
    assert flagged("corpus-assay", {"test/0": text(ITEM)}, documents) == []


@pytest.mark.parametrize(("length", "expected"), [(2900, ["test/0"]), (3100, [])])
def test_a_thousandth_of_the_document_is_wanted(length, expected, flagged):
    document = text(words(length, 700), ITEM[:15])
    assert flagged("corpus-assay", {"test/0": text(ITEM)}, [document]) == expected


def test_a_13_gram_over_two_fields_is_none(flagged):
    item = {"question": text(ITEM[:15]), "answer": text(ITEM[15:])}
    assert flagged("corpus-assay", {"test/0": item}, [text(ITEM[8:22])]) == []
    assert flagged("corpus-assay", {"test/0": item}, [text(ITEM[:15])]) == ["test/0"]


def test_phrases_of_multiple_choice_are_rejected(flagged):
    item = text(words(6), ["none", "of", "the", "above"], words(9, 6))
    assert flagged("corpus-assay", {"test/0": item}, [item]) == []


@pytest.mark.parametrize(
    ("phrase", "rejected"),
    [
        ("select one right answer", True),
        ("true false true", True),
        ("true false", False),
        ("statements that some call true", True),
        ("option b", True),
        ("option e", False),
        ("compute sums", True),
        ("neither kites nor cranes", False),
        ("", False),
    ],
)
def test_phrases(phrase, rejected):
    assert is_rejected(tokenise(phrase).hashes.astype(np.uint16)) is rejected
