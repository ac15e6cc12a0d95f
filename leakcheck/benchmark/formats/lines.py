"""Lines of text from an open file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

__all__ = ["text_lines"]


def text_lines(file: BinaryIO) -> Iterator[str]:
    r"""Yield the lines of a file of UTF-8, each with its end, without a byte order mark.

    Lines end at `\n` only: U+2028 and its like stand inside texts.
    """
    encoding = "utf-8-sig"
    for line in file:
        yield line.decode(encoding)
        encoding = "utf-8"
