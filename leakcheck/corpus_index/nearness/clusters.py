"""Clusters: the near-duplicates that a corpus holds of its own documents.

Exact copies first, by the hash of their text; then one document of each text takes part in the
search. Texts that share the key of a band are linked to the first of them, not each to each: a
thousand texts of one template make a thousand links. What the whole signatures say of a link
decides, and linked texts are a cluster.
"""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leakcheck.corpus_index.nearness.bands import choose_banding
from leakcheck.corpus_index.nearness.groups import (
    Texts,
    copy_documents,
    distinct_texts,
    group_texts,
)
from leakcheck.corpus_index.nearness.links import Compared, find_links
from leakcheck.corpus_index.nearness.signed import places_of
from leakcheck.corpus_index.nearness.union import first_members, unite
from leakcheck.corpus_index.scratch import Scratch, scratch_database
from leakcheck.corpus_index.stored.store import CorpusIndex

__all__ = ["Cluster", "Clusters", "Member", "near_clusters"]


class Member(msgspec.Struct, frozen=True):
    """A document of a cluster."""

    path: str
    row: int
    """The 0-based record."""
    jaccard: float
    """Estimated Jaccard similarity to the representative; 1 for itself and its exact copies."""


class Cluster(msgspec.Struct, frozen=True):
    """Documents that are near-duplicates of each other, or of one between them."""

    documents: int
    texts: int
    """Distinct texts among them."""
    exact_copies: int
    """Documents that repeat another one word for word."""
    path: str
    """Where the representative stands: the text with the most exact copies."""
    row: int
    mean_jaccard: float
    """Of all documents but the representative with it."""
    members: list[Member] | None = None
    """All documents, the representative first, then the nearest; None if not asked for."""


class Clusters(msgspec.Struct, frozen=True):
    """The clusters of a corpus."""

    threshold: float
    bands: int
    rows: int
    documents: int
    """Documents compared."""
    too_short: int
    """Documents that were left out: they have fewer than eight triples of tokens."""
    count: int
    """All clusters."""
    clustered: int
    """Documents in them."""
    clusters: list[Cluster]
    """The largest first."""


def near_clusters(
    index: CorpusIndex,
    *,
    threshold: float = 0.8,
    limit: int | None = None,
    with_members: bool = False,
) -> Clusters:
    """Find the documents of a corpus that are near-duplicates of each other.

    Args:
        index: of the corpus.
        threshold: least estimated Jaccard similarity of two texts that are linked, above 0 and up
            to 1. At 0.5 whatever follows one template becomes one cluster, link by link.
        limit: return so many of the largest clusters; None for all.
        with_members: name all documents of the clusters that are returned.

    Raises:
        CorpusIndexError: a file of the index is damaged, or there is no room for the search.
    """
    banding = choose_banding(threshold)
    with scratch_database() as scratch:
        too_short = copy_documents(scratch, index)
        texts = distinct_texts(scratch)
        find_links(scratch, index, texts.documents, banding)
        compared = Compared(scratch, index, texts.documents)
        parents = np.arange(len(texts.documents), dtype=np.uint32)
        for lefts, rights in compared.near(threshold):
            unite(parents, lefts, rights)
        groups = group_texts(first_members(parents), texts)
        shown = [_Shown(texts, compared, members) for members in groups.largest(limit)]
        clusters = _described(scratch, index, shown, with_members)
    return Clusters(
        threshold, *banding, int(texts.copies.sum()), too_short,
        len(groups.documents), int(groups.documents.sum()), clusters,
    )  # fmt: skip


class _Shown:
    """One cluster that is returned."""

    def __init__(self, texts: Texts, compared: Compared, members: npt.NDArray[np.int64]) -> None:
        self.representative = int(texts.documents[members[0]])
        self.documents = texts.documents[members]
        self.copies = texts.copies[members]
        self.jaccard = np.ones(len(members))
        others = members[1:]
        self.jaccard[1:] = compared.jaccard(np.full(len(others), members[0]), others)

    @property
    def mean_jaccard(self) -> float:
        """Of all documents but the representative with it."""
        documents = int(self.copies.sum())
        return float((self.jaccard * self.copies).sum() - 1) / (documents - 1)


def _described(
    scratch: Scratch, index: CorpusIndex, shown: list[_Shown], with_members: bool
) -> list[Cluster]:
    """Say where clusters stand."""
    documents = _documents_of(scratch, shown) if with_members else [[] for _ in shown]
    wanted = [each.representative for each in shown]
    wanted += [document for members in documents for document, _ in members]
    places = places_of(index, np.array(wanted, np.uint32))
    clusters = []
    for each, members in zip(shown, documents, strict=True):
        count = int(each.copies.sum())
        clusters.append(
            Cluster(
                count, len(each.copies), count - len(each.copies),
                *places[each.representative], each.mean_jaccard,
                [Member(*places[document], jaccard) for document, jaccard in members] or None,
            )
        )  # fmt: skip
    return clusters


def _documents_of(scratch: Scratch, shown: list[_Shown]) -> list[list[tuple[int, float]]]:
    """Name the documents of clusters with their similarity, the representative first."""
    if not shown:
        return []
    numbers = np.repeat(np.arange(len(shown)), [len(each.documents) for each in shown])
    texts = pa.table(
        {
            "cluster": numbers,
            "document": np.concatenate([each.documents for each in shown]),
            "jaccard": np.concatenate([each.jaccard for each in shown]),
            "first": np.concatenate([each.documents == each.representative for each in shown]),
        }
    )
    scratch.database.register("shown", texts)
    rows = scratch.database.execute(
        "SELECT cluster, copy.document, jaccard FROM shown JOIN documents text USING (document) "
        "JOIN documents copy USING (content) ORDER BY cluster, first DESC, jaccard DESC, 2"
    ).fetchall()
    members: list[list[tuple[int, float]]] = [[] for _ in shown]
    for cluster, document, jaccard in rows:
        members[cluster].append((document, jaccard))
    return members
