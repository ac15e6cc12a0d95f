"""The lines that start in a range of a file's bytes, as a file of their own."""

from __future__ import annotations

import codecs
from typing import BinaryIO

from leakcheck.corpus.stretch import Stretch

__all__ = ["LineRange"]

_LOOKED_THROUGH_BYTES = 64 * 1024
_TWO_BYTE_ORDERS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class LineRange:
    """Reads the lines that start in a stretch, to the end of the last of them.

    In UTF-16 a byte does not tell whether a line ends with it: all of such a file is in its first
    stretch, and nothing in the others.
    """

    def __init__(self, file: BinaryIO, stretch: Stretch) -> None:
        self._file = file
        self._start_byte = stretch.start_byte
        self._left_bytes: int | None = None if stretch.is_last else stretch.size_bytes
        """Bytes to the end of the stretch; None where that is the end of the file."""
        self._is_at_start = True
        self._is_done = False
        self._last = b""

    def read(self, size: int) -> bytes:
        """Read up to `size` bytes; none at the end."""
        if self._is_at_start:
            self._is_at_start = False
            self._find_first_line()
        if self._is_done:
            return b""
        if self._left_bytes is None:
            return self._file.read(size)
        if self._left_bytes > 0:
            data = self._file.read(min(size, self._left_bytes))
            self._left_bytes -= len(data)
            self._last = data[-1:] or self._last
            if data:
                return data
        return self._rest_of_line(size)

    def _find_first_line(self) -> None:
        """Go behind the line that starts in front of the stretch and reaches into it."""
        if self._start_byte == 0:
            if self._is_two_byte():
                self._left_bytes = None
            self._file.seek(0)
            return
        # The byte in front tells whether a line starts with the stretch itself.
        self._file.seek(self._start_byte - 1)
        passed_bytes, is_two_byte = -1, False
        while data := self._file.read(_LOOKED_THROUGH_BYTES):
            # No JSON has a zero byte, unless it is UTF-16: only then is the file's start asked for.
            is_two_byte = is_two_byte or b"\0" in data
            end = data.find(b"\n") + 1
            passed_bytes += end or len(data)
            if end:
                break
        if is_two_byte and self._is_two_byte():
            self._is_done = True
            return
        self._file.seek(self._start_byte + passed_bytes)
        if self._left_bytes is not None:
            self._left_bytes -= passed_bytes
            # A line that reaches beyond the stretch leaves nothing that starts in it.
            self._is_done = self._left_bytes <= 0

    def _is_two_byte(self) -> bool:
        self._file.seek(0)
        return self._file.read(2) in _TWO_BYTE_ORDERS

    def _rest_of_line(self, size: int) -> bytes:
        """Read on to the end of the line that reaches beyond the stretch."""
        if self._last == b"\n":
            self._is_done = True
            return b""
        data = self._file.read(min(size, _LOOKED_THROUGH_BYTES))
        end = data.find(b"\n") + 1
        self._is_done = bool(end) or not data
        return data[:end] if end else data
