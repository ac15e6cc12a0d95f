"""A hash over the values of a table, by which an index knows its files again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["Digest"]


class Digest:
    """Hashes rows column by column, so that it does not matter into which pieces they are cut.

    Numbers are never below 0 and texts hold no NUL: null is hashed as -1 or as nothing, and a text
    with a NUL behind it.

    >>> whole, pieces = Digest(["n"]), Digest(["n"])
    >>> whole.add(pa.table({"n": [1, None]}))
    >>> pieces.add(pa.table({"n": [1]})), pieces.add(pa.table({"n": pa.array([None], pa.int64())}))
    (None, None)
    >>> whole.value() == pieces.value()
    True
    """

    def __init__(self, columns: list[str]) -> None:
        self._columns = {name: hashlib.blake2b(digest_size=16) for name in columns}
        self.rows = 0

    def add(self, rows: pa.Table | pa.RecordBatch) -> None:
        """Take in rows that follow those before."""
        self.rows += len(rows)
        for name, digest in self._columns.items():
            for piece in _chunks(rows.column(name)):
                digest.update(_bytes_of(piece))

    def value(self) -> str:
        """Return the hash of all rows so far, of 32 hexadecimal digits."""
        whole = hashlib.blake2b(digest_size=16)
        for digest in self._columns.values():
            whole.update(digest.digest())
        return whole.hexdigest()


def _chunks(column: pa.Array | pa.ChunkedArray) -> Iterator[pa.Array]:
    for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else [column]:
        if len(chunk):
            yield chunk


def _bytes_of(chunk: pa.Array) -> memoryview:
    if pa.types.is_dictionary(chunk.type):
        chunk = chunk.dictionary_decode()
    if pa.types.is_string(chunk.type):
        return _texts(chunk)
    if pa.types.is_fixed_size_binary(chunk.type):
        width = chunk.type.byte_width
        return memoryview(chunk.buffers()[1])[width * chunk.offset :][: width * len(chunk)]
    if chunk.null_count:
        chunk = chunk.fill_null(-1)
    numbers: npt.NDArray[np.generic] = chunk.to_numpy(zero_copy_only=False)
    return np.ascontiguousarray(numbers).data


def _texts(chunk: pa.Array) -> memoryview:
    texts = pc.fill_null(chunk.cast(pa.large_string()), "")
    nothing, end = (pa.scalar(text, pa.large_string()) for text in ("", "\0"))
    ended = pc.binary_join_element_wise(texts, nothing, end)
    first, last = np.frombuffer(ended.buffers()[1], np.int64)[ended.offset :][[0, len(ended)]]
    return memoryview(ended.buffers()[2])[first:last]
