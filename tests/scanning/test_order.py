"""The order of inputs, threads, shards and processes never changes a report."""

from __future__ import annotations

from contextlib import chdir
from itertools import permutations

import pytest

from leakcheck.scanning.engines import local
from leakcheck.scanning.keeping import kept_in
from leakcheck.scanning.merging import merge
from leakcheck.scanning.plan import Plan
from leakcheck.scanning.sampling import Sample

from .conftest import EXAMPLES, SMALL

PATHS = ["examples/corpus/notes", "examples/corpus/*.json*", "examples/corpus/books.parquet"]
SAMPLE = Sample(0.5, 11, unit_bytes=1500, file_bytes=3000)


@pytest.fixture(scope="module", params=[None, SAMPLE], ids=["all", "a sample"])
def sample(request):
    return request.param


@pytest.fixture(scope="module")
def expected(both, outputs, sample):
    """Return all outputs of a scan by one thread."""
    with chdir(EXAMPLES.parent):
        return outputs(both.scan(PATHS, threads=1, plan=Plan(sample=sample)))


@pytest.fixture(scope="module")
def whole(both, outputs, sample):
    """Return all outputs of a scan of the example corpus."""
    with chdir(EXAMPLES.parent):
        return outputs(both.scan(["examples/corpus"], threads=2, plan=Plan(sample=sample)))


def test_the_order_of_paths(both, outputs, sample, expected):
    for paths in permutations(PATHS):
        assert outputs(both.scan(paths, plan=Plan(sample=sample))) == expected


@pytest.mark.parametrize("least_bytes", [0, 2**60], ids=["processes", "threads"])
@pytest.mark.parametrize("threads", [1, 2, 3])
def test_the_number_of_threads(both, outputs, sample, expected, monkeypatch, threads, least_bytes):
    monkeypatch.setattr(local, "LEAST_BYTES", least_bytes)
    scanned = both.scan(PATHS, threads=threads, plan=Plan(sample=sample, division=SMALL))
    assert outputs(scanned) == expected


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_number_of_shards(shards, outputs, sample, whole, count):
    runs = shards(count, sample=sample)
    for order in permutations(runs):
        assert outputs(merge(order)) == whole


def test_where_a_scan_was_stopped(both, outputs, sample, expected, tmp_path):
    plan = Plan(sample=sample, division=SMALL)
    with kept_in(tmp_path / "run", print) as keeper:
        both.scan(PATHS, plan=plan, keeper=keeper)
    done = sorted((tmp_path / "run" / "parts").glob("*.parquet"))
    for part in done[1::2]:
        part.unlink()
    with kept_in(tmp_path / "run", print) as keeper:
        assert outputs(both.scan(PATHS[::-1], plan=plan, keeper=keeper)) == expected
