"""Fingerprints: triples and rare tokens with their places, and signatures of texts and passages."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leakcheck.corpus import CorpusFile, PassageBatch
from leakcheck.corpus_index.sketching import fingerprints
from leakcheck.corpus_index.sketching.fingerprints import (
    FINGERPRINT_BITS,
    LEAST_PASSAGE,
    LONG_TOKENS,
    MOST_PASSAGE,
    Fingerprints,
    fingerprint_batch,
    fingerprint_limit,
    fingerprints_of,
)

from ..naive import naive_content, naive_passages, naive_rare_tokens, naive_tokens, naive_triples

WORDS = [
    *("the", "of", "lamp", "treats", "7", "3.50", "nkechi", "glassblower", "saltwork's", "Ünder"),
    *("GetFileName", "漢字", "a_b", "-", "\u200d", "é"),
]
TEXT = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
DOCUMENT = st.lists(TEXT, min_size=1, max_size=3)


def batch_of(*documents: list[str]) -> PassageBatch:
    texts = [text for document in documents for text in document]
    rows = [row for row, document in enumerate(documents) for _ in document]
    return PassageBatch(
        CorpusFile(None, "-", 0),
        pa.array(texts, pa.large_string()),
        np.array(rows, np.int64),
        ["text"] * len(texts),
        len(documents),
        0,
    )


def fingerprinted(*documents: list[str], scale: int = 1) -> Fingerprints:
    return fingerprint_batch(batch_of(*documents), scale)


def triples_in(found: Fingerprints, document: int) -> list[tuple[int, int]]:
    rows = found.documents == document
    return list(zip(found.hashes[rows].tolist(), found.positions[rows].tolist(), strict=True))


def rare_tokens_in(found: Fingerprints, document: int) -> list[tuple[int, int]]:
    rows = found.rare_documents == document
    codes, places = found.rare_codes[rows].tolist(), found.rare_positions[rows].tolist()
    return list(zip(codes, places, strict=True))


def passages_in(found: Fingerprints, document: int) -> list[tuple]:
    rows = found.signed_documents == document
    columns = (found.signed_passages, found.signed_starts, found.signed_tokens)
    return [
        (*numbers, tuple(signature))
        for *numbers, signature in zip(
            *(column[rows].tolist() for column in columns),
            found.signatures[rows].tolist(),
            strict=True,
        )
    ]


def long_text(seed: int, tokens: int) -> str:
    """Return words nobody uses, which do not repeat much."""
    letters = np.random.default_rng(seed).choice(list("bdfgklmnprtvz"), (tokens, 4))
    return " ".join("o".join(word) for word in letters)


@pytest.mark.parametrize(
    "document", [pytest.param([""], id="empty"), pytest.param(["- !"], id="no token")]
)
def test_a_document_without_tokens_leaves_nothing_but_its_row(document):
    found = fingerprinted(document)
    assert found.tokens.tolist() == [0]
    assert len(found.hashes) == len(found.rare_codes) == len(found.signatures) == 0


def test_two_tokens_make_no_triple_and_no_signature():
    found = fingerprinted(["saltwork glassblower"])
    assert found.tokens.tolist() == [2]
    assert len(found.hashes) == len(found.signatures) == 0


def test_common_tokens_are_not_rare():
    assert rare_tokens_in(fingerprinted(["the of and to"]), 0) == []


def test_nothing_joins_two_documents():
    together = fingerprinted(["one two"], ["three four"])
    assert len(together.hashes) == len(together.signatures) == 0


def test_a_document_up_to_the_limit_has_no_passages():
    found = fingerprinted([long_text(1, LONG_TOKENS)])
    assert found.tokens.tolist() == [LONG_TOKENS]
    assert found.signed_passages.tolist() == [0]


def test_no_documents_have_no_fingerprints():
    assert len(fingerprinted().tokens) == 0


def test_triples_reach_over_the_passages_of_a_document():
    assert triples_in(fingerprinted(["one two", "three"]), 0) == triples_in(
        fingerprinted(["one two three"]), 0
    )


def test_a_fingerprint_belongs_to_one_triple_only():
    shingles = np.random.default_rng(5).integers(0, 1 << FINGERPRINT_BITS, 100_000, np.uint64)
    shingles = np.unique(shingles)
    mixed = fingerprints_of(shingles)
    assert len(np.unique(mixed)) == len(shingles)
    assert int(mixed.max()) < 1 << FINGERPRINT_BITS


def test_a_content_tells_texts_apart_that_have_the_same_tokens():
    contents = fingerprinted(["One two."], ["one two"], ["one", "two"], ["one", "", "two"]).contents
    assert len(set(contents.tolist())) == 4


def test_a_content_is_the_same_wherever_the_document_stands():
    one, _, other = fingerprinted(["one", "two"], ["three"], ["one", "two"]).contents
    assert one == other == fingerprinted(["one", "two"]).contents[0]


@given(st.lists(DOCUMENT, max_size=4), st.sampled_from([1, 2, 4, 16]))
@settings(deadline=None, max_examples=60)
def test_a_batch_has_the_fingerprints_of_its_twin(documents, scale):
    found = fingerprinted(*documents, scale=scale)
    for number, document in enumerate(documents):
        tokens = naive_tokens(document)
        limit = fingerprint_limit(scale)
        assert found.tokens[number] == len(tokens)
        assert found.contents[number] == naive_content(document)
        assert triples_in(found, number) == [t for t in naive_triples(tokens) if t[0] < limit]
        assert rare_tokens_in(found, number) == naive_rare_tokens(tokens)
        assert passages_in(found, number) == naive_passages(tokens)


@pytest.mark.parametrize("scale", [2, 4, 8])
def test_a_scale_keeps_the_same_fair_share_of_every_document(scale):
    whole, kept = (fingerprinted([long_text(2, 4000)], scale=each) for each in (1, scale))
    low = whole.hashes < fingerprint_limit(scale)
    assert kept.hashes.tolist() == whole.hashes[low].tolist()
    assert kept.positions.tolist() == whole.positions[low].tolist()
    assert len(kept.hashes) == pytest.approx(len(whole.hashes) / scale, rel=0.15)


def test_a_batch_that_outgrows_its_room_is_the_same(monkeypatch):
    documents = [[long_text(seed, 300)] for seed in range(12)]
    expected = fingerprinted(*documents)
    roomy = fingerprints._room

    def scant(fingerprints, rare_tokens, *others):
        return roomy(min(fingerprints, 1), min(rare_tokens, 1), *others)

    rooms = iter([scant])
    monkeypatch.setattr(fingerprints, "_room", lambda *sizes: next(rooms, roomy)(*sizes))
    for column, other in zip(fingerprinted(*documents), expected, strict=True):
        assert np.array_equal(column, other)


@given(st.integers(0, 99), st.integers(LONG_TOKENS + 1, 3000))
@settings(deadline=None, max_examples=8)
@example(seed=1, tokens=LONG_TOKENS + 1)
def test_a_long_document_has_the_signatures_of_its_twin(seed, tokens):
    text = long_text(seed, tokens)
    assert passages_in(fingerprinted([text]), 0) == naive_passages(naive_tokens([text]))


def test_passages_cover_a_long_document_and_have_a_fair_length():
    found = fingerprinted([long_text(3, 5000)])
    starts, sizes = found.signed_starts[1:], found.signed_tokens[1:]
    assert starts.tolist() == [0, *np.cumsum(sizes)[:-1].tolist()]
    assert sizes.sum() == 5000
    assert sizes[:-1].min() >= LEAST_PASSAGE
    assert sizes.max() < MOST_PASSAGE + 3


def test_a_long_documents_signature_is_the_least_of_its_passages():
    found = fingerprinted([long_text(4, 5000)])
    assert np.array_equal(found.signatures[0], found.signatures[1:].min(axis=0))


@pytest.mark.parametrize("rest", [1, 2, 3])
def test_the_last_tokens_of_a_long_document_are_signed_too(rest):
    """A passage is full just before the end: what is left is too short to be one of its own."""
    text = " ".join(["lamp"] * MOST_PASSAGE + ["saltwork", "glassblower", "nkechi"][:rest])
    found = fingerprinted([text])
    assert int(found.signed_tokens[1:].sum()) == MOST_PASSAGE + rest
    assert passages_in(found, 0) == naive_passages(naive_tokens([text]))


def test_what_two_documents_share_is_cut_at_the_same_places():
    shared = long_text(5, 4000)
    one, other = (fingerprinted([long_text(seed, 700) + " " + shared]) for seed in (6, 7))
    common = {tuple(each) for each in one.signatures[1:].tolist()} & {
        tuple(each) for each in other.signatures[1:].tolist()
    }
    assert len(common) >= len(one.signatures) // 2
