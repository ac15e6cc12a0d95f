"""Links: pairs of texts of a corpus that are near to each other, found out of core.

The keys of all texts go to a table on disk. Band by band, a join links each text to the first one
of the same key; the links are made distinct and put in order by DuckDB. Only then are signatures
read, once more and only those of texts with a link, into a file that is looked at piece by piece.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leakcheck.corpus_index.nearness.bands import Banding, band_keys
from leakcheck.corpus_index.nearness.signed import signed_texts
from leakcheck.corpus_index.scratch import Scratch
from leakcheck.corpus_index.sketching.minhash import NUM_PERM, equal_values
from leakcheck.corpus_index.stored.store import CorpusIndex

__all__ = ["Compared", "Links", "find_links"]

LINKS_AT_ONCE = 1 << 16
"""Signatures of so many links are in memory together: 64 MiB."""

Links = tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]
"""Pairs of texts, shape (links,) twice."""


def find_links(
    scratch: Scratch, index: CorpusIndex, documents: npt.NDArray[np.uint32], banding: Banding
) -> None:
    """Write to the table `links` (one, other) which texts share the key of a band.

    Args:
        scratch: where tables go.
        index: of the corpus.
        documents: shape (texts,), ascending: the document of each text; the tables number texts.
        banding: of signatures.
    """
    database = scratch.database
    names = [f"k{band}" for band in range(banding.bands)]
    columns = ", ".join(f"{name} UBIGINT" for name in names)
    database.execute(f"CREATE TABLE keys (text UINTEGER, {columns})")
    database.execute("CREATE TABLE found (one UINTEGER, other UINTEGER)")
    for numbers, signatures in _whole_texts(index, documents):
        keys = np.asfortranarray(band_keys(signatures, banding))
        scratch.insert("keys", pa.table([numbers, *keys.T], ["text", *names]))
    for name in names:
        database.execute(
            f"INSERT INTO found SELECT first, text FROM keys JOIN "
            f"(SELECT {name}, min(text) AS first FROM keys GROUP BY {name} HAVING count(*) > 1) "
            f"USING ({name}) WHERE first < text"
        )
    database.execute("DROP TABLE keys")
    database.execute("CREATE TABLE links AS SELECT DISTINCT one, other FROM found")
    database.execute("DROP TABLE found")


def _whole_texts(
    index: CorpusIndex, documents: npt.NDArray[np.uint32]
) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.uint32]]]:
    """Yield the numbers of texts and their signatures, piece by piece."""
    for piece in signed_texts(index):
        numbers = np.searchsorted(documents, piece.documents)
        known = (numbers < len(documents)) & (piece.passages == 0)
        known[known] = documents[numbers[known]] == piece.documents[known]
        yield numbers[known], piece.signatures[known]


class Compared:
    """The signatures of the texts that stand in `links`, in a file."""

    def __init__(
        self, scratch: Scratch, index: CorpusIndex, documents: npt.NDArray[np.uint32]
    ) -> None:
        self._scratch = scratch
        self._path = scratch.folder / "signatures"
        self._rows = np.zeros(len(documents), np.uint32)
        linked = np.zeros(len(documents), np.bool_)
        for one, other in self._read_links():
            linked[one] = linked[other] = True
        with self._path.open("wb") as file:
            written = 0
            for numbers, signatures in _whole_texts(index, documents):
                wanted = linked[numbers]
                file.write(signatures[wanted].tobytes())
                self._rows[numbers[wanted]] = np.arange(written, written + wanted.sum())
                written += int(wanted.sum())

    def _read_links(self, order: str = "") -> Iterator[Links]:
        reader = self._scratch.database.sql(f"SELECT one, other FROM links {order}")
        for batch in reader.to_arrow_reader(LINKS_AT_ONCE):
            one, other = (column.to_numpy().copy() for column in batch.columns)
            yield one, other

    def near(self, threshold: float) -> Iterator[Links]:
        """Yield the links of texts whose estimated Jaccard similarity reaches a threshold."""
        # In this order the signatures of one side lie next to each other in the file.
        for one, other in self._read_links("ORDER BY one, other"):
            near = self.jaccard(one, other) >= threshold
            yield one[near], other[near]

    def jaccard(
        self, ones: npt.NDArray[np.integer], others: npt.NDArray[np.integer]
    ) -> npt.NDArray[np.float64]:
        """Estimate the Jaccard similarity of texts that have a link, pair by pair."""
        pieces = [np.empty(0)]
        for start in range(0, len(ones), LINKS_AT_ONCE):
            one, other = (
                self._signatures(texts[start : start + LINKS_AT_ONCE]) for texts in (ones, others)
            )
            places = np.arange(len(one))
            pieces.append(equal_values(one, places, other, places) / NUM_PERM)
        return np.concatenate(pieces)

    def _signatures(self, texts: npt.NDArray[np.integer]) -> npt.NDArray[np.uint32]:
        # Mapped anew each time: what was looked at before must not stay in memory.
        stored = np.memmap(self._path, "<u4", "r").reshape(-1, NUM_PERM)
        return np.array(stored[self._rows[texts]])
