"""Canary strings: what publishers put into their files so that copies of them can be found.

A canary is no item and counts for nothing in the verdict: it stands in prompts, in papers and in
tools as well as in copies of the benchmark. Where one is, there is reason to look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leakcheck.corpus import PassageBatch
from leakcheck.detection.catalogue import Benchmark

__all__ = ["CanaryPlace", "canaries_of", "find_canaries"]


class CanaryPlace(NamedTuple):
    """A passage with the canary string of a benchmark in it."""

    bench: str
    canary: str
    path: str
    row: int
    source: str


def canaries_of(benchmarks: Sequence[Benchmark]) -> dict[str, list[str]]:
    """Return each canary string with the names of the benchmarks that carry it."""
    names: dict[str, list[str]] = {}
    for benchmark in benchmarks:
        for canary in benchmark.card.canary:
            names.setdefault(canary, []).append(benchmark.card.name)
    return names


def find_canaries(batch: PassageBatch, canaries: Mapping[str, Sequence[str]]) -> list[CanaryPlace]:
    """Find the passages of a batch that hold a canary string."""
    if not canaries or not len(batch.texts):
        return []
    offsets, text = _bytes_of(batch.texts)
    return [
        CanaryPlace(bench, canary, batch.file.name, int(batch.rows[place]), batch.sources[place])
        for canary, names in canaries.items()
        for place in _passages_with(canary.encode(), text, offsets)
        for bench in names
    ]


def _bytes_of(texts: pa.Array) -> tuple[npt.NDArray[np.int64], bytes]:
    """Return the text of all passages in a row, and where each begins in it."""
    _, offsets, text = texts.buffers()
    starts = np.frombuffer(offsets, np.int64, len(texts) + 1, 8 * texts.offset)
    return starts, text.to_pybytes() if text is not None else b""


def _passages_with(canary: bytes, text: bytes, starts: npt.NDArray[np.int64]) -> Iterator[int]:
    at, end = int(starts[0]), int(starts[-1])
    # The whole buffer at once: passages are many and canaries rare.
    while (at := text.find(canary, at, end)) >= 0:
        place = int(np.searchsorted(starts, at, side="right")) - 1
        if at + len(canary) <= starts[place + 1]:
            yield place
            at = int(starts[place + 1])
        else:  # it reaches over the border of two passages, and is in neither
            at += 1
