"""Runs: the stretches of tokens that documents share with items, each as long as it goes.

Every n-gram of a document is looked up in the table; where it stands in an item and neither text
goes on alike to the left, a run begins. So every run of n tokens or more is found once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import allocating, int64, kernel
from leakcheck.presets.grams import PRIME, GramTable, find_gram, rolled
from leakcheck.presets.parts import Part
from leakcheck.presets.record import SkipRule
from leakcheck.presets.sequences import ItemSequences, stretches_of

__all__ = ["Runs", "cut_runs", "find_runs", "joined", "mark_skipping", "note_reach"]


class Runs(NamedTuple):
    """The runs of some documents, in the order of the documents."""

    documents: npt.NDArray[np.int64]
    """Shape (runs,)."""
    items: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    """Where in the codes of all items."""
    places: npt.NDArray[np.int64]
    """Where in the codes of all documents."""
    lengths: npt.NDArray[np.int64]


def find_runs(
    codes: npt.NDArray[np.uint16],
    documents: npt.NDArray[np.int64],
    items: ItemSequences,
    table: GramTable,
) -> Runs:
    """Find all runs of `table.n` tokens or more.

    Args:
        codes: of documents, one after the other.
        documents: shape (documents + 1,), where each starts.
        items: that the table was made of; runs go on up to the ends of these.
        table: of their n-grams.
    """
    starts = np.ascontiguousarray(items.bounds[:, 0])
    ends = np.ascontiguousarray(items.bounds[:, -1])
    rows = _find(codes, documents, items.codes, starts, ends, table)
    return Runs(*np.ascontiguousarray(rows.T))


def joined(several: Sequence[Runs]) -> Runs:
    """Put runs of the same documents together."""
    return Runs(*map(np.concatenate, zip(*several, strict=True)))


@allocating
def _find(
    codes: npt.NDArray[np.uint16],
    documents: npt.NDArray[np.int64],
    item_codes: npt.NDArray[np.uint16],
    item_starts: npt.NDArray[np.int64],
    item_ends: npt.NDArray[np.int64],
    table: GramTable,
) -> npt.NDArray[np.int64]:
    """Return a row a run, in the columns of `Runs`."""
    n = int64(table.n)
    power = np.uint64(1)
    for _ in range(n):
        power *= PRIME
    rows = np.empty((1024, 5), np.int64)
    count = int64(0)
    for document in range(len(documents) - 1):
        begin, end = documents[document], documents[document + 1]
        state = np.uint64(0)
        for at in range(begin, end):
            if at - begin < n:
                state = state * PRIME + np.uint64(codes[at]) + np.uint64(1)
            else:
                state = rolled(state, codes[at], codes[at - n], power)
            if at - begin < n - 1:
                continue
            slot = find_gram(table.bitmap, table.slots, state)
            if slot < 0:
                continue
            place = at - n + 1
            first = table.firsts[slot]
            for number in range(first, first + table.counts[slot]):
                start, item = table.places[number], int64(table.items[number])
                goes_on_before = place > begin and start > item_starts[item]
                if goes_on_before and codes[place - 1] == item_codes[start - 1]:
                    continue
                most = min(end - place, item_ends[item] - start)
                length = _common(codes, place, item_codes, start, most)
                if length < n:  # another n-gram of the same hash
                    continue
                rows = _with_room(rows, count)
                rows[count] = document, item, start, place, length
                count += 1
    return rows[:count]


@kernel
def _common(
    codes: npt.NDArray[np.uint16],
    place: int,
    item_codes: npt.NDArray[np.uint16],
    start: int,
    most: int,
) -> int:
    """Return how many tokens two texts have in common from here on, up to `most`."""
    length = int64(0)
    while length < most and codes[place + length] == item_codes[start + length]:
        length += 1
    return length


@allocating
def _with_room(rows: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.int64]:
    """Return the rows, twice as many if all are taken."""
    if count < len(rows):
        return rows
    wider = np.empty((2 * count, rows.shape[1]), np.int64)
    wider[:count] = rows
    return wider


def cut_runs(
    runs: Runs, items: ItemSequences, part: Part, gram: int = 1
) -> tuple[Runs, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Cut runs to a part of their items.

    Returns:
        Those of which `gram` tokens are left, their starts in the codes of the items, their ends.
    """
    part_starts, part_ends = stretches_of(items, part)
    starts = np.maximum(runs.starts, part_starts[runs.items])
    ends = np.minimum(runs.starts + runs.lengths, part_ends[runs.items])
    kept = ends - starts >= gram
    places = runs.places + starts - runs.starts
    left = Runs(*(column[kept] for column in runs._replace(places=places)))
    return left, starts[kept], ends[kept]


@kernel
def note_reach(runs: Runs, reach: npt.NDArray[np.int64]) -> None:
    """Raise `reach`, shape (tokens of the items,), to the longest run that starts at each token."""
    for number in range(len(runs.starts)):
        start = runs.starts[number]
        reach[start] = max(reach[start], runs.lengths[number])


def mark_skipping(
    runs: Runs,
    codes: npt.NDArray[np.uint16],
    documents: npt.NDArray[np.int64],
    items: ItemSequences,
    rule: SkipRule,
    marks: npt.NDArray[np.bool_],
) -> None:
    """Mark the tokens of items that are alike in a run that may skip, in `marks`, shape (tokens,).

    Marks are only set, so that several threads may do it at once.
    """
    _mark(
        runs,
        codes,
        np.ascontiguousarray(documents[1:]),
        items.codes,
        np.ascontiguousarray(items.bounds[:, -1]),
        rule,
        marks,
    )


@kernel
def _mark(
    runs: Runs,
    codes: npt.NDArray[np.uint16],
    document_ends: npt.NDArray[np.int64],
    item_codes: npt.NDArray[np.uint16],
    item_ends: npt.NDArray[np.int64],
    rule: SkipRule,
    marks: npt.NDArray[np.bool_],
) -> None:
    for number in range(len(runs.items)):
        exact = runs.lengths[number]
        if exact < rule.exact:
            continue
        start, place = runs.starts[number], runs.places[number]
        most = min(
            item_ends[runs.items[number]] - start, document_ends[runs.documents[number]] - place
        )
        skipped, last, at = int64(0), exact, exact
        while at < most:
            if codes[place + at] == item_codes[start + at]:
                last = at + 1
            else:
                skipped += 1
                if skipped > rule.budget:
                    break
            at += 1
        if last <= rule.longer_than:
            continue
        for step in range(last):
            if codes[place + step] == item_codes[start + step]:
                marks[start + step] = True
