"""Reading a file's bytes through its compression, as far as the file is sound.

A stream never raises on damaged data: it ends there, and says what was wrong in `damage`. What
stood before the damage is read. Every library is asked through one interface (the one bz2, lzma
and compression.zstd share), because their file objects throw away good bytes in front of an error.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from typing import BinaryIO, NamedTuple, Protocol

from leakcheck.corpus.ahead import ahead
from leakcheck.corpus.line_range import LineRange
from leakcheck.corpus.storage import open_bytes
from leakcheck.corpus.stretch import Stretch

__all__ = ["COMPRESSION_SUFFIXES", "ByteStream", "compression_of", "open_stream"]

_INPUT_BYTES = 256 * 1024
_CHUNK_BYTES = 1024 * 1024
_CHUNKS_AHEAD = 4
"""So that a batch is decompressed while the one before it is looked through."""


class Readable(Protocol):
    """What bytes are read from; none are left when it gives none."""

    def read(self, size: int, /) -> bytes: ...


class Decompressor(Protocol):
    """What bz2, lzma, zstd and isal decompressors have in common; one serves one member."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _ZlibDecompressor:
    """Give zlib's decompressor the interface of the others."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def needs_input(self) -> bool:
        return not self._zlib.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)


def _gzip() -> Decompressor:
    try:
        from isal import igzip_lib
    except ImportError:  # no wheel for this platform
        return _ZlibDecompressor()
    decompressor: Decompressor = igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP)
    return decompressor


def _zstd() -> Decompressor:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    # Files written with --long=31 need a window of 2 GiB, which is refused unless asked for.
    return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: 31})


def _bz2() -> Decompressor:
    import bz2

    return bz2.BZ2Decompressor()


def _xz() -> Decompressor:
    import lzma

    return lzma.LZMADecompressor()


_DECOMPRESSORS: dict[str, Callable[[], Decompressor]] = {
    ".bz2": _bz2,
    ".gz": _gzip,
    ".xz": _xz,
    ".zst": _zstd,
}

COMPRESSION_SUFFIXES: tuple[str, ...] = tuple(_DECOMPRESSORS)


def compression_of(name: str) -> str:
    """Tell the compression of a file by its name: `.gz`, `.zst`, `.bz2`, `.xz`, or "".

    >>> compression_of("shard-00.jsonl.GZ"), compression_of("shard-00.jsonl")
    ('.gz', '')
    """
    return next((s for s in COMPRESSION_SUFFIXES if name.lower().endswith(s)), "")


class _Chunk(NamedTuple):
    """Decompressed bytes, and how much of the file on disk was read up to their end."""

    data: bytes
    consumed_bytes: int


class ByteStream:
    """The decompressed bytes of one file, up to its end or to the first damage in it.

    `raw` holds the bytes on disk; `compression` is a suffix as `compression_of` tells it. Up to
    `chunks_ahead` chunks are decompressed in a thread of their own before they are asked for.
    """

    def __init__(self, raw: Readable, compression: str = "", chunks_ahead: int = 0) -> None:
        self.compression = compression
        self.consumed_bytes = 0
        """Bytes of the file on disk that what was read so far stands in."""
        self.damage: str | None = None
        """What ended the stream before its time."""
        self.damage_starts_byte = 0
        """How much of the file on disk had been read before the read that failed."""
        # A pipe gives what is there with `read1`, and does not wait for all that is asked for.
        self._read: Callable[[int], bytes] = getattr(raw, "read1", raw.read)
        self._raw_bytes = 0
        chunks = self._decompressed() if compression else self._plain()
        self._chunks = ahead(chunks, chunks_ahead) if chunks_ahead else chunks
        self._ahead = b""
        self._wanted = _INPUT_BYTES

    def read(self, size: int) -> bytes:
        """Read `size` bytes, or fewer if the stream ends before."""
        pieces = [self._ahead] if self._ahead else []
        missing = size - len(self._ahead)
        while missing > 0 and (chunk := self._next_chunk(missing)):
            pieces.append(chunk)
            missing -= len(chunk)
        whole = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        self._ahead = whole[size:]
        return whole[:size] if self._ahead else whole

    def close(self) -> None:
        """Stop what works ahead; the file itself stays open."""
        self._chunks.close()

    def _next_chunk(self, wanted: int) -> bytes:
        if self.damage is not None:
            return b""
        self._wanted = wanted
        try:
            data, self.consumed_bytes = next(self._chunks, _Chunk(b"", self.consumed_bytes))
        except Exception as error:  # five libraries, each with errors of its own
            self.damage = str(error) or type(error).__name__
            self.damage_starts_byte = self.consumed_bytes
            return b""
        return data

    def _read_raw(self, size: int) -> bytes:
        data = self._read(size)
        self._raw_bytes += len(data)
        return data

    def _plain(self) -> Generator[_Chunk, None, None]:
        while data := self._read_raw(self._wanted):
            yield _Chunk(data, self._raw_bytes)

    def _decompressed(self) -> Generator[_Chunk, None, None]:
        data = self._read_raw(_INPUT_BYTES)
        while data:
            decompressor = _DECOMPRESSORS[self.compression]()
            yield from self._member(decompressor, data)
            # Members and frames may follow one another; zeros between them are padding.
            data = (decompressor.unused_data or self._read_raw(_INPUT_BYTES)).lstrip(b"\0")

    def _member(self, decompressor: Decompressor, data: bytes) -> Iterator[_Chunk]:
        while True:
            if chunk := decompressor.decompress(data, _CHUNK_BYTES):
                yield _Chunk(chunk, self._raw_bytes)
            if decompressor.eof:
                return
            data = self._read_raw(_INPUT_BYTES) if decompressor.needs_input else b""
            if not data and decompressor.needs_input:
                raise EOFError("the compressed data ends before its end mark")


@contextmanager
def open_stream(stretch: Stretch, standard_input: BinaryIO | None = None) -> Iterator[ByteStream]:
    """Open a stretch of a corpus file for reading its decompressed bytes.

    Standard input is read from `standard_input` and left open. Raises OSError if the file cannot
    be opened, or if it is an object that is another one at the end.
    """
    if stretch.file.is_standard_input:
        yield ByteStream(standard_input or sys.stdin.buffer)
        return
    if not stretch.is_whole:
        with open_bytes(stretch.file, None if stretch.is_last else stretch.end_byte) as raw:
            yield ByteStream(LineRange(raw, stretch))
        return
    compression = compression_of(stretch.file.base_name)
    is_long = bool(compression) and stretch.size_bytes > _INPUT_BYTES
    with (
        open_bytes(stretch.file) as raw,
        closing(ByteStream(raw, compression, _CHUNKS_AHEAD * is_long)) as stream,
    ):
        yield stream
