"""Measures how fast signatures are made, beside datasketch's own ways.

    python measure/minhash.py

Documents of 200 shingles and signatures of 128 values, on one core. `MinHash.update` takes one
shingle at a time, `update_batch` all of a document; both are given the shingles as the numbers the
kernel gets, so that no time goes into hashing them. Medians of five rounds, in each of which every
contestant has one run. Leave the machine alone meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from datasketch import MinHash

from leakcheck.corpus_index.sketching.minhash import NUM_PERM, SEED, permutations, signature_of

__all__ = ["MinHashRate", "measure_minhash"]

SHINGLES = 200
ROUNDS = 5

Documents = list[npt.NDArray[np.uint32]]
Sign = Callable[[npt.NDArray[np.uint32]], npt.NDArray[np.uint32]]


class MinHashRate(NamedTuple):
    """How fast one way makes signatures."""

    name: str
    documents_per_second: float
    times_slower: float
    """Than the kernel."""


def measure_minhash(rounds: int = ROUNDS) -> list[MinHashRate]:
    """Measure the kernel first, then datasketch; all must give the same signatures."""
    contestants: dict[str, tuple[Sign, int]] = {
        "leakcheck's kernel": (signature_of, 20_000),
        "datasketch, update_batch": (_update_batch, 2_000),
        "datasketch, update_batch, permutations made once": (_batch_shared, 4_000),
        "datasketch, update": (_update, 100),
    }
    documents = _documents(max(count for _, count in contestants.values()))
    _check_equal([sign for sign, _ in contestants.values()], documents[:5])
    rates: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, (sign, count) in contestants.items():
            rates[name].append(count / _seconds(sign, documents[:count]))
    medians = {name: median(each) for name, each in rates.items()}
    kernel = next(iter(medians.values()))
    return [MinHashRate(name, rate, kernel / rate) for name, rate in medians.items()]


def _documents(count: int) -> Documents:
    drawn = np.random.default_rng(7).integers(0, 1 << 32, (count, SHINGLES), np.uint32)
    return list(drawn)


def _check_equal(ways: list[Sign], documents: Documents) -> None:
    for document in documents:
        first, *others = (sign(document) for sign in ways)
        if not all(np.array_equal(first, other) for other in others):
            raise SystemExit("the signatures differ")


def _seconds(sign: Sign, documents: Documents) -> float:
    start = time.perf_counter()
    for document in documents:
        sign(document)
    return time.perf_counter() - start


def _update(document: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    signature = MinHash(num_perm=NUM_PERM, seed=SEED, hashfunc=int)
    for shingle in document:
        signature.update(shingle)
    return np.asarray(signature.hashvalues)


def _update_batch(document: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    signature = MinHash(num_perm=NUM_PERM, seed=SEED, hashfunc=int)
    signature.update_batch(document)
    return np.asarray(signature.hashvalues)


def _batch_shared(document: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    signature = MinHash(
        num_perm=NUM_PERM, seed=SEED, hashfunc=int, permutations=permutations(), scheme="affine32"
    )
    signature.update_batch(document)
    return np.asarray(signature.hashvalues)


def main() -> None:
    """Print the table."""
    print("| signatures by | documents/s | times slower |\n|---|---:|---:|")
    for each in measure_minhash():
        print(f"| {each.name} | {each.documents_per_second:,.0f} | {each.times_slower:.1f} |")


if __name__ == "__main__":
    main()
