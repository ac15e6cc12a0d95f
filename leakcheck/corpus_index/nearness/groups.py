"""Texts: the documents of a corpus with exact copies taken as one, and groups of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leakcheck.corpus_index.nearness.sought import LEAST_TRIPLES
from leakcheck.corpus_index.scratch import Scratch
from leakcheck.corpus_index.stored.store import CorpusIndex

__all__ = ["Groups", "Texts", "copy_documents", "distinct_texts", "group_texts"]


class Texts(NamedTuple):
    """The distinct texts of a corpus, in the order of their first documents."""

    documents: npt.NDArray[np.uint32]
    """Shape (texts,): the first document of each."""
    copies: npt.NDArray[np.uint32]
    """Shape (texts,): how many documents hold it, the first included."""


def copy_documents(scratch: Scratch, index: CorpusIndex) -> int:
    """Copy the documents that are long enough to a table; return how many are too short."""
    scratch.database.execute("CREATE TABLE documents (document UINTEGER, content UBIGINT)")
    too_short = 0
    for batch in index.batches("documents", ["document", "content", "tokens"]):
        long_enough = batch.column("tokens").to_numpy() >= LEAST_TRIPLES + 2
        too_short += int((~long_enough).sum())
        rows = pa.Table.from_batches([batch]).filter(pa.array(long_enough))
        scratch.insert("documents", rows.select(["document", "content"]))
    return too_short


def distinct_texts(scratch: Scratch) -> Texts:
    """Take documents of the same content as one."""
    found = scratch.database.execute(
        "SELECT min(document) AS document, count(*)::UINTEGER AS copies FROM documents "
        "GROUP BY content ORDER BY document"
    ).fetchnumpy()
    return Texts(np.asarray(found["document"]), np.asarray(found["copies"]))


class Groups(NamedTuple):
    """Groups of more than one document, the one with the most documents first."""

    texts: npt.NDArray[np.int64]
    """Shape (texts,): group by group, the text with the most copies first."""
    ends: npt.NDArray[np.int64]
    """Shape (groups,): where each group ends."""
    documents: npt.NDArray[np.int64]
    """Shape (groups,)."""

    def largest(self, limit: int | None) -> list[npt.NDArray[np.int64]]:
        """Return the texts of the first groups."""
        ends = self.ends[:limit]
        return np.split(self.texts[: ends[-1]], ends[:-1]) if len(ends) else []


def group_texts(firsts: npt.NDArray[np.uint32], texts: Texts) -> Groups:
    """Lay out groups of texts.

    >>> texts = Texts(np.array([0, 1, 2, 4], np.uint32), np.array([1, 1, 2, 1], np.uint32))
    >>> [group.tolist() for group in group_texts(np.array([0, 0, 2, 0]), texts).largest(None)]
    [[0, 1, 3], [2]]

    Args:
        firsts: shape (texts,): the first text of the group of each.
        texts: the texts.
    """
    documents = np.zeros(len(firsts), np.int64)
    np.add.at(documents, firsts, texts.copies)
    grouped = np.flatnonzero(documents[firsts] > 1)
    group = firsts[grouped]
    most_first = np.lexsort((-texts.copies[grouped].astype(np.int64), group, -documents[group]))
    ordered = grouped[most_first]
    ends = np.flatnonzero(np.diff(firsts[ordered].astype(np.int64), append=-1)) + 1
    return Groups(ordered, ends, documents[firsts[ordered[ends - 1]]])
