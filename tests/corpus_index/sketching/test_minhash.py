"""MinHash: the values are datasketch's own, and load into all of its indexes."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.corpus_index.sketching.minhash import (
    NUM_PERM,
    SCHEME,
    SEED,
    equal_values,
    estimate_jaccard,
    permutations,
    signature_of,
    to_datasketch,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from datasketch import MinHash, MinHashLSH, MinHashLSHEnsemble

HASHES = st.sets(st.integers(0, 2**32 - 1), max_size=30)


def sketch(hashes) -> MinHash:
    """Return datasketch's own signature, one update after the other."""
    made = MinHash(num_perm=NUM_PERM, seed=SEED, hashfunc=int)
    for each in hashes:
        made.update(each)
    return made


def signed(hashes) -> np.ndarray:
    return signature_of(np.array(sorted(hashes), np.uint32))


def overlapping(seed: int, size: int, shared: int) -> tuple[set[int], set[int]]:
    """Draw two sets of `size` numbers with `shared` in common."""
    drawn = np.random.default_rng(seed).choice(2**31, 2 * size - shared, replace=False).tolist()
    return set(drawn[:size]), set(drawn[size - shared :])


def test_other_seeds_and_schemes_give_other_values():
    assert not np.array_equal(permutations(8, seed=1), permutations(8, seed=2))
    legacy = MinHash(num_perm=NUM_PERM, seed=SEED, hashfunc=int, scheme="legacy")
    legacy.update(7)
    assert not np.array_equal(signed([7]), legacy.hashvalues)


def test_nothing_has_datasketchs_signature_of_nothing():
    assert np.array_equal(signed([]), sketch([]).hashvalues)
    assert to_datasketch(signed([])).is_empty()


def test_what_stands_twice_counts_once():
    assert np.array_equal(signature_of(np.array([5, 9, 5, 5], np.uint32)), signed([5, 9]))


@pytest.mark.parametrize("num_perm", [1, 16, 128, 256])
def test_permutations_are_datasketchs(num_perm):
    theirs = MinHash(num_perm=num_perm, seed=SEED).permutations
    assert np.array_equal(permutations(num_perm, SEED), theirs)


@given(HASHES)
@settings(deadline=None)
def test_every_value_is_datasketchs(hashes):
    assert signed(hashes).dtype == np.uint32
    assert np.array_equal(signed(hashes), sketch(hashes).hashvalues)


@given(HASHES, HASHES)
@settings(deadline=None)
def test_the_signature_of_a_union_is_the_least_of_both(one, other):
    assert np.array_equal(signed(one | other), np.minimum(signed(one), signed(other)))


@given(HASHES, HASHES)
@settings(deadline=None)
def test_estimates_are_datasketchs(one, other):
    ours = estimate_jaccard(signed(one), signed(other)[None])
    assert ours.tolist() == [sketch(one).jaccard(sketch(other))]


def test_estimates_come_close_to_the_truth():
    for seed, shared in enumerate((0, 100, 150, 190)):
        one, other = overlapping(seed, 200, shared)
        truth = len(one & other) / len(one | other)
        [estimate] = estimate_jaccard(signed(one), signed(other)[None])
        assert estimate == pytest.approx(truth, abs=0.13)  # three standard errors


def test_equal_values_are_counted_pair_by_pair():
    signatures = np.array([[1, 2, 3], [1, 2, 9], [7, 8, 9]], np.uint32)
    pairs = np.array([0, 0, 1, 2]), np.array([0, 1, 2, 0])
    assert equal_values(signatures, pairs[0], signatures, pairs[1]).tolist() == [3, 2, 1, 0]


def test_a_stored_signature_loads_and_goes_on_growing():
    loaded = to_datasketch(signed([3, 4]))
    assert (loaded.scheme, loaded.seed, len(loaded)) == (SCHEME, SEED, NUM_PERM)
    assert loaded == sketch([3, 4])
    loaded.update(5)
    assert loaded == sketch([3, 4, 5])


def test_loading_leaves_the_stored_signature_as_it_was():
    stored = signed([3, 4])
    to_datasketch(stored).update(5)
    assert np.array_equal(stored, signed([3, 4]))


def test_stored_signatures_go_into_an_lsh_index():
    one, other = overlapping(1, 200, 190)
    index = MinHashLSH(threshold=0.8, num_perm=NUM_PERM)
    index.insert("near", to_datasketch(signed(one)))
    index.insert("far", to_datasketch(signed(overlapping(2, 200, 0)[0])))
    assert index.query(sketch(other)) == ["near"]


def test_stored_signatures_go_into_a_containment_index():
    whole, _ = overlapping(1, 200, 0)
    part = set(sorted(whole)[:60])
    index = MinHashLSHEnsemble(threshold=0.8, num_perm=NUM_PERM, num_part=2)
    far = overlapping(2, 200, 0)[0]
    index.index(
        (name, to_datasketch(signed(each)), len(each))
        for name, each in (("has", whole), ("no", far))
    )
    assert list(index.query(sketch(part), len(part))) == ["has"]
