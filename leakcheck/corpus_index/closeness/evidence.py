"""The evidence of test items: the triples that an index may hold of them, and what each weighs.

How close a text comes to an item is told by triples of tokens alone. The rare tokens of an index
were tried instead, and cannot tell: they are names and things, which any large text has, and leave
out the wording that problems of one kind share; word problems of another source came out farther
from GSM8K than encyclopaedia articles. Equal weights for all triples separate them, but less than
weights in bits do. `measure/proximity.py` has the figures.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import allocating, inlined, int64, kernel
from leakcheck.corpus_index.sketching.fingerprints import fingerprint, fingerprint_limit
from leakcheck.detection.score import WINDOW_RATIO
from leakcheck.index.item_table import CHOICES, QUESTION, ItemTable
from leakcheck.index.shingles import triple

__all__ = ["LEAST_TRIPLES", "Evidence", "item_evidence", "triples_of"]

LEAST_TRIPLES = 4
"""Of an item with fewer triples that an index may hold, too little can be seen."""


class Evidence(NamedTuple):
    """The triples of items, sorted, and the items that have each."""

    hashes: npt.NDArray[np.uint64]
    """Shape (triples,): fingerprints, ascending."""
    starts: npt.NDArray[np.int64]
    """Shape (triples + 1,): triple t is held by owners[starts[t]:starts[t + 1]]."""
    owners: npt.NDArray[np.int32]
    """Shape (postings,): items, numbered as they were given; ascending within a triple."""
    bits: npt.NDArray[np.float32]
    """Shape (postings,): what the triple's three tokens weigh in the item."""
    whole: npt.NDArray[np.float32]
    """Shape (items,): the bits of all triples of an item, each counted once."""
    reach: npt.NDArray[np.int64]
    """Shape (items,): the triples of a window have their places within so many tokens."""
    enough: npt.NDArray[np.bool_]
    """Shape (items,): whether an item has LEAST_TRIPLES."""


def item_evidence(table: ItemTable, items: npt.NDArray[np.int64], scale: int) -> Evidence:
    """Gather the triples of questions and choices.

    Args:
        table: of one benchmark.
        items: shape (items,): which of them.
        scale: that of the index: other triples than it may hold are left out.
    """
    lengths = (table.ends - table.starts)[items][:, [QUESTION, CHOICES]]
    hashes = np.empty(int(lengths.sum()), np.uint64)
    owners, bits = np.empty(len(hashes), np.int32), np.empty(len(hashes), np.float32)
    count = _write_triples(table, items, np.uint64(fingerprint_limit(scale)), hashes, owners, bits)
    order = np.lexsort((owners[:count], hashes[:count]))
    hashes, owners, bits = hashes[order], owners[order], bits[order]
    # Two tokens of one code may weigh differently; a triple then counts as where it stands first.
    first = np.ones(count, np.bool_)
    first[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])
    hashes, owners, bits = hashes[first], owners[first], bits[first]
    distinct, starts = np.unique(hashes, return_index=True)
    return Evidence(
        hashes=distinct,
        starts=np.append(starts, len(hashes)).astype(np.int64),
        owners=owners,
        bits=bits,
        whole=np.bincount(owners, bits, len(items)).astype(np.float32),
        reach=(WINDOW_RATIO * lengths.sum(1)).astype(np.int64) - 2,
        enough=np.bincount(owners, minlength=len(items)) >= LEAST_TRIPLES,
    )


@kernel
def _write_triples(
    table: ItemTable,
    items: npt.NDArray[np.int64],
    limit: np.uint64,
    hashes: npt.NDArray[np.uint64],
    owners: npt.NDArray[np.int32],
    bits: npt.NDArray[np.float32],
) -> int:
    """Write the triples of items below a limit, in order; return their number."""
    count = int64(0)
    for owner in range(len(items)):
        for field in (QUESTION, CHOICES):
            start, end = table.starts[items[owner], field], table.ends[items[owner], field]
            for last in range(start + 2, end):
                value = _fingerprint_at(table.codes, last)
                if value < limit:
                    hashes[count], owners[count] = value, owner
                    bits[count] = table.bits[last - 2] + table.bits[last - 1] + table.bits[last]
                    count += 1
    return count


@inlined
def _fingerprint_at(codes: npt.NDArray[np.uint16], last: int) -> np.uint64:
    return fingerprint(triple(codes[last - 2], codes[last - 1], codes[last]))


@allocating
def triples_of(
    codes: npt.NDArray[np.uint16], offsets: npt.NDArray[np.int64], limit: np.uint64
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the fingerprints below a limit of texts given as codes, their texts and places.

    Args:
        codes: of the tokens of all texts, shape (tokens,).
        offsets: shape (texts + 1,): where each text starts in `codes`.
        limit: `fingerprint_limit` of the scale.

    Returns:
        Three of shape (triples,): fingerprints; texts, ascending; the last token of each triple,
        counted from 0 in its text.
    """
    hashes = np.empty(len(codes), np.uint64)
    texts, positions = np.empty(len(codes), np.int64), np.empty(len(codes), np.int64)
    count = int64(0)
    for text in range(len(offsets) - 1):
        for last in range(offsets[text] + 2, offsets[text + 1]):
            value = _fingerprint_at(codes, last)
            if value < limit:
                hashes[count], texts[count] = value, text
                positions[count] = last - offsets[text]
                count += 1
    return hashes[:count].copy(), texts[:count].copy(), positions[:count].copy()
