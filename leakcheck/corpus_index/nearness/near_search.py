"""The search for near-duplicates of what is sought, among the documents of an index.

Candidates share the key of a band with what is sought; a join in DuckDB finds them, for one piece
of the index at a time. What the whole signatures say of them decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leakcheck.corpus_index.nearness.bands import Banding, band_keys, choose_banding
from leakcheck.corpus_index.nearness.signed import Place, SignedTexts, places_of, signed_texts
from leakcheck.corpus_index.nearness.sought import Sought
from leakcheck.corpus_index.scratch import Scratch, scratch_database
from leakcheck.corpus_index.sketching.minhash import NUM_PERM, equal_values
from leakcheck.corpus_index.stored.store import CorpusIndex

__all__ = ["NearMatch", "Searched", "search_near"]

_PAIRS_AT_ONCE = 1 << 18


class NearMatch(NamedTuple):
    """An item or text that is sought, and a document that is near to it."""

    owner: int
    """Which item or text."""
    part: int
    """Which of its signatures is nearest: see `Sought`."""
    jaccard: float
    place: Place
    passage: int
    """Which signature of the document is nearest; 0 for the whole of it."""
    start: int
    tokens: int


class Searched(NamedTuple):
    """What a search found."""

    banding: Banding
    matches: int
    """All pairs of an item or text and a document near to it."""
    owners: npt.NDArray[np.int64]
    """Shape (near items or texts,): those near to any document."""
    best: list[NearMatch]
    """The nearest first."""


def search_near(
    index: CorpusIndex, sought: Sought, threshold: float, limit: int | None
) -> Searched:
    """Find the documents near to what is sought, by the nearest of its signatures and of theirs.

    Args:
        index: of the corpus.
        sought: signatures to look for.
        threshold: least estimated Jaccard similarity, above 0 and up to 1.
        limit: return so many of the nearest; None for all.

    Raises:
        CorpusIndexError: a file of the index is damaged, or there is no room for the search.
    """
    banding = choose_banding(threshold)
    with scratch_database() as scratch:
        scratch.database.execute(
            "CREATE TABLE matches (owner UINTEGER, part UINTEGER, document UINTEGER, "
            "passage UINTEGER, start UINTEGER, tokens UINTEGER, equal UTINYINT)"
        )
        scratch.database.register("sought_keys", _keys(sought.signatures, banding))
        for texts in signed_texts(index):
            scratch.database.register("text_keys", _keys(texts.signatures, banding))
            near = list(_near(scratch, sought, texts, threshold))
            if near:
                scratch.insert("matches", pa.concat_tables(near))
        return _best(scratch, index, banding, limit)


def _keys(signatures: npt.NDArray[np.uint32], banding: Banding) -> pa.Table:
    """Lay out the keys of signatures, one a row, each with its signature's number."""
    keys = band_keys(signatures, banding)
    numbers = np.repeat(np.arange(len(keys), dtype=np.int64), banding.bands)
    return pa.table({"key": keys.ravel(), "number": numbers})


def _near(
    scratch: Scratch, sought: Sought, texts: SignedTexts, threshold: float
) -> Iterator[pa.Table]:
    """Compare what is sought with the texts that share a key; yield rows of `matches`."""
    pairs = scratch.database.sql(
        "SELECT DISTINCT s.number, t.number FROM sought_keys s JOIN text_keys t USING (key)"
    )
    for batch in pairs.to_arrow_reader(_PAIRS_AT_ONCE):
        one, other = (column.to_numpy().copy() for column in batch.columns)
        equal = equal_values(sought.signatures, one, texts.signatures, other)
        near = equal >= threshold * NUM_PERM
        one, other = one[near], other[near]
        yield pa.table(
            {
                "owner": sought.owners[one],
                "part": sought.parts[one],
                "document": texts.documents[other],
                "passage": texts.passages[other],
                "start": texts.starts[other],
                "tokens": texts.tokens[other],
                "equal": equal[near].astype(np.uint8),
            }
        )


def _best(scratch: Scratch, index: CorpusIndex, banding: Banding, limit: int | None) -> Searched:
    """Choose the nearest pair of each owner and document, and of those the nearest of all."""
    database = scratch.database
    database.execute(
        "CREATE TABLE best AS SELECT * FROM matches QUALIFY row_number() OVER "
        "(PARTITION BY owner, document ORDER BY equal DESC, passage, part) = 1"
    )
    owners = database.execute("SELECT DISTINCT owner FROM best").fetchnumpy()["owner"]
    [(matches,)] = database.execute("SELECT count(*) FROM best").fetchall()
    shown = database.sql(
        "SELECT * FROM best ORDER BY equal DESC, owner, document LIMIT ?", params=[limit]
    ).to_arrow_table()
    places = places_of(index, shown.column("document").to_numpy())
    best = [
        NearMatch(
            row["owner"], row["part"], row["equal"] / NUM_PERM, places[row["document"]],
            row["passage"], row["start"], row["tokens"],
        )
        for row in shown.to_pylist()
    ]  # fmt: skip
    return Searched(banding, matches, np.asarray(owners, np.int64), best)
