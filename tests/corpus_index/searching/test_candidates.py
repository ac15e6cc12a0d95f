"""Candidates: at scale 1 no document is left out that the kernel finds a match in."""

from __future__ import annotations

import random
from itertools import groupby
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from leakcheck.corpus import CorpusFile
from leakcheck.corpus.records import PassageBatch
from leakcheck.corpus_index.building.build import build_index
from leakcheck.corpus_index.searching.candidates import find_candidates
from leakcheck.corpus_index.searching.hits import Hits, find_hits
from leakcheck.corpus_index.searching.rare_tokens import read_rare_tokens
from leakcheck.corpus_index.searching.visible import visible_of
from leakcheck.corpus_index.sketching.contents import batch_columns
from leakcheck.detection.catalogue import load_benchmark, load_catalogue
from leakcheck.detection.kernel import find_matches
from leakcheck.text.background import is_common

from ..planted import BENCHES, document, write_corpus


@pytest.fixture(scope="module")
def lookups():
    return load_catalogue([load_benchmark(name) for name in BENCHES]).lookups


@pytest.fixture
def texts(tmp_path, monkeypatch):
    """Random pages, each a file of its own, so that a document has its number."""
    monkeypatch.chdir(tmp_path)
    random_ = random.Random(20)
    found = [document(random_) or "none" for _ in range(150)]
    Path("corpus").mkdir()
    for n, text in enumerate(found):
        Path(f"corpus/{n:03}.txt").write_text(text, "utf-8")
    return found


def pairs(candidates):
    return set(zip(candidates.documents.tolist(), candidates.items.tolist(), strict=True))


def found_in(scale, lookups, keep=lambda hits: hits):
    Path("x.lki").exists() or build_index(["corpus"], Path("x.lki"), scale=scale)
    from leakcheck.corpus_index.stored.store import open_index

    index = open_index("x.lki")
    return find_candidates(index, keep(find_hits(index, lookups.sieve, 1)), lookups)


def test_an_index_without_hits_has_no_candidates(tmp_path, monkeypatch, lookups):
    monkeypatch.chdir(tmp_path)
    Path("corpus").mkdir()
    Path("corpus/a.txt").write_text("Kite kite kite kite.", "utf-8")
    assert len(found_in(1, lookups).items) == 0


def test_every_match_of_the_kernel_is_a_candidate(texts, lookups):
    batch = PassageBatch(
        CorpusFile(None, "", 0), pa.array(texts, pa.large_string()), np.arange(len(texts)),
        [""] * len(texts), len(texts), 0,
    )  # fmt: skip
    matches = find_matches(*batch_columns(batch), lookups)
    expected = set(zip(matches.documents.tolist(), matches.items.tolist(), strict=True))
    assert len(expected) > 100
    assert expected <= pairs(found_in(1, lookups))


def test_candidates_come_in_the_order_of_documents(texts, lookups):
    assert (np.diff(found_in(1, lookups).documents.astype(np.int64)) >= 0).all()


@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_how_hits_come_in_pieces_changes_nothing(texts, lookups, size):
    def cut(hits):
        for piece in hits:
            yield Hits.none()
            for start in range(0, len(piece.documents), size):
                yield piece.at(slice(start, start + size))

    assert pairs(found_in(1, lookups, cut)) == pairs(found_in(1, lookups))


def test_at_scale_4_there_are_fewer_candidates(texts, lookups):
    exact = pairs(found_in(1, lookups))
    import shutil

    shutil.rmtree("x.lki")
    assert pairs(found_in(4, lookups)) <= exact


def test_rare_tokens_are_read_document_by_document(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("leakcheck.corpus_index.stored.tables.READ_ROWS", 5)
    write_corpus(Path("corpus"), 21, documents=4)
    index = build_index(["corpus"], Path("x.lki"), scale=1).index
    pieces = list(read_rare_tokens(index))
    assert len(pieces) > 5
    numbers = [number for piece in pieces for number, _ in groupby(piece.documents.tolist())]
    assert numbers == sorted(set(numbers))
    table = index.read("rare_tokens")
    assert np.concatenate([piece.codes for piece in pieces]).tolist() == table["code"].to_pylist()


def test_no_token_is_taken_to_be_kept_that_shares_its_code_with_a_common_one(lookups):
    codes = lookups.items.codes[visible_of(lookups, 1).rare]
    common = [bool(is_common.py_func(lookups.common, np.uint32(code))) for code in codes[:500]]
    assert not any(common)


@pytest.mark.parametrize("scale", [1, 4, 50])
def test_no_more_weight_is_asked_for_than_a_copy_has(lookups, scale):
    needed = visible_of(lookups, scale).needed
    assert (needed <= lookups.candidate_bits).all()
    assert scale > 1 or (needed == lookups.candidate_bits).all()
