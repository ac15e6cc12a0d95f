"""Writing one segment: the documents, fingerprints and signatures of some files."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leakcheck.corpus_index.sketching.fingerprints import Fingerprints
from leakcheck.corpus_index.stored.records import DataFile, Segment
from leakcheck.corpus_index.stored.tables import TABLES, TableWriter, writing
from leakcheck.errors import LeakcheckError

__all__ = ["SegmentWriter", "sorted_ngrams"]

PART_FINGERPRINTS = 1 << 23
"""So many are sorted at once, and make a file: 128 MiB of memory, and as much to sort them."""


class SegmentWriter:
    """Takes in what is read, file by file, and writes the tables of a segment."""

    def __init__(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)  # of a run that was killed
        with writing(folder):
            folder.mkdir(parents=True)
        self._folder = folder
        self._written: list[DataFile] = []
        self._writers: dict[str, TableWriter] = {}
        self._ngrams: list[pa.Table] = []
        self._waiting = 0
        self._files = 0
        self._documents = 0
        self.parts = 0
        """Files of fingerprints so far: what would be lost if the run were killed now."""

    def add_rows(self, table: str, columns: dict[str, object]) -> None:
        """Append rows to a table other than the fingerprints."""
        if table not in self._writers:
            self._writers[table] = TableWriter(self._folder, f"{table}.parquet", table)
        self._writers[table].write(pa.table(columns, TABLES[table]))

    def add_file(self, columns: dict[str, object], documents: int) -> None:
        """Say that all of a file was added."""
        self.add_rows("files", columns)
        self._files += 1
        self._documents += documents

    def add_fingerprints(self, found: Fingerprints, first_document: int) -> None:
        """Add the fingerprints and signatures of documents numbered from `first_document` on."""
        shift = np.uint32(first_document)
        self.add_rows(
            "signatures",
            {
                "document": found.signed_documents + shift,
                "passage": found.signed_passages,
                "start": found.signed_starts,
                "tokens": found.signed_tokens,
                "signature": _fixed_binary(found.signatures),
            },
        )
        self.add_rows(
            "rare_tokens",
            {
                "document": found.rare_documents + shift,
                "position": found.rare_positions,
                "code": found.rare_codes,
            },
        )
        self.add_ngrams(
            {
                "hash": found.hashes,
                "document": found.documents + shift,
                "position": found.positions,
            }
        )

    def add_ngrams(self, columns: dict[str, object]) -> None:
        """Add fingerprints in the order of documents, and of positions within a document."""
        self._ngrams.append(pa.table(columns, TABLES["ngrams"]))
        self._waiting += len(self._ngrams[-1])
        if self._waiting >= PART_FINGERPRINTS:
            self._write_part()

    def _write_part(self) -> None:
        if not self._waiting:
            return
        rows = sorted_ngrams(pa.concat_tables(self._ngrams))
        self._ngrams.clear()
        self._waiting = 0
        self.parts += 1
        writer = TableWriter(self._folder, f"ngrams-{self.parts:04}.parquet", "ngrams")
        writer.write(rows)
        self._written.append(writer.close())

    def finish(self) -> Segment:
        """Write what is left, and describe the segment.

        Raises:
            CorpusIndexError: the disk is full, or the folder cannot be written to.
        """
        self._write_part()
        self._written += [writer.close() for writer in self._writers.values()]
        return Segment(
            self._folder.name,
            self._files,
            self._documents,
            sorted((file for file in self._written if file.rows), key=lambda file: file.name),
        )

    def abandon(self) -> None:
        """Close what is open; the files are removed with all others that no manifest names."""
        for writer in self._writers.values():
            with suppress(LeakcheckError):
                writer.close()


def sorted_ngrams(rows: pa.Table) -> pa.Table:
    """Sort fingerprints by hash; those of one hash stay in the order of documents and positions.

    >>> rows = {"hash": [7, 3, 7], "document": [0, 0, 1], "position": [4, 5, 2]}
    >>> sorted_ngrams(pa.table(rows, TABLES["ngrams"])).column("document").to_pylist()
    [0, 0, 1]
    """
    columns = [rows.column(name).combine_chunks().to_numpy() for name in rows.schema.names]
    order = np.argsort(columns[0], kind="stable")
    return pa.table([column[order] for column in columns], rows.schema)


def _fixed_binary(signatures: npt.NDArray[np.uint32]) -> pa.Array:
    data = pa.py_buffer(np.ascontiguousarray(signatures.astype("<u4", copy=False)))
    kind = TABLES["signatures"].field("signature").type
    return pa.Array.from_buffers(kind, len(signatures), [None, data])
