"""The text of a batch: what stands after a passage, up to the end of its document."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from leakcheck.corpus import CorpusFile, PassageBatch
from leakcheck.detection.batch_text import BatchText, document_passages_of

TEXTS = ["the kettle", "23", "of pewter", "another document"]
ROWS = np.array([0, 0, 0, 1], np.int64)


@pytest.fixture
def text() -> BatchText:
    batch = PassageBatch(
        file=CorpusFile(None, "corpus.jsonl", 0),
        texts=pa.array(TEXTS, pa.large_string()),
        rows=ROWS,
        sources=[""] * len(TEXTS),
        documents=2,
        bytes_read=0,
    )
    offsets = np.cumsum([0, *map(len, TEXTS)]).astype(np.int64)
    data = memoryview("".join(TEXTS).encode())
    return BatchText(batch, offsets, document_passages_of(ROWS), data)


def test_a_passage_is_a_line_of_what_stands_after(text):
    assert text.after(3, 100) == " kettle\n23\nof pewter"


def test_what_stands_after_a_whole_passage_begins_with_a_line(text):
    assert text.after(10, 100) == "\n23\nof pewter"


def test_what_stands_after_ends_with_its_document(text):
    assert text.after(21, 100) == ""


def test_no_more_is_read_than_asked_for(text):
    assert text.after(3, 5) == " kett"
