"""Texts of our own invention, looked for by the kernel or by all of detection."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pytest

from leakcheck.corpus import CorpusFile, PassageBatch
from leakcheck.corpus.shapes import passages_of
from leakcheck.detection.catalogue import Benchmark, load_catalogue
from leakcheck.detection.finding import Finding
from leakcheck.detection.kernel import find_matches
from leakcheck.detection.lookups import Lookups
from leakcheck.detection.matches import RawMatches
from leakcheck.detection.resolve import find_in_batch

VOCABULARY = """
    amber anchor apricot badger balcony barrel beacon blanket boulder bramble cabbage candle
    carillon cellar chestnut chimney cinnamon cobbler copper cradle cricket dairy donkey ember
    falcon feather ferry fiddle foundry gravel hammock harbour hedgehog hinge juniper kettle
    lantern ledger lichen mackerel magpie marrow meadow millstone mitten nettle oyster paddle
    parsnip pebble pewter pigeon plough quarry quilt ribbon saddle saffron sickle thatch thimble
    trellis trout turnip velvet walnut warren wicker willow windmill
"""
WORDS = VOCABULARY.split()


def sentence(seed: int, words: int = 24) -> str:
    """Make up a text of rare words, common ones and numbers; the same for the same seed."""
    chance = random.Random(seed)
    made = [
        str(chance.randrange(11, 999)) if chance.random() < 0.15 else chance.choice(WORDS)
        for _ in range(words)
    ]
    return " ".join(made).capitalize() + "."


FILLER = "It was said that they had been there before and would go on as they were used to. "


@pytest.fixture(scope="session")
def match() -> Callable[..., RawMatches]:
    """Let the kernel match documents; a document is a text or a list of passages."""

    def match_documents(documents: Sequence[str | Sequence[str]], lookups: Lookups) -> RawMatches:
        passages = [[each] if isinstance(each, str) else list(each) for each in documents]
        encoded = [passage.encode() for document in passages for passage in document]
        return find_matches(
            np.frombuffer(b"".join(encoded), np.uint8),
            np.cumsum([0, *map(len, encoded)]).astype(np.int64),
            np.cumsum([0, *map(len, passages)]).astype(np.int64),
            lookups,
        )

    return match_documents


@pytest.fixture(scope="session")
def find() -> Callable[..., list[Finding]]:
    """Find the items of benchmarks in records: texts, or dicts as a corpus file has them."""

    def find_in_records(records: Sequence[object], *benchmarks: Benchmark) -> list[Finding]:
        passages = [
            (row, source, text)
            for row, record in enumerate(records)
            for source, text in passages_of(record)
        ]
        batch = PassageBatch(
            file=CorpusFile(None, "corpus.jsonl", 0),
            texts=pa.array([text for _, _, text in passages], pa.large_string()),
            rows=np.array([row for row, _, _ in passages], np.int64),
            sources=[source for _, source, _ in passages],
            documents=len(records),
            bytes_read=0,
        )
        return find_in_batch(batch, load_catalogue(benchmarks))

    return find_in_records
