"""The elements of a JSON array of any size.

The reader says what the elements are, and how long those are that it could not decode; all that is
left to do here is to walk the text beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from leakcheck.corpus.blocks import UnreadRecord
from leakcheck.corpus.encoding import text_blocks
from leakcheck.corpus.formats.json_array import array_elements
from leakcheck.corpus.raw.piece import Piece

__all__ = ["array_pieces"]

_LENIENT = json.JSONDecoder(strict=False)
_OPENING = re.compile(r"\s*\[?")
_BETWEEN = re.compile(r"[\s,]*")


def array_pieces(blocks: Iterable[bytes]) -> Iterator[Piece]:
    """Cut an array into its elements; the commas go with the element behind them."""
    text = ""
    read: list[str] = []
    row = 0
    for elements in array_elements(_noted(text_blocks(blocks), read)):
        text += "".join(read)
        read.clear()
        position = 0
        for element in elements:
            opening = _end_of(_OPENING, text, 0) if row == 0 else 0
            if opening:
                position = _end_of(_BETWEEN, text, opening)
                yield Piece(None, _encoded(text[:position]))
            start = _end_of(_BETWEEN, text, position)
            end = _element_end(text, start, element)
            yield Piece(row, _encoded(text[start:end]), _encoded(text[position:start]))
            row, position = row + 1, end
        text = text[position:]
    text += "".join(read)
    yield Piece(None, _encoded(text))


def _noted(texts: Iterator[str], read: list[str]) -> Iterator[str]:
    for text in texts:
        read.append(text)
        yield text


def _element_end(text: str, start: int, element: object) -> int:
    if isinstance(element, UnreadRecord):
        return start + len(_decoded(_encoded(text[start:])[: element.size_bytes]))
    return _LENIENT.raw_decode(text, start)[1]


def _end_of(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
