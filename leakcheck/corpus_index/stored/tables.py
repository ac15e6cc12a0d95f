"""The tables of an index, and how they lie in Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from leakcheck.corpus_index.sketching.minhash import NUM_PERM
from leakcheck.corpus_index.stored.digest import Digest
from leakcheck.corpus_index.stored.records import DataFile
from leakcheck.errors import CorpusIndexError

__all__ = ["TABLES", "TableWriter", "checksum_of", "read_batches", "writing"]

TABLES: dict[str, pa.Schema] = {
    "files": pa.schema(
        [
            ("path", pa.string()),  # as reports name it
            ("location", pa.string()),  # where it was, as an absolute path
            ("size_bytes", pa.int64()),  # on disk
            ("text_bytes", pa.int64()),  # of the texts that were taken from it
            ("content", pa.string()),  # BLAKE2b of its bytes; empty: to be read again
            ("documents", pa.int64()),  # read, those without text included
            ("first_document", pa.uint32()),
            ("indexed_documents", pa.int64()),  # those with text, numbered without a gap
        ]
    ),
    "documents": pa.schema(
        [
            ("document", pa.uint32()),
            ("path", pa.dictionary(pa.int32(), pa.string())),
            ("row", pa.int64()),
            ("offset", pa.int64()),  # byte of the file; null where a record has no place of its own
            ("length", pa.int64()),
            ("tokens", pa.uint32()),
            ("content", pa.uint64()),
        ]
    ),
    "skipped": pa.schema(
        [
            ("path", pa.string()),
            ("row", pa.int64()),
            ("reason", pa.string()),
            ("unread_bytes", pa.int64()),
        ]
    ),
    "ngrams": pa.schema(
        [
            ("hash", pa.uint64()),
            ("document", pa.uint32()),
            ("position", pa.uint32()),  # of the last token
        ]
    ),
    "rare_tokens": pa.schema(  # in the order of the text
        [
            ("document", pa.uint32()),
            ("position", pa.uint32()),
            ("code", pa.uint16()),
        ]
    ),
    "signatures": pa.schema(
        [
            ("document", pa.uint32()),
            ("passage", pa.uint32()),  # 0: the whole document
            ("start", pa.uint32()),  # token
            ("tokens", pa.uint32()),
            ("signature", pa.binary(4 * NUM_PERM)),  # uint32, little-endian
        ]
    ),
}
"""The schema of each table; `docs/index.md` describes them."""

_ENCODINGS: dict[str, dict[str, Any]] = {
    "documents": {
        "use_dictionary": ["path"],
        "column_encoding": {
            **dict.fromkeys(
                ("document", "row", "offset", "length", "tokens"), "DELTA_BINARY_PACKED"
            ),
            "content": "PLAIN",
        },
    },
    "ngrams": {
        "use_dictionary": False,
        "column_encoding": {
            "hash": "DELTA_BINARY_PACKED",
            "document": "BYTE_STREAM_SPLIT",
            "position": "BYTE_STREAM_SPLIT",
        },
    },
    "rare_tokens": {
        "use_dictionary": False,
        "column_encoding": {
            "document": "DELTA_BINARY_PACKED",
            "position": "DELTA_BINARY_PACKED",
            "code": "PLAIN",
        },
    },
    "signatures": {
        "use_dictionary": False,
        "compression": {"signature": "none"},  # random bits
        "column_encoding": {
            **dict.fromkeys(("document", "passage", "start", "tokens"), "DELTA_BINARY_PACKED"),
            "signature": "PLAIN",
        },
    },
}
ROW_GROUP = 1 << 20
LEAST_ROW_GROUP = {"ngrams": ROW_GROUP, "rare_tokens": ROW_GROUP}
"""Rows that are worth a row group of their own; other tables have wider rows."""
FEWEST_ROWS = 1 << 16
READ_ROWS = 1 << 17
"""Rows that are read at once: 70 MB of signatures."""


class TableWriter:
    """Writes one table piece by piece, and keeps its checksum."""

    def __init__(self, folder: Path, name: str, table: str) -> None:
        self._path = folder / name
        self._table = table
        self._digest = Digest(TABLES[table].names)
        self._waiting: list[pa.Table] = []
        self._waiting_rows = 0
        self._least_rows = LEAST_ROW_GROUP.get(table, FEWEST_ROWS)
        options = {"compression": "zstd", "write_page_checksum": True, **_ENCODINGS.get(table, {})}
        with writing(self._path):
            self._writer = pq.ParquetWriter(self._path, TABLES[table], **options)

    def write(self, rows: pa.Table) -> None:
        """Append rows of the table's own schema.

        Raises:
            CorpusIndexError: the disk is full, or the folder cannot be written to.
        """
        self._waiting.append(rows)
        self._waiting_rows += len(rows)
        if self._waiting_rows >= self._least_rows:
            self._write_waiting()

    def _write_waiting(self) -> None:
        """Write what came in small pieces as one: a row group costs hundreds of bytes."""
        if self._waiting_rows:
            rows = pa.concat_tables(self._waiting).unify_dictionaries().combine_chunks()
            self._digest.add(rows)
            with writing(self._path):
                self._writer.write_table(rows, row_group_size=ROW_GROUP)
        self._waiting.clear()
        self._waiting_rows = 0

    def close(self) -> DataFile:
        """Finish the file, and describe it; without rows there is none in the end."""
        self._write_waiting()
        with writing(self._path):
            self._writer.close()
            size = self._path.stat().st_size
            if not self._digest.rows:
                self._path.unlink()
        return DataFile(
            name=self._path.name,
            table=self._table,
            rows=self._digest.rows,
            bytes=size,
            checksum=self._digest.value(),
        )


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say where and why something could not be written.

    Raises:
        CorpusIndexError: the block raised OSError.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error).partition("\n")[0]
        raise CorpusIndexError(
            f"{path}: cannot be written ({reason}); the index is as it was before; see to the "
            "disk or the folder, and run it again"
        ) from error


def read_batches(path: Path, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a Parquet file.

    Raises:
        CorpusIndexError: the file is not there, or damaged.
    """
    try:
        with pq.ParquetFile(path, page_checksum_verification=True, pre_buffer=False) as file:
            yield from file.iter_batches(READ_ROWS, columns=columns)
    except FileNotFoundError as error:
        raise CorpusIndexError(
            f"{path}: gone; if the index was changed in the meantime, run it again, else build "
            "the index again, or put the file back from a copy"
        ) from error
    except (OSError, pa.ArrowException) as error:
        raise CorpusIndexError(
            f"{path}: damaged ({str(error).partition(chr(10))[0]}); `leakcheck index verify` names "
            "all that is; build the index again, or put the file back from a copy"
        ) from error


def checksum_of(path: Path, table: str) -> tuple[int, str]:
    """Read a file of an index, and return its number of rows and its checksum.

    Raises:
        CorpusIndexError: the file is not there, is damaged, or holds another table.
    """
    digest = Digest(TABLES[table].names)
    for batch in read_batches(path):
        if not batch.schema.equals(TABLES[table]):
            raise CorpusIndexError(f"{path}: holds other columns than the table {table}")
        digest.add(batch)
    return digest.rows, digest.value()
