"""Hits: the triples that benchmarks and an index share."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from leakcheck.corpus_index.building.build import build_index
from leakcheck.corpus_index.searching.hits import Hits, find_hits
from leakcheck.corpus_index.sketching.fingerprints import fingerprint_limit, fingerprints_of
from leakcheck.detection.catalogue import load_benchmark, load_catalogue
from leakcheck.errors import CorpusIndexError
from leakcheck.text.tokens import tokenise

from ..planted import BENCHES, write_corpus


@pytest.fixture(scope="module")
def sieve():
    return load_catalogue([load_benchmark(name) for name in BENCHES]).lookups.sieve


@pytest.fixture(params=[1, 4])
def index(request, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_corpus(Path("corpus"), 30, documents=8)
    return build_index(["corpus"], Path("x.lki"), scale=request.param).index


def rows(hits):
    joined = Hits.joined(list(hits))
    return list(zip(*(column.tolist() for column in joined), strict=True))


def naive_hits(index, sieve):
    """Look up all triples of one text file, in Python."""
    held = set((sieve.shingles[sieve.shingles > 0] - np.uint64(1)).tolist())
    document = next(
        row["document"]
        for row in index.read("documents").to_pylist()
        if row["path"].endswith(".txt")
    )
    codes = [
        int(each) & 0xFFFF for each in tokenise(Path("corpus/e.txt").read_text("utf-8")).hashes
    ]
    limit = fingerprint_limit(index.settings.scale)
    for last in range(2, len(codes)):
        value = codes[last - 2] << 32 | codes[last - 1] << 16 | codes[last]
        if value in held and fingerprints_of(np.array([value], np.uint64))[0] < limit:
            yield document, last, value


def test_an_index_of_nothing_has_none(tmp_path, monkeypatch, sieve):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Kite.", "utf-8")
    assert rows(find_hits(build_index(["a.txt"], Path("x.lki")).index, sieve, 1)) == []


def test_they_are_those_of_the_text_in_order(index, sieve):
    found = rows(find_hits(index, sieve, 2))
    assert found == sorted(found)
    expected = list(naive_hits(index, sieve))
    document = next(
        r["document"] for r in index.read("documents").to_pylist() if r["path"][-4:] == ".txt"
    )
    assert [each for each in found if each[0] == document] == expected


def test_among_some_documents(index, sieve):
    every = rows(find_hits(index, sieve, 1))
    some = np.unique([row[0] for row in every])[::2].astype(np.uint32)
    found = rows(find_hits(index, sieve, 1, among=some))
    assert found == [row for row in every if row[0] in some]
    assert rows(find_hits(index, sieve, 1, among=some[:0])) == []


@pytest.mark.parametrize("how", ["gone", "altered"])
def test_a_damaged_table_is_named_in_one_line(index, sieve, damage, how):
    damage(index.data_paths("ngrams")[0], how)
    with pytest.raises(CorpusIndexError, match="leakcheck index verify") as raised:
        rows(find_hits(index, sieve, 1))
    assert "\n" not in str(raised.value)
