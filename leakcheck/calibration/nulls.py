"""Nulls: how well text that is not made from an item matches it.

Twice: against the other items of its benchmark, outside its family, and against background text.
Both are matched by the scan's own kernel, with its own windows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leakcheck.benchmark.pack import Pack
from leakcheck.calibration.families import FAMILY_SHARE, families
from leakcheck.detection.kernel import find_matches
from leakcheck.detection.lookups import Lookups, make_lookups
from leakcheck.detection.matches import RawMatches
from leakcheck.index.item_table import QUESTION, item_table
from leakcheck.index.sieve import build_sieve

__all__ = ["BackgroundScores", "background_scores", "calibration_lookups", "own_nulls"]

CALIBRATION_FLOOR_BITS = 20.0
_BATCH_DOCUMENTS = 2000


class BackgroundScores(NamedTuple):
    """Matches of items in background text."""

    documents: npt.NDArray[np.int64]
    """Shape (matches,)."""
    items: npt.NDArray[np.int32]
    scores: npt.NDArray[np.float32]
    trials: int
    """Documents in all."""


def calibration_lookups(pack: Pack) -> Lookups:
    """Lay out a pack for the kernel, with a lower floor than a scan's."""
    items = item_table([pack])
    floors = np.full(len(pack.items), CALIBRATION_FLOOR_BITS, np.float32)
    return make_lookups(items, build_sieve(items), floors)


def own_nulls(
    questions: Sequence[str], lookups: Lookups
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int32]]:
    """Match the items of a benchmark with each other; return their nulls and their families."""
    matches = _match(questions, lookups)
    others = matches.items != matches.documents
    items, documents, scores = (
        column[others] for column in (matches.items, matches.documents, matches.scores)
    )
    whole = lookups.items.word_bits[:, QUESTION] + lookups.items.number_bits[:, QUESTION]
    kin = scores >= FAMILY_SHARE * np.maximum(whole[items], whole[documents])
    family = families(len(questions), items[kin], documents[kin])
    unrelated = family[items] != family[documents]
    nulls = np.zeros(len(questions), np.float32)
    np.maximum.at(nulls, items[unrelated], scores[unrelated])
    return nulls, family


def background_scores(documents: Iterable[str], lookups: Lookups) -> BackgroundScores:
    """Match background documents with the items of a benchmark."""
    scores = [
        BackgroundScores(np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32), 0)
    ]
    for batch in _batches(documents):
        found, before = _match(batch, lookups), scores[-1].trials
        scores.append(
            BackgroundScores(
                found.documents + np.int64(before), found.items, found.scores, before + len(batch)
            )
        )
    return BackgroundScores(
        np.concatenate([each.documents for each in scores]),
        np.concatenate([each.items for each in scores]),
        np.concatenate([each.scores for each in scores]),
        scores[-1].trials,
    )


def _batches(documents: Iterable[str]) -> Iterator[list[str]]:
    iterator = iter(documents)
    while batch := list(islice(iterator, _BATCH_DOCUMENTS)):
        yield batch


def _match(documents: Sequence[str], lookups: Lookups) -> RawMatches:
    texts = pa.array(documents, pa.large_string())
    _, offsets, data = texts.buffers()
    return find_matches(
        np.frombuffer(data or b"", np.uint8),
        np.frombuffer(offsets, np.int64)[: len(texts) + 1],
        np.arange(len(texts) + 1, dtype=np.int64),
        lookups,
    )
