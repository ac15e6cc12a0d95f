"""The items of benchmarks as token sequences, whole and field after field.

Published criteria look at an item as it is put before a model: what is read, the question, its
choices, the answer. The sequences have the fields in that order, so that the part that a criterion
takes is one stretch of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.benchmark.card import Field
from leakcheck.benchmark.pack import Pack
from leakcheck.detection.catalogue import Benchmark
from leakcheck.presets.parts import ORDER, Part

__all__ = [
    "ANY_NUMBER",
    "ItemSequences",
    "alike_sequences_of",
    "is_test",
    "sequences_of",
    "splits_of",
    "stretches_of",
    "usual_lengths",
    "without",
]

USUAL_PERCENTILE = 5
ANY_NUMBER = np.uint16(0)
"""The code of all numbers where they are taken as alike. That of a few words too, which is rare."""


class ItemSequences(NamedTuple):
    """The items of several benchmarks, one after the other."""

    bench_starts: npt.NDArray[np.int64]
    """Shape (benchmarks + 1,): benchmark b has the items from bench_starts[b] on."""
    bounds: npt.NDArray[np.int64]
    """Shape (items, fields + 1): where each field starts in `codes`, in the order of `ORDER`; the
    last is where the item ends."""
    codes: npt.NDArray[np.uint16]
    """Shape (tokens,)."""


def sequences_of(benchmarks: Sequence[Benchmark]) -> ItemSequences:
    """Lay out the items of benchmarks, in the order given."""
    return _laid_out([_of_pack(benchmark.pack) for benchmark in benchmarks])


def alike_sequences_of(benchmarks: Sequence[Benchmark]) -> ItemSequences:
    """Lay out the items of benchmarks with all numbers alike."""
    packs = [_numbers_alike(benchmark.pack) for benchmark in benchmarks]
    return _laid_out([_of_pack(pack) for pack in packs])


def _numbers_alike(pack: Pack) -> Pack:
    fields = {
        field: replace(tokens, codes=np.where(tokens.numbers, ANY_NUMBER, tokens.codes))
        for field, tokens in pack.fields.items()
    }
    return replace(pack, fields=fields)


def _laid_out(
    columns: Sequence[tuple[npt.NDArray[np.int64], npt.NDArray[np.uint16]]],
) -> ItemSequences:
    shifts = np.cumsum([0, *(len(codes) for _, codes in columns)])
    return ItemSequences(
        bench_starts=np.cumsum([0, *(len(bounds) for bounds, _ in columns)]).astype(np.int64),
        bounds=np.concatenate(
            [bounds + shift for (bounds, _), shift in zip(columns, shifts, strict=False)]
        ),
        codes=np.concatenate([codes for _, codes in columns]),
    )


def _of_pack(pack: Pack) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint16]]:
    fields = [_taken(pack, field) for field in ORDER]
    lengths = np.stack([offsets[1:] - offsets[:-1] for offsets, _ in fields], axis=1)
    ends = np.cumsum(lengths.ravel()).reshape(lengths.shape)
    bounds = np.concatenate([ends[:, :1] - lengths[:, :1], ends], axis=1)
    codes = np.empty(int(lengths.sum()), np.uint16)
    for number, (offsets, source) in enumerate(fields):
        counts = lengths[:, number]
        within = np.arange(len(source)) - np.repeat(offsets[:-1], counts)
        codes[np.repeat(bounds[:, number], counts) + within] = source
    return bounds.astype(np.int64), codes


def _taken(pack: Pack, field: Field) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint16]]:
    """Return a field, empty where it is no text of the item: the context of code is its tests."""
    tokens = pack.fields[field]
    if field == "context" and len(pack.fields["code"].codes):
        return np.zeros_like(tokens.offsets), tokens.codes[:0]
    return tokens.offsets, tokens.codes


def without(items: ItemSequences, left_out: npt.NDArray[np.bool_]) -> ItemSequences:
    """Leave tokens out of all items; `left_out` tells which codes, shape (65536,)."""
    kept = ~left_out[items.codes]
    before = np.concatenate(([0], np.cumsum(kept)))
    return items._replace(bounds=before[items.bounds], codes=items.codes[kept])


def stretches_of(
    items: ItemSequences, part: Part
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return where a part of every item starts and ends in `codes`, each of shape (items,)."""
    first, last = ORDER.index(part[0]), ORDER.index(part[-1])
    return items.bounds[:, first], items.bounds[:, last + 1]


def is_test(benchmark: Benchmark) -> npt.NDArray[np.bool_]:
    """Tell which items of a benchmark are test items, shape (items,)."""
    names = [split.name for split in benchmark.card.splits if split.role == "test"]
    return np.isin(np.array(benchmark.pack.splits), names)


def splits_of(benchmarks: Sequence[Benchmark]) -> npt.NDArray[np.int64]:
    """Number the split of every item, over all benchmarks, shape (items,)."""
    names = [
        f"{number}/{split}"
        for number, benchmark in enumerate(benchmarks)
        for split in benchmark.pack.splits
    ]
    return np.unique(names, return_inverse=True)[1]


def usual_lengths(
    lengths: npt.NDArray[np.int64], counted: npt.NDArray[np.bool_], bench_starts: Sequence[int]
) -> list[int]:
    """Return the 5th percentile of the lengths of each benchmark's counted items, in tokens.

    Where a benchmark has none that count, all of its items do.

    >>> import numpy as np
    >>> usual_lengths(np.arange(1, 102), np.ones(101, bool), [0, 101])
    [6]
    """
    usual = []
    for start, end in pairwise(bench_starts):
        own = lengths[start:end]
        chosen = own[counted[start:end]]
        usual.append(int(np.percentile(chosen if len(chosen) else own, USUAL_PERCENTILE)))
    return usual
