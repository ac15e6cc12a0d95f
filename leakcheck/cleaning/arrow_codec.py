"""The compression inside an Arrow file, which pyarrow undoes without a word.

It stands in the metadata of every batch, a flatbuffer: `Message.header` is a `RecordBatch`, whose
fourth field, if there is one, is a `BodyCompression`, whose first field is the codec (0 or left
out: LZ4 frames, 1: Zstandard). https://arrow.apache.org/docs/format/Columnar.html
"""

from __future__ import annotations

import struct
from typing import BinaryIO

import pyarrow as pa

__all__ = ["codec_of"]

_MAGIC_BYTES = 8
_CODECS = {0: "lz4", 1: "zstd"}
_HEADER, _COMPRESSION, _CODEC = 2, 3, 0
"""Numbers of the fields of Message, RecordBatch and BodyCompression."""


def codec_of(file: BinaryIO, *, is_file: bool) -> str | None:
    """Name the codec of the first batch of an Arrow file or stream: `lz4`, `zstd`, or None."""
    file.seek(_MAGIC_BYTES if is_file else 0)
    while True:
        try:
            message = pa.ipc.read_message(file)
        except (EOFError, pa.ArrowInvalid):
            return None
        if message.type == "record batch":
            return _codec(message.metadata.to_pybytes())


def _codec(metadata: bytes) -> str | None:
    (message,) = struct.unpack_from("<I", metadata, 0)
    header = _table_in(metadata, message, _HEADER)
    compression = _table_in(metadata, header, _COMPRESSION) if header else None
    if not compression:
        return None
    place = _field(metadata, compression, _CODEC)
    return _CODECS.get(metadata[place] if place else 0)


def _table_in(data: bytes, table: int, number: int) -> int | None:
    """Find the table that a field of another refers to."""
    place = _field(data, table, number)
    return place + int(struct.unpack_from("<I", data, place)[0]) if place else None


def _field(data: bytes, table: int, number: int) -> int | None:
    """Find a field of a table by the offsets that the table's own table tells; None if left out."""
    virtual = table - int(struct.unpack_from("<i", data, table)[0])
    (size,) = struct.unpack_from("<H", data, virtual)
    entry = 4 + 2 * number
    offset = int(struct.unpack_from("<H", data, virtual + entry)[0]) if entry < size else 0
    return table + offset if offset else None
