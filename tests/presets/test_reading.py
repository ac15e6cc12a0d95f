"""Documents as tokens, and the way back to the text of a record."""

from __future__ import annotations

import json

import pytest

from leakcheck.corpus import find_files, read_file
from leakcheck.presets.reading import read_tokens
from leakcheck.text.tokens import tokenise


@pytest.fixture
def tokens_of(tmp_path):
    def read(*records):
        path = tmp_path / "corpus.jsonl"
        path.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
        (file,), _ = find_files([str(path)])
        (batch,) = read_file(file)
        return read_tokens(batch)

    return read


def test_a_document_without_words_has_no_tokens(tokens_of):
    tokens = tokens_of({"text": "..."}, {"text": "a word"})
    assert tokens.documents.tolist() == [0, 0, 2]


def test_records_without_any_text_are_no_documents(tokens_of):
    tokens = tokens_of({"number": 5}, {"number": 7})
    assert (tokens.codes.tolist(), tokens.documents.tolist()) == ([], [0])


def test_fields_follow_each_other(tokens_of):
    tokens = tokens_of({"prompt": "Who flies?", "response": "The kite."}, {"text": "Boats sail"})
    joined = tokenise("who flies the kite boats sail").hashes & 0xFFFF
    assert tokens.codes.tolist() == joined.tolist()
    assert tokens.documents.tolist() == [0, 4, 6]


def test_a_place_is_in_characters_of_its_own_field(tokens_of):
    tokens = tokens_of(
        {"text": "nothing"}, {"prompt": "Élan", "response": "«Été», the kite flies."}
    )
    place = tokens.place(2, 4)
    assert (place.row, place.source, place.excerpt) == (1, "response", "Été», the kite")
    assert "«Été», the kite flies."[place.start : place.end] == place.excerpt


def test_a_place_ends_with_its_field(tokens_of):
    tokens = tokens_of({"prompt": "Who flies?", "response": "The kite."})
    assert tokens.place(1, 3).excerpt == "flies"


def test_an_excerpt_is_short(tokens_of):
    assert len(tokens_of({"text": "word " * 500}).place(0, 499).excerpt) == 400
