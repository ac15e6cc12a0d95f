"""Alignment: where exactly a question stands in the text around its window.

The kernel's window is a bag of tokens: a word of the question that stands by chance before it may
be taken for the question's own, and the window then seems to start too early and end too early.
In order, the stretch as long as the question that is most like it is found, and the window moves
there if that stretch is verbatim.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.text.tokens import Tokens, tokenise

__all__ = ["VERBATIM_ORDER", "Alignment", "align", "order_of", "tokens_between"]

VERBATIM_ORDER = 0.95

MARGIN_BYTES = 120
"""How far around its window a question is looked for."""


class Alignment(NamedTuple):
    """A question laid against a passage."""

    order: float
    """Longest common subsequence of the tokens, as a share of the longer one; from 0 to 1."""
    start: int
    """Byte offset of the passage in the text of its batch."""
    end: int
    codes: npt.NDArray[np.uint16]
    """Of the passage's tokens, shape (tokens,)."""
    numbers: npt.NDArray[np.bool_]
    """Whether each of them is a number, shape (tokens,)."""
    token_starts: npt.NDArray[np.int64]
    """Byte offset of each of them in the text of its batch, shape (tokens,)."""
    token_ends: npt.NDArray[np.int64]


def align(
    question: npt.NDArray[np.uint16],
    data: memoryview,
    start: int,
    end: int,
    borders: npt.NDArray[np.int64],
) -> Alignment:
    """Lay a question against a window of a text.

    Args:
        question: its codes, shape (tokens,).
        data: the text as UTF-8.
        start: first byte of the window.
        end: byte after it.
        borders: where each passage of the document starts, and the last one ends; ascending.
    """
    from rapidfuzz import fuzz

    low = max(int(borders[0]), start - MARGIN_BYTES)
    high = min(int(borders[-1]), end + MARGIN_BYTES)
    hashes, starts, ends = tokens_between(data, low, high, borders)
    codes = (hashes & np.uint32(0xFFFF)).astype(np.uint16)
    inside = np.flatnonzero((starts >= start) & (ends <= end))
    first, last = (int(inside[0]), int(inside[-1]) + 1) if len(inside) else (0, 0)
    order = order_of(question, codes[first:last])
    if order < 1.0 and len(codes) >= len(question):
        found = fuzz.partial_ratio_alignment(question.tolist(), codes.tolist())
        if found is not None:
            moved = order_of(question, codes[found.dest_start : found.dest_end])
            if moved >= VERBATIM_ORDER and moved > order:
                order, first, last = moved, found.dest_start, found.dest_end
    if last <= first:
        return Alignment(
            0.0,
            start,
            end,
            codes[:0],
            np.zeros(0, np.bool_),
            np.zeros(0, np.int64),
            np.zeros(0, np.int64),
        )
    return Alignment(
        order,
        int(starts[first]),
        int(ends[last - 1]),
        codes[first:last],
        hashes[first:last] >= np.uint32(1 << 31),
        starts[first:last].astype(np.int64),
        ends[first:last].astype(np.int64),
    )


def tokens_between(data: memoryview, low: int, high: int, borders: npt.NDArray[np.int64]) -> Tokens:
    """Tokenise a range of bytes, passage by passage; offsets count from the start of `data`.

    Args:
        data: the text as UTF-8.
        low: first byte of the range.
        high: byte after it.
        borders: where passages start and end, ascending; no word goes on over one.
    """
    first = int(np.searchsorted(borders, low, side="right"))
    inner = borders[first : int(np.searchsorted(borders, high))].tolist()
    pieces = []
    for first, last in pairwise([low, *inner, high]):
        hashes, starts, ends = tokenise(_whole_characters(data, first, last))
        pieces.append((hashes, starts.astype(np.int64) + first, ends.astype(np.int64) + first))
    return Tokens(*map(np.concatenate, zip(*pieces, strict=True)))


def _whole_characters(data: memoryview, low: int, high: int) -> str:
    """Decode a range of bytes; a character cut at its ends becomes one that separates tokens.

    Byte for byte, so that offsets into the text are offsets into the data.
    """
    raw = bytearray(data[low:high])
    for place in range(min(3, len(raw))):
        if raw[place] & 0xC0 != 0x80:
            break
        raw[place] = ord(" ")
    return raw.decode("utf-8", "ignore")


def order_of(question: npt.NDArray[np.uint16], passage: npt.NDArray[np.uint16]) -> float:
    """Return the longest common subsequence as a share of the longer sequence.

    >>> order_of(np.array([1, 2, 3, 4], np.uint16), np.array([1, 9, 3, 4, 8], np.uint16))
    0.6
    """
    from rapidfuzz.distance import LCSseq

    longer = max(len(question), len(passage), 1)
    return float(LCSseq.similarity(question.tolist(), passage.tolist()) / longer)
