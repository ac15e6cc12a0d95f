"""From bytes to text: byte order marks, bytes that are not UTF-8, and where lines end.

A byte that is not UTF-8 is decoded to a lone surrogate (PEP 383), which no sound text holds; when
passages are put into a batch, `without_surrogates` makes it U+FFFD and the reader is told.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from leakcheck.corpus.compression import ByteStream

__all__ = [
    "decode",
    "line_blocks",
    "shown",
    "text_blocks",
    "undecodable_at",
    "utf8_blocks",
    "without_surrogates",
]

_SURROGATE = re.compile("[\ud800-\udfff]")
_UNDECODABLE = re.compile("[\udc80-\udcff]")


def utf8_blocks(stream: ByteStream, block_bytes: int) -> Iterator[bytes]:
    """Yield the stream in blocks of UTF-8, without byte order mark; UTF-16 is transcoded."""
    block = stream.read(max(block_bytes, 4))
    if block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield from _transcoded(stream, block, block_bytes)
        return
    block = block.removeprefix(codecs.BOM_UTF8)
    while block:
        yield block
        block = stream.read(block_bytes)


def _transcoded(stream: ByteStream, block: bytes, block_bytes: int) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder("utf-16")("replace")
    while block:
        yield decoder.decode(block).encode()
        block = stream.read(block_bytes)
    yield decoder.decode(b"", final=True).encode()


def line_blocks(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut blocks anew so that each ends with a line feed, the last one perhaps excepted.

    >>> list(line_blocks([b"one", b" line\\nnext", b" line"]))
    [b'one line\\n', b'next line']
    """
    carried: list[bytes] = []
    for block in blocks:
        end = block.rfind(b"\n") + 1
        if end:
            yield b"".join((*carried, memoryview(block)[:end])) if carried else block[:end]
            carried = []
        if end < len(block):
            carried.append(block[end:])
    if carried:
        yield b"".join(carried)


def text_blocks(blocks: Iterable[bytes]) -> Iterator[str]:
    """Decode blocks of UTF-8 that may be cut inside a character."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    for block in blocks:
        yield decoder.decode(block)
    if rest := decoder.decode(b"", final=True):
        yield rest


def decode(data: bytes) -> str:
    """Decode UTF-8, each byte that is none to a lone surrogate."""
    return data.decode("utf-8", "surrogateescape")


def undecodable_at(text: str) -> int | None:
    """Tell the first character of a text that was a byte of invalid UTF-8.

    >>> undecodable_at(decode(b"caf\\xe9")), undecodable_at("café")
    (3, None)
    """
    found = _UNDECODABLE.search(text)
    return found.start() if found else None


def without_surrogates(text: str) -> str:
    """Put U+FFFD in the place of every lone surrogate, one for one, so that offsets hold."""
    return _SURROGATE.sub("\ufffd", text)


def shown(text: str) -> str:
    """Give the beginning of a text for a message: quoted, on one line.

    >>> print(shown('{"text": "It began on a morning in the month of May, when'))
    '{"text": "It began on a morning in the m…'
    """
    start = without_surrogates(text[:160]).strip()
    return repr(start[:40] + "…" if len(start) > 40 else start)
