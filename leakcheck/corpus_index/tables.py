"""The tables of an index, and how they lie in Parquet files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from leakcheck.corpus_index.minhash import NUM_PERM
from leakcheck.corpus_index.records import DataFile
from leakcheck.errors import CorpusIndexError

__all__ = ["TABLES", "TableWriter", "checksum_of", "read_batches"]

TABLES: dict[str, pa.Schema] = {
    "files": pa.schema(
        [
            ("path", pa.string()),  # as reports name it
            ("location", pa.string()),  # where it was, as an absolute path
            ("size_bytes", pa.int64()),
            ("content", pa.string()),  # BLAKE2b of its bytes
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
            **dict.fromkeys(("document", "row", "offset", "length", "tokens"), "DELTA_BINARY_PACKED"),
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
LEAST_ROW_GROUP = 1 << 16


class TableWriter:
    """Writes one table piece by piece, and keeps its checksum."""

    def __init__(self, folder: Path, name: str, table: str) -> None:
        self._path = folder / name
        self._table = table
        self._digest = _Digest(TABLES[table])
        self._waiting: list[pa.Table] = []
        options = {"compression": "zstd", **_ENCODINGS.get(table, {})}
        self._writer = pq.ParquetWriter(self._path, TABLES[table], **options)

    def write(self, rows: pa.Table) -> None:
        """Append rows of the table's own schema."""
        self._digest.add(rows)
        self._waiting.append(rows)
        if sum(map(len, self._waiting)) >= LEAST_ROW_GROUP:
            self._write_waiting()

    def _write_waiting(self) -> None:
        """Write what came in small pieces as one: a row group costs hundreds of bytes."""
        if self._waiting:
            rows = pa.concat_tables(self._waiting).unify_dictionaries()
            self._writer.write_table(rows, row_group_size=ROW_GROUP)
            self._waiting.clear()

    def close(self) -> DataFile:
        """Finish the file, and describe it."""
        self._write_waiting()
        self._writer.close()
        return DataFile(
            name=self._path.name,
            table=self._table,
            rows=self._digest.rows,
            bytes=self._path.stat().st_size,
            checksum=self._digest.value(),
        )


class _Digest:
    """A hash over the values of a table, however they are cut into pieces."""

    def __init__(self, schema: pa.Schema) -> None:
        self._columns = {name: hashlib.blake2b(digest_size=16) for name in schema.names}
        self.rows = 0

    def add(self, rows: pa.Table | pa.RecordBatch) -> None:
        self.rows += len(rows)
        for name, digest in self._columns.items():
            for piece in _bytes_of(rows.column(name)):
                digest.update(piece)

    def value(self) -> str:
        whole = hashlib.blake2b(digest_size=16)
        for digest in self._columns.values():
            whole.update(digest.digest())
        return whole.hexdigest()


def _bytes_of(column: pa.Array | pa.ChunkedArray) -> Iterator[bytes | memoryview]:
    for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else [column]:
        if pa.types.is_dictionary(chunk.type):
            chunk = chunk.cast(chunk.type.value_type)
        if pa.types.is_fixed_size_binary(chunk.type):
            width = chunk.type.byte_width
            data = memoryview(chunk.buffers()[1])
            yield data[width * chunk.offset : width * (chunk.offset + len(chunk))]
        elif pa.types.is_string(chunk.type) or chunk.null_count:
            yield "".join(f"{value}\0" for value in chunk.to_pylist()).encode()
        else:
            yield chunk.to_numpy().tobytes()


def read_batches(path: Path, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a Parquet file.

    Raises:
        CorpusIndexError: the file is not there, or damaged.
    """
    try:
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(ROW_GROUP, columns=columns)
    except (OSError, pa.ArrowException) as error:
        raise CorpusIndexError(
            f"{path}: damaged or gone ({str(error).splitlines()[0]}); `leakcheck index verify` "
            "names all that is; build the index again, or put the file back from a copy"
        ) from error


def checksum_of(path: Path, table: str) -> tuple[int, str]:
    """Read a file of an index, and return its number of rows and its checksum."""
    digest = _Digest(TABLES[table])
    for batch in read_batches(path):
        digest.add(batch)
    return digest.rows, digest.value()
