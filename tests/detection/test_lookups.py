"""Lookups: nothing in them can be written to, and they travel between processes."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import numpy as np
import pytest

from leakcheck.detection.catalogue import load_catalogue

from .conftest import FILLER, sentence

QUESTION = sentence(3)


@pytest.fixture(scope="module")
def catalogue(make_benchmark):
    return load_catalogue([make_benchmark({"test/0": QUESTION, "test/1": sentence(4)})])


def arrays_in(value: object) -> Iterator[np.ndarray]:
    if isinstance(value, np.ndarray):
        yield value
    else:
        for part in value:
            yield from arrays_in(part)


def test_no_array_can_be_written_to(catalogue):
    assert not any(array.flags.writeable for array in arrays_in(catalogue.lookups))


def test_a_catalogue_finds_the_same_when_it_was_pickled(catalogue, match):
    copied = pickle.loads(pickle.dumps(catalogue))
    documents = [FILLER + QUESTION]
    first, second = match(documents, catalogue.lookups), match(documents, copied.lookups)
    assert len(first.items) == 1
    for one, other in zip(first, second, strict=True):
        assert np.array_equal(one, other)
    assert copied.name(0) == catalogue.name(0)


def test_a_copy_for_another_process_is_read_only_as_well(catalogue):
    copied = pickle.loads(pickle.dumps(catalogue))
    assert not any(array.flags.writeable for array in arrays_in(copied.lookups))
