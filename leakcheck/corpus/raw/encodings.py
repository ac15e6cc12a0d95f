"""From what a reader sees, which is always UTF-8, back to the bytes that stand in the file."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from leakcheck.corpus.compression import ByteStream
from leakcheck.corpus.raw.piece import Piece

__all__ = ["RawStream", "as_on_disk"]

_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class RawStream(ByteStream):
    """The bytes of a file, which tells their encoding and keeps UTF-16 as it came."""

    def __init__(self, raw: BinaryIO, compression: str) -> None:
        super().__init__(raw, compression)
        self.encoding = ""
        self.mark = b""
        """The byte order mark; empty if there is none."""
        self.unclaimed = bytearray()
        """UTF-16 that was read, but not given out as pieces yet."""

    def read(self, size: int) -> bytes:
        """Read as any stream does."""
        data = super().read(size)
        if not self.encoding:
            self.encoding = _UTF16.get(data[:2], "utf-8")
            mark = codecs.BOM_UTF8 if self.encoding == "utf-8" else data[:2]
            self.mark = mark if data.startswith(mark) else b""
            if self.encoding != "utf-8":
                self.unclaimed += data[len(self.mark) :]
        elif self.encoding != "utf-8":
            self.unclaimed += data
        return data

    def claim(self, seen: bytes) -> bytes:
        """Give the UTF-16 that a reader sees as this UTF-8.

        Each character stands for as many units as it is written in; one put in the place of what
        is no character stands for one unit.
        """
        size_bytes = len(seen.decode().encode("utf-16-le"))
        claimed = bytes(self.unclaimed[:size_bytes])
        del self.unclaimed[:size_bytes]
        return claimed


def as_on_disk(stream: RawStream, pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Give pieces with the bytes of the file in them, the byte order mark as the first."""
    is_first = True
    for piece in pieces:
        if is_first and stream.mark:
            yield Piece(None, stream.mark)
        is_first = False
        if stream.encoding == "utf-8":
            yield piece
        else:
            lead = stream.claim(piece.lead)
            data = stream.claim(piece.data)
            yield piece._replace(lead=lead, data=data, encoding=stream.encoding)
    if is_first and stream.mark:
        yield Piece(None, stream.mark)
    if stream.unclaimed:  # half a unit at the end
        yield Piece(None, bytes(stream.unclaimed))
