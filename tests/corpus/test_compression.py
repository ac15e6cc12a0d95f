"""Reading through compression: damage ends a stream without taking what stood before it."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import sys

import pytest

from leakcheck.corpus import compression
from leakcheck.corpus.compression import ByteStream, compression_of

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

COMPRESS = {".bz2": bz2.compress, ".gz": gzip.compress, ".xz": lzma.compress, ".zst": zstd.compress}
DATA = random.Random(7).randbytes(900_000)


def drained(stream: ByteStream, size: int = 100_000) -> bytes:
    return b"".join(iter(lambda: stream.read(size), b""))


@pytest.mark.parametrize("suffix", COMPRESS)
def test_keeps_what_stands_before_the_end_of_a_truncated_file(suffix):
    packed = COMPRESS[suffix](DATA[:400_000]) + COMPRESS[suffix](DATA[400_000:])[:-9]
    stream = ByteStream(io.BytesIO(packed), suffix)
    read = drained(stream)
    assert len(read) >= 400_000
    assert DATA.startswith(read)
    assert "ends before" in stream.damage


@pytest.mark.parametrize("suffix", COMPRESS)
def test_names_what_is_not_compressed_at_all(suffix):
    stream = ByteStream(io.BytesIO(b"<html>not found</html>" * 9), suffix)
    assert drained(stream) == b""
    assert stream.damage
    assert stream.damage_starts_byte == 0


@pytest.mark.parametrize("suffix", ["", *COMPRESS])
def test_an_empty_file_is_sound(suffix):
    stream = ByteStream(io.BytesIO(b""), suffix)
    assert (stream.read(10), stream.damage) == (b"", None)


@pytest.mark.parametrize("suffix", ["", *COMPRESS])
@pytest.mark.parametrize("size", [1_000, 333_333, 2_000_000])
def test_reads_all_members_and_all_of_the_file(suffix, size):
    compress = COMPRESS.get(suffix, bytes)
    packed = compress(DATA[:500_000]) + compress(DATA[500_000:])
    stream = ByteStream(io.BytesIO(packed), suffix)
    pieces = list(iter(lambda: stream.read(size), b""))
    assert b"".join(pieces) == DATA
    assert {len(piece) for piece in pieces[:-1]} <= {size}
    assert (stream.consumed_bytes, stream.damage) == (len(packed), None)


def test_skips_zeros_that_pad_a_gzip_file():
    stream = ByteStream(io.BytesIO(gzip.compress(b"text") + bytes(512)), ".gz")
    assert (drained(stream), stream.damage) == (b"text", None)


def test_reads_zstd_with_a_long_window():
    options = {
        zstd.CompressionParameter.window_log: 28,
        zstd.CompressionParameter.enable_long_distance_matching: 1,
    }
    packer = zstd.ZstdCompressor(options=options)
    packed = packer.compress(b"far") + packer.flush()
    stream = ByteStream(io.BytesIO(packed), ".zst")
    assert (drained(stream), stream.damage) == (b"far", None)


def test_reads_gzip_without_isal(monkeypatch):
    monkeypatch.setitem(sys.modules, "isal", None)
    packed = gzip.compress(DATA) + gzip.compress(b"end")
    stream = ByteStream(io.BytesIO(packed), ".gz")
    assert (drained(stream), stream.damage) == (DATA + b"end", None)
    cut = ByteStream(io.BytesIO(packed[:-5]), ".gz")
    assert drained(cut).startswith(DATA)
    assert "ends before" in cut.damage


def test_a_pipe_that_gives_little_at_a_time_is_read_in_whole_blocks():
    class Pipe(io.RawIOBase):
        def read(self, size=-1):
            return source.read(min(size, 7))

    source = io.BytesIO(DATA[:100])
    assert ByteStream(Pipe()).read(50) == DATA[:50]


def test_compression_is_told_by_the_name():
    assert [compression_of(name) for name in ("a.jsonl.ZST", "a.gz", "gz", "a.gz.txt")] == [
        ".zst",
        ".gz",
        "",
        "",
    ]
    assert set(compression.COMPRESSION_SUFFIXES) == set(COMPRESS)
