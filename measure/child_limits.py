"""Reads files in one way and does nothing with what it reads: METHOD FILE...; prints the seconds.

METHOD is one of those below. What it is done with is loaded before the clock starts.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

READ_BYTES = 1 << 18
GZIP_BITS = 31
"""The window of gzip with its header, as zlib numbers it."""


def main() -> None:
    """Load, read, and print the seconds."""
    method, *paths = sys.argv[1:]
    read = _METHODS[method]()
    start = time.perf_counter()
    for path in paths:
        read(Path(path))
    print(json.dumps({"seconds": time.perf_counter() - start}))


def _orjson() -> Callable[[Path], None]:
    loads = importlib.import_module("orjson").loads
    return lambda path: _parse_lines(path, loads)


def _msgspec() -> Callable[[Path], None]:
    import msgspec

    return lambda path: _parse_lines(path, msgspec.json.Decoder().decode)


def _parse_lines(path: Path, parse: Callable[[bytes], object]) -> None:
    with path.open("rb") as file:
        for line in file:
            parse(line)


def _parquet() -> Callable[[Path], None]:
    from pyarrow.parquet import ParquetFile

    def read(path: Path) -> None:
        with ParquetFile(path) as file:
            for _ in file.iter_batches(columns=["text"], use_threads=False):
                pass

    return read


def _isal() -> Callable[[Path], None]:
    return _inflating(importlib.import_module("isal.isal_zlib").decompressobj)


def _zlib() -> Callable[[Path], None]:
    return _inflating(zlib.decompressobj)


def _inflating(decompressor: Callable[[int], Any]) -> Callable[[Path], None]:
    def read(path: Path) -> None:
        stream = decompressor(GZIP_BITS)
        with path.open("rb") as file:
            while data := file.read(READ_BYTES):
                stream.decompress(data)

    return read


def _zstd() -> Callable[[Path], None]:
    from backports import zstd

    def read(path: Path) -> None:
        with zstd.open(path, "rb") as file:
            while file.read(READ_BYTES):
                pass

    return read


_METHODS: dict[str, Callable[[], Callable[[Path], None]]] = {
    "orjson": _orjson,
    "msgspec": _msgspec,
    "parquet": _parquet,
    "isal": _isal,
    "zlib": _zlib,
    "zstd": _zstd,
}


if __name__ == "__main__":
    main()
