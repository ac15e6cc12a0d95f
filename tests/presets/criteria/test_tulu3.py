"""Tulu 3: over half of the question's tokens in 8-grams of one training document."""

from __future__ import annotations

import pytest

from ..conftest import text, words

QUESTION = words(20)


def test_two_documents_do_not_add_up(scores):
    documents = [text(QUESTION[:10]), text(QUESTION[10:])]
    assert scores("tulu3", {"test/0": text(QUESTION)}, documents)["test/0"] == 0.0  # never measured


def test_half_of_the_tokens_are_no_match(flagged):
    assert flagged("tulu3", {"test/0": text(QUESTION)}, [text(QUESTION[:10])]) == []


def test_one_more_is_a_match(flagged):
    assert flagged("tulu3", {"test/0": text(QUESTION)}, [text(QUESTION[:11])]) == ["test/0"]


def test_pieces_of_one_document_add_up(scores):
    document = text(QUESTION[:8], words(30, 300), QUESTION[12:])
    assert scores("tulu3", {"test/0": text(QUESTION)}, [document])["test/0"] == pytest.approx(0.8)


def test_a_token_counts_once(scores):
    document = text(QUESTION[:12], words(30, 300), QUESTION[4:12])
    assert scores("tulu3", {"test/0": text(QUESTION)}, [document])["test/0"] == pytest.approx(0.6)


def test_the_answer_counts_for_nothing(flagged):
    item = {"question": text(QUESTION), "answer": text(words(30, 100))}
    assert flagged("tulu3", {"test/0": item}, [text(QUESTION[15:], words(30, 100))]) == []
