"""Hashes of documents: any change of their text or of the borders of passages is another hash."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.corpus.records import CorpusFile, PassageBatch
from leakcheck.corpus_index.sketching.contents import batch_columns, content_hashes

DOCUMENTS = st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=3), max_size=6)


def batch_of(documents):
    texts = [text for document in documents for text in document]
    rows = np.repeat(np.arange(len(documents)), [len(document) for document in documents])
    array = pa.array(["before", *texts], pa.large_string())[1:]  # not from the buffers' beginning
    return PassageBatch(CorpusFile(None, "", 0), array, rows, [""] * len(texts), len(documents), 0)


def hashes(documents):
    return content_hashes(*batch_columns(batch_of(documents))).tolist()


def naive(document):
    state = 0xCBF29CE484222325
    for text in document:
        for byte in (*text.encode(), 0x1FF):
            state = (state ^ byte) * 0x100000001B3 % 2**64
    return state


def test_of_nothing_there_is_none():
    assert hashes([]) == []


def test_borders_count():
    assert len(set(hashes([["ab"], ["a", "b"], ["", "ab"], ["ab", ""]]))) == 4


@given(DOCUMENTS)
def test_they_are_those_of_plain_python(documents):
    assert hashes(documents) == [naive(document) for document in documents]


@given(DOCUMENTS)
def test_a_document_has_the_same_in_any_batch(documents):
    assert hashes(documents) == [each for document in documents for each in hashes([document])]
