"""How close background text comes to a benchmark, as it is measured when the benchmark is built."""

from __future__ import annotations

import pytest

from leakcheck.calibration import background
from leakcheck.calibration.background import DocumentSample, background_closeness
from leakcheck.corpus_index.closeness.proximity import COMPARED_SCALES

ITEM = (
    "Eleven ferrymen of Quillhaven share forty lanterns among nineteen boats before the autumn "
    "flood drives every heron, otter and miller from the reed beds below the old customs house."
)
OTHER = [
    f"Minute {n} of the parish council: nothing was said, and nobody minded." for n in range(99)
]


@pytest.fixture
def measure(monkeypatch, make_benchmark):
    """Measure a background with samples of 50 and 400 tokens."""
    monkeypatch.setattr(background, "SAMPLE_TOKENS", (50, 400))
    made = make_benchmark({"test/0": ITEM, "train/0": "Who rings the bell of the chapel?"})
    return lambda documents: background_closeness(made.card, made.pack, documents)[0]


def sampled(documents: list[str], size: int) -> list[str]:
    sample = DocumentSample(size)
    assert list(sample.passing(documents)) == documents
    return sample.documents()


def test_without_documents_there_is_no_sample(measure):
    assert measure([]).samples == []


def test_background_that_is_too_small_has_the_small_samples_only(measure):
    assert [sample.tokens >= 50 for sample in measure(OTHER[:10]).samples] == [True]


def test_background_of_other_things_is_not_close(measure):
    found = measure(OTHER)
    assert found.scale == COMPARED_SCALES[0]
    assert [sample.quantile(50) for sample in found.samples] == [0, 0]


def test_background_that_quotes_an_item_is_a_copy(measure):
    found = measure([ITEM, *OTHER[:40]])
    assert found.samples[-1].copied == 1


def test_a_small_background_is_kept_whole():
    assert sorted(sampled(OTHER, 1 << 20)) == sorted(OTHER)


def test_of_a_large_one_so_many_bytes_are_kept():
    kept = sampled(OTHER, 1000)
    assert 1000 <= sum(map(len, kept)) <= 1000 + len(OTHER[-1])
    assert set(kept) < set(OTHER)


def test_what_is_kept_does_not_depend_on_the_order():
    assert sampled(OTHER, 1000) == sampled(OTHER[::-1], 1000)
