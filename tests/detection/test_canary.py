"""Canary strings: where none is, and in which passages they are."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest

from leakcheck.corpus import CorpusFile, PassageBatch
from leakcheck.detection.canary import canaries_of, find_canaries

CANARY = "harbour-canary 5e1f"


def batch_of(*texts: str) -> PassageBatch:
    return PassageBatch(
        file=CorpusFile(None, "corpus.jsonl", 0),
        texts=pa.array(texts, pa.large_string()),
        rows=np.arange(10, 10 + len(texts)),
        sources=[f"text[{n}]" for n in range(len(texts))],
        documents=len(texts),
        bytes_read=0,
    )


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param((), id="no passage"),
        pytest.param(("",), id="an empty passage"),
        pytest.param(("harbour-canary 5e1e",), id="another string"),
        pytest.param((CANARY[:9], CANARY[9:]), id="over the border of two passages"),
    ],
)
def test_no_canary_is_found_where_none_is(texts):
    assert find_canaries(batch_of(*texts), {CANARY: ["riddles"]}) == []


def test_without_canaries_nothing_is_looked_for():
    assert find_canaries(batch_of(CANARY), {}) == []


def test_a_passage_is_named_once_with_its_place():
    batch = batch_of("a", f"é {CANARY} and {CANARY}", "b", CANARY)
    found = find_canaries(batch, {CANARY: ["riddles"], "other": ["rhymes"]})
    assert [(each.bench, each.path, each.row, each.source) for each in found] == [
        ("riddles", "corpus.jsonl", 11, "text[1]"),
        ("riddles", "corpus.jsonl", 13, "text[3]"),
    ]


def test_a_string_of_two_benchmarks_is_found_for_both():
    found = find_canaries(batch_of(CANARY), {CANARY: ["riddles", "rhymes"]})
    assert [each.bench for each in found] == ["riddles", "rhymes"]


def test_passages_that_are_a_part_of_a_buffer_are_looked_through_alone():
    batch = batch_of(CANARY, "a", CANARY, CANARY)
    part = SimpleNamespace(
        file=batch.file, texts=batch.texts[1:3], rows=batch.rows[1:3], sources=batch.sources[1:3]
    )
    assert [each.row for each in find_canaries(part, {CANARY: ["riddles"]})] == [12]


def test_the_canaries_of_benchmarks_are_those_of_their_cards(make_benchmark):
    texts = {"test/0": "Which lamp of Saxcombe burns walnut oil at dusk?"}
    benchmarks = [
        make_benchmark(texts, name="riddles", canary=[CANARY]),
        make_benchmark(texts, name="rhymes", canary=[CANARY, "other"]),
        make_benchmark(texts, name="songs"),
    ]
    assert canaries_of(benchmarks) == {CANARY: ["riddles", "rhymes"], "other": ["rhymes"]}
