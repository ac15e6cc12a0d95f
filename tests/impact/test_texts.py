"""Texts: documents are known as items by leakcheck's own matching."""

from __future__ import annotations

from leakcheck.choosing import choose
from leakcheck.corpus.shapes import passages_of
from leakcheck.impact.results import Document
from leakcheck.impact.texts import look_with

DEMO = {"demo": {f"test/{n}" for n in range(24)}}


def test_every_row_of_the_demo_is_known_as_its_item(rows):
    look = look_with(choose(["demo"]), DEMO)
    assert look.benches == {"demo"}
    documents = [Document("", tuple(passages_of(row))) for row in rows]
    found = look.find([Document("no text"), *documents, Document("no text")])
    assert found[0] == found[-1] == {}
    assert [own["demo"][0] for own in found[1:-1]] == [f"test/{n}" for n in range(len(rows))]


def test_other_texts_and_items_of_other_splits_are_none(rows):
    look = look_with(choose(["demo"]), {"demo": {"test/1"}})
    other = "The cormorants of the estuary were counted twice, and nobody agreed on the number."
    documents = [Document("", (("question", text),)) for text in (other, rows[0]["question"])]
    assert look.find(documents) == [{}, {}]


def test_without_documents_there_is_nothing_to_look_at():
    assert look_with(choose(["demo"]), DEMO).find([]) == []
