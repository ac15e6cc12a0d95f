"""The layout of benchmarks for the kernel, kept between runs.

It takes longer than all else that a short scan does, and depends on the benchmarks alone. So it is
kept in the user's cache, under a hash of their packs and calibrations and of the code that made it.
What is sealed is not: it would lie about unsealed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import blake2b
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.benchmark.calibration import QUESTION_BITS
from leakcheck.benchmark.folders import user_cache
from leakcheck.compiled import KERNELS_DIGEST
from leakcheck.detection.kernel import FLOOR_BITS, Lookups, make_lookups, read_only
from leakcheck.detection.score import FIELD_SHARE
from leakcheck.index.item_table import QUESTION, ItemTable, item_table
from leakcheck.index.kept import kept
from leakcheck.index.sieve import build_sieve

if TYPE_CHECKING:
    from leakcheck.detection.catalogue import Benchmark

__all__ = ["Layout", "layout_of", "tables_of"]

MARGIN_BELOW = 10.0
"""Matches so little below their threshold are kept: they may be rivals of others, or verbatim."""

REWRITTEN_BITS = 65.0
"""A question in other words, and nothing else of its item, needs so much ..."""
MARGIN_BITS = 20.0
"""... and so much more than its item's null."""

_DEPENDED_ON = (
    "benchmark/calibration.py",
    "detection/catalogue.py",
    "detection/layout.py",
    "text/background.npz",
    "text/folding.npz",
)
"""What else than packs, calibrations and kernels a layout depends on."""


class Layout(NamedTuple):
    """What is looked up in a scan."""

    lookups: Lookups
    least_bits: npt.NDArray[np.float32]
    """Shape (items,): what a question in other words needs, whatever its odds are."""


def layout_of(benchmarks: Sequence[Benchmark], lowered_bits: float = 0.0) -> Layout:
    """Return the layout of benchmarks, as it was kept or built anew."""
    build = partial(_lay_out, benchmarks, lowered_bits)
    if not all(map(_may_be_kept, benchmarks)):
        return build()
    return read_only(
        kept(user_cache() / "tables" / _digest_of(benchmarks, lowered_bits), Layout, build)
    )


def tables_of(items: ItemTable) -> Iterator[ItemTable]:
    """Yield the part of an item table that each of its benchmarks has."""
    for first, last in pairwise(items.bench_starts.tolist()):
        yield items._replace(
            bench_starts=np.array([0, last - first]),
            starts=items.starts[first:last],
            ends=items.ends[first:last],
            word_bits=items.word_bits[first:last],
            number_bits=items.number_bits[first:last],
        )


def _may_be_kept(benchmark: Benchmark) -> bool:
    """Tell whether a pack is known by its checksum, and is not sealed."""
    return bool(benchmark.pack.header.checksum) and benchmark.pack.header.seal is None


def _digest_of(benchmarks: Sequence[Benchmark], lowered_bits: float) -> str:
    """Hash all that a layout depends on."""
    digest = blake2b(f"{KERNELS_DIGEST} {lowered_bits}".encode(), digest_size=16)
    for name in _DEPENDED_ON:
        digest.update((files("leakcheck") / name).read_bytes())
    for benchmark in benchmarks:
        digest.update(f"{benchmark.pack.header.checksum} ".encode())
        digest.update(benchmark.calibration.thresholds.tobytes())
        digest.update(benchmark.calibration.nulls.tobytes())
    return digest.hexdigest()


def _lay_out(benchmarks: Sequence[Benchmark], lowered_bits: float) -> Layout:
    items = item_table([benchmark.pack for benchmark in benchmarks])
    thresholds = np.concatenate([each.calibration.thresholds for each in benchmarks])
    question = items.word_bits[:, QUESTION] + items.number_bits[:, QUESTION]
    rewritten = _rewritten_bits(benchmarks, question)
    least = np.minimum(thresholds - np.float32(MARGIN_BELOW), rewritten) - np.float32(lowered_bits)
    floors = np.maximum(least, np.float32(FLOOR_BITS))
    puzzles = np.concatenate([benchmark.puzzles for benchmark in benchmarks])
    floors = np.where(puzzles, np.minimum(floors, FIELD_SHARE * question), floors)
    return Layout(make_lookups(items, build_sieve(items), floors), rewritten)


def _rewritten_bits(
    benchmarks: Sequence[Benchmark], question: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Return what each question needs that stands there in other words, shape (items,).

    Where a copy word by word would not be told from what anybody may ask, no rewrite is.
    """
    nulls = np.concatenate([benchmark.calibration.nulls for benchmark in benchmarks])
    least = np.maximum(REWRITTEN_BITS, nulls + MARGIN_BITS)
    return np.where(question >= QUESTION_BITS, least, np.inf).astype(np.float32)
