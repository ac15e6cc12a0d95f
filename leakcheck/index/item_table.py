"""The item table: the items of all benchmarks of a scan, laid out for the kernel."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.benchmark.card import FIELDS
from leakcheck.benchmark.pack import Pack
from leakcheck.compiled import allocating

__all__ = [
    "ANSWER",
    "CHOICES",
    "CODE",
    "CONTEXT",
    "QUESTION",
    "REPEAT_DAMPING",
    "ItemTable",
    "damp_repeats",
    "has_tests",
    "item_table",
]

QUESTION, CHOICES, ANSWER, CODE, CONTEXT = map(
    FIELDS.index, ("question", "choices", "answer", "code", "context")
)

REPEAT_DAMPING = np.float32(0.5)
"""A token's second occurrence in a text tells half of what its first does, and so on."""


MOST_TEST_TOKENS = 128
"""Tests are no longer than this."""


class ItemTable(NamedTuple):
    """Items of several benchmarks one after the other, their tokens in one long row."""

    bench_starts: npt.NDArray[np.int64]
    """Shape (benchmarks + 1,): benchmark b has the items from bench_starts[b] on."""
    starts: npt.NDArray[np.int64]
    """Shape (items, fields): where the tokens of each field start."""
    ends: npt.NDArray[np.int64]
    """Shape (items, fields): where they end."""
    codes: npt.NDArray[np.uint16]
    """Shape (tokens,)."""
    bits: npt.NDArray[np.float32]
    """Shape (tokens,): weights."""
    damped_bits: npt.NDArray[np.float32]
    """Shape (tokens,): weights; each repeat of a token in its field tells half as much."""
    numbers: npt.NDArray[np.bool_]
    """Shape (tokens,): whether each token is a number."""
    word_bits: npt.NDArray[np.float32]
    """Shape (items, fields): all bits of a field's words, repeats damped."""
    number_bits: npt.NDArray[np.float32]
    """Shape (items, fields): all bits of a field's numbers, repeats damped."""


def item_table(packs: Sequence[Pack]) -> ItemTable:
    """Lay out the items of packs, in the order given."""
    columns = [(pack, [pack.fields[field] for field in FIELDS]) for pack in packs]
    starts, ends = [], []
    shift = 0
    for _, fields in columns:
        # Fields follow each other within a pack: all questions, then all choices.
        lengths = [len(tokens.codes) for tokens in fields]
        places = shift + np.concatenate(([0], np.cumsum(lengths)))
        starts.append(
            np.stack([t.offsets[:-1] + p for t, p in zip(fields, places, strict=False)], 1)
        )
        ends.append(np.stack([t.offsets[1:] + p for t, p in zip(fields, places, strict=False)], 1))
        shift = int(places[-1])
    every = [tokens for _, fields in columns for tokens in fields]
    sizes = [len(pack.items) for pack in packs]
    table = ItemTable(
        bench_starts=np.concatenate(([0], np.cumsum(sizes))).astype(np.int64),
        starts=np.concatenate(starts),
        ends=np.concatenate(ends),
        codes=np.concatenate([tokens.codes for tokens in every]),
        bits=np.concatenate([tokens.bits for tokens in every]),
        damped_bits=np.zeros(shift, np.float32),
        numbers=np.concatenate([tokens.numbers for tokens in every]),
        word_bits=np.zeros((sum(sizes), len(FIELDS)), np.float32),
        number_bits=np.zeros((sum(sizes), len(FIELDS)), np.float32),
    )
    damp_repeats(table)
    return table


def has_tests(table: ItemTable) -> npt.NDArray[np.bool_]:
    """Tell of which items the context are the tests of their code, shape (items,).

    Those of benchmarks all of whose items have code and a context. Tests are what a program must
    give for what it is given: unlike a passage to be read, they stand nowhere but beside their
    task. A context that is longer than tests are is a program of its own.
    """
    lengths = table.ends - table.starts
    coded = (lengths[:, CODE] > 0) & (lengths[:, CONTEXT] > 0)
    for first, last in pairwise(table.bench_starts.tolist()):
        coded[first:last] = coded[first:last].all()
    return np.asarray(coded & (lengths[:, CONTEXT] <= MOST_TEST_TOKENS))


@allocating
def damp_repeats(table: ItemTable) -> None:
    """Fill in the damped bits and their sums."""
    damping = np.zeros(1 << 16, np.float32)
    for item in range(table.starts.shape[0]):
        for field in range(table.starts.shape[1]):
            start, end = table.starts[item, field], table.ends[item, field]
            for place in range(start, end):
                damping[table.codes[place]] = 1.0
            for place in range(start, end):
                code = table.codes[place]
                bits = table.bits[place] * damping[code]
                table.damped_bits[place] = bits
                damping[code] *= REPEAT_DAMPING
                if table.numbers[place]:
                    table.number_bits[item, field] += bits
                else:
                    table.word_bits[item, field] += bits
