"""Writing through the compression that a file's name tells of."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

__all__ = ["compressed_file"]

_BUFFER_BYTES = 1024 * 1024


@contextmanager
def compressed_file(path: Path, compression: str) -> Iterator[BinaryIO]:
    """Open a file for writing through a compression, as `compression_of` names it.

    Libraries' own levels are used, and no names or dates are written: the same data gives the same
    file.
    """
    with (
        path.open("wb") as raw,
        _compressor(raw, compression) as file,
        io.BufferedWriter(cast(io.RawIOBase, file), _BUFFER_BYTES) as buffered,
    ):
        yield cast(BinaryIO, buffered)


def _compressor(raw: BinaryIO, compression: str) -> IO[bytes]:
    match compression:
        case ".gz":
            packed = gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=6, mtime=0)
            return cast(IO[bytes], packed)
        case ".bz2":
            return bz2.BZ2File(raw, "wb")
        case ".xz":
            return lzma.LZMAFile(raw, "wb")
        case ".zst":
            return _zstd_file(raw)
        case _:
            return raw


def _zstd_file(raw: BinaryIO) -> IO[bytes]:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return cast(IO[bytes], zstd.ZstdFile(raw, "wb"))
