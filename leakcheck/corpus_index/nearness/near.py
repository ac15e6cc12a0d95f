"""Near-duplicates of benchmark items, or of given texts: which, where, and how near."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from leakcheck.benchmark.card import Role
from leakcheck.corpus_index.nearness.near_search import NearMatch, search_near
from leakcheck.corpus_index.nearness.signed import Place
from leakcheck.corpus_index.nearness.sought import VARIANTS, Sought, sought_items
from leakcheck.corpus_index.stored.store import CorpusIndex
from leakcheck.detection.catalogue import Benchmark
from leakcheck.index.item_table import item_table

__all__ = [
    "NearItem",
    "NearItems",
    "NearText",
    "NearTexts",
    "SplitNear",
    "near_items",
    "near_texts",
]


class NearItem(msgspec.Struct, frozen=True):
    """An item of a benchmark, and a document near to it."""

    jaccard: float
    """Estimated Jaccard similarity of their sets of three tokens in a row."""
    bench: str
    item: str
    split: str
    role: Role
    compared: str
    """The fields of the item that come nearest: `question`, or `question, answer`."""
    path: str
    row: int
    """The 0-based record."""
    passage: int
    """0: the whole document; else the nearest of its passages, counted from 1."""
    start: int
    """First token of the passage in its document."""
    tokens: int


class NearText(msgspec.Struct, frozen=True):
    """A given text, and a document near to it."""

    jaccard: float
    given_path: str
    given_row: int
    given_passage: int
    """0: the whole text; else the nearest of its passages, counted from 1."""
    path: str
    row: int
    passage: int
    start: int
    tokens: int


class SplitNear(msgspec.Struct, frozen=True):
    """How many items of a split have a near document."""

    bench: str
    split: str
    role: Role
    items: int
    near: int
    too_short: int
    """Items that were left out, for want of eight triples of tokens."""


class NearItems(msgspec.Struct, frozen=True):
    """What is near to the items of benchmarks."""

    threshold: float
    bands: int
    rows: int
    splits: list[SplitNear]
    matches: int
    """All pairs of an item and a document near to it."""
    near: list[NearItem]
    """The nearest first; of those equally near, test items."""


class NearTexts(msgspec.Struct, frozen=True):
    """What is near to given texts."""

    threshold: float
    bands: int
    rows: int
    texts: int
    texts_near: int
    """How many of the texts have a near document."""
    too_short: int
    """Texts that were left out, for want of eight triples of tokens."""
    matches: int
    """All pairs of a text and a document near to it."""
    near: list[NearText]
    """The nearest first."""


def near_items(
    index: CorpusIndex,
    benchmarks: Sequence[Benchmark],
    *,
    threshold: float = 0.5,
    limit: int | None = None,
) -> NearItems:
    """Find the documents that are near-duplicates of items of benchmarks.

    An item is compared as its question with its choices, and with its answer or code behind them.
    The nearest of these counts, and of a long document the nearest passage, or the whole.

    Args:
        index: of the corpus.
        benchmarks: whose items to look for.
        threshold: least estimated Jaccard similarity, above 0 and up to 1.
        limit: return so many of the nearest; None for all.

    Raises:
        CorpusIndexError: a file of the index is damaged, or there is no room for the search.
    """
    packs = [benchmark.pack for benchmark in benchmarks]
    items = [(each, place) for each in benchmarks for place in range(len(each.pack.items))]
    sought = sought_items(item_table(packs))
    # Ties go to the lower number: test items come first.
    is_test = [each.card.role_of(each.pack.splits[place]) == "test" for each, place in items]
    order = np.argsort(~np.array(is_test, np.bool_), kind="stable")
    ranks = np.argsort(order).astype(np.uint32)
    found = search_near(index, sought._replace(owners=ranks[sought.owners]), threshold, limit)
    near = [_near_item(items[order[match.owner]], match) for match in found.best]
    is_near = np.zeros(len(items), np.bool_)
    is_near[order[found.owners]] = True
    splits = []
    first = 0
    for benchmark in benchmarks:
        here = slice(first, first + len(benchmark.pack.items))
        splits += _count_splits(benchmark, is_near[here], sought.too_short[here])
        first = here.stop
    return NearItems(threshold, *found.banding, splits, found.matches, near)


def _near_item(owner: tuple[Benchmark, int], match: NearMatch) -> NearItem:
    benchmark, item = owner
    offsets = {field: benchmark.pack.fields[field].offsets for field in VARIANTS[match.part]}
    fields = [field for field, each in offsets.items() if each[item + 1] > each[item]]
    split = benchmark.pack.splits[item]
    return NearItem(
        jaccard=match.jaccard,
        bench=benchmark.card.name,
        item=benchmark.pack.items[item],
        split=split,
        role=benchmark.card.role_of(split),
        compared=", ".join(fields),
        path=match.place.path,
        row=match.place.row,
        passage=match.passage,
        start=match.start,
        tokens=match.tokens,
    )


def _count_splits(
    benchmark: Benchmark, near: npt.NDArray[np.bool_], too_short: npt.NDArray[np.bool_]
) -> list[SplitNear]:
    splits = np.array(benchmark.pack.splits)
    return [
        SplitNear(
            benchmark.card.name,
            split.name,
            split.role,
            int((splits == split.name).sum()),
            int(near[splits == split.name].sum()),
            int(too_short[splits == split.name].sum()),
        )
        for split in benchmark.card.splits
    ]


def near_texts(
    index: CorpusIndex,
    sought: Sought,
    places: Sequence[Place],
    *,
    threshold: float = 0.5,
    limit: int | None = None,
) -> NearTexts:
    """Find the documents that are near-duplicates of given texts, or share a passage with them.

    Args:
        index: of the corpus.
        sought: the texts, as `sought_texts` signs them.
        places: where each of them stands.
        threshold: least estimated Jaccard similarity, above 0 and up to 1.
        limit: return so many of the nearest; None for all.

    Raises:
        CorpusIndexError: a file of the index is damaged, or there is no room for the search.
    """
    found = search_near(index, sought, threshold, limit)
    near = [
        NearText(
            jaccard=match.jaccard,
            given_path=places[match.owner].path,
            given_row=places[match.owner].row,
            given_passage=match.part,
            path=match.place.path,
            row=match.place.row,
            passage=match.passage,
            start=match.start,
            tokens=match.tokens,
        )
        for match in found.best
    ]
    too_short = int(sought.too_short.sum())
    return NearTexts(
        threshold, *found.banding, len(places), len(found.owners), too_short, found.matches, near
    )
