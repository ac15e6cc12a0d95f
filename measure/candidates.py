"""Candidates: what is weighed of the best match of each benchmark in each document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leakcheck.detection.alignment import VERBATIM_ORDER, align
from leakcheck.detection.catalogue import Catalogue
from leakcheck.detection.deciding import evidence_for, may_be_reworded
from leakcheck.detection.kernel import find_matches
from leakcheck.detection.lookups import make_lookups
from leakcheck.detection.matches import RawMatches
from leakcheck.detection.odds import Evidence
from leakcheck.detection.score import FIELD_SHARE
from leakcheck.index.item_table import CHOICES, QUESTION

__all__ = ["FLOOR_BITS", "Candidates", "candidates", "joined", "matches_of", "with_low_floors"]

FLOOR_BITS = 45.0
"""Matches of less say nothing of an item, whatever else is known of them."""
_BATCH_DOCUMENTS = 2000


class Candidates(NamedTuple):
    """Columns of shape (candidates,), and the number of documents looked at."""

    benchmarks: npt.NDArray[np.int64]
    documents: npt.NDArray[np.int64]
    items: npt.NDArray[np.int64]
    may_be: npt.NDArray[np.bool_]
    """Whether the odds decide: there is enough of the question, all else aside."""
    evidence: npt.NDArray[np.float64]
    """Shape (candidates, features)."""
    of: int

    def at(self, rows: npt.NDArray[np.bool_]) -> Candidates:
        """Return some of them."""
        return Candidates(
            self.benchmarks[rows],
            self.documents[rows],
            self.items[rows],
            self.may_be[rows],
            self.evidence[rows],
            self.of,
        )


def with_low_floors(catalogue: Catalogue) -> Catalogue:
    """Return a catalogue whose matches are kept down to the floor."""
    floors = np.full(len(catalogue.least_bits), FLOOR_BITS, np.float32)
    lookups = make_lookups(catalogue.lookups.items, catalogue.lookups.sieve, floors)
    return Catalogue(catalogue.benchmarks, lookups, catalogue.starts, catalogue.least_bits)


def matches_of(
    documents: Iterable[str], catalogue: Catalogue
) -> Iterator[tuple[int, pa.Array, RawMatches]]:
    """Match documents in batches; yield the first one's number, the batch, and its matches."""
    rest, first = iter(documents), 0
    while batch := list(islice(rest, _BATCH_DOCUMENTS)):
        texts = pa.array(batch, pa.large_string())
        _, offsets, data = texts.buffers()
        starts = np.frombuffer(offsets, np.int64)[: len(texts) + 1]
        every = np.arange(len(texts) + 1, dtype=np.int64)
        yield (
            first,
            texts,
            find_matches(np.frombuffer(data or b"", np.uint8), starts, every, catalogue.lookups),
        )
        first += len(batch)


def candidates(documents: Sequence[str], catalogue: Catalogue) -> Candidates:
    """Gather the candidates in documents, verbatim ones and those beside their choices aside."""
    rows = [
        row
        for first, texts, matches in matches_of(documents, catalogue)
        for row in _of_batch(first, texts, matches, catalogue)
    ]
    places = np.array([row[:3] for row in rows], np.int64).reshape(len(rows), 3)
    evidence = np.array([row[4] for row in rows], np.float64)
    return Candidates(
        places[:, 0],
        places[:, 1],
        places[:, 2],
        np.array([row[3] for row in rows], np.bool_),
        evidence.reshape(len(rows), len(Evidence._fields)),
        len(documents),
    )


def _of_batch(
    first: int, texts: pa.Array, matches: RawMatches, catalogue: Catalogue
) -> Iterator[tuple[int, int, int, bool, Evidence]]:
    _, offsets, data = texts.buffers()
    borders = np.frombuffer(offsets, np.int64)[: len(texts) + 1]
    best: dict[tuple[int, int], int] = {}
    for row, (document, item) in enumerate(zip(matches.documents, matches.items, strict=True)):
        place = (int(document), catalogue.benchmark_of(int(item)))
        if place not in best or matches.scores[row] > matches.scores[best[place]]:
            best[place] = row
    for (document, benchmark), row in best.items():
        item, bits = int(matches.items[row]), float(matches.field_scores[row, QUESTION])
        if bits < FLOOR_BITS or matches.contained[row, CHOICES] >= FIELD_SHARE:
            continue
        passage = align(
            catalogue.question_codes(item),
            memoryview(data or b""),
            int(matches.starts[row]),
            int(matches.ends[row]),
            borders[document : document + 2],
        )
        if passage.order < VERBATIM_ORDER:
            evidence = evidence_for(item, bits, passage, catalogue)
            may_be = may_be_reworded(item, bits, passage, catalogue)
            yield benchmark, first + document, item, may_be, evidence


def joined(parts: Sequence[Candidates]) -> Candidates:
    """Join candidates of several corpora."""
    return Candidates(
        np.concatenate([part.benchmarks for part in parts]),
        np.concatenate([part.documents for part in parts]),
        np.concatenate([part.items for part in parts]),
        np.concatenate([part.may_be for part in parts]),
        np.concatenate([part.evidence for part in parts]),
        sum(part.of for part in parts),
    )
