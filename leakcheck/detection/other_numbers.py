"""Whether a passage is the text of an item with other numbers, character by character.

A pack has a hash of each question with its symbols, and codes of its tokens. Where the tokens of a
passage differ in numbers alone, the item's own numbers are put in their place and the hash is
compared: of items made by one rule, that tells the one whose signs and brackets the passage has.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice, product

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from leakcheck.text.symbols import symbol_hash
from leakcheck.text.tokens import Tokens, tokenise

__all__ = ["has_symbols"]

_NUMBER = np.uint32(1 << 31)
_NUMERALS = 10_000
"""Whole numbers below this are put in the place of others."""
_MOST_TRIED = 64
"""Several numbers have one code now and then: so many texts are tried at most."""


def has_symbols(
    symbols: int,
    codes: npt.NDArray[np.uint16],
    passage: tuple[int, int],
    around: Tokens,
    data: memoryview,
) -> bool:
    """Tell whether a question stands at a passage by all of its characters, numbers set aside.

    Args:
        symbols: the hash of the question with its symbols.
        codes: of the question's tokens, shape (tokens,).
        passage: first byte, and the one after its end; numbers there that differ may be left out.
        around: the tokens of the text around the passage.
        data: the bytes that these tokens stand in.
    """
    found = (
        symbol_hash(variant.decode("utf-8", "replace")) == symbols
        for first in _places(codes, passage, around)
        for variant in _with_numbers(codes, around, first, data)
    )
    return any(islice(found, _MOST_TRIED))


def _places(codes: npt.NDArray[np.uint16], passage: tuple[int, int], around: Tokens) -> list[int]:
    """Return where at a passage all tokens but numbers are those of a question."""
    if not 0 < len(codes) <= len(around.hashes):
        return []
    there = (around.hashes & np.uint32(0xFFFF)).astype(np.uint16)
    same = sliding_window_view(there, len(codes)) == codes
    numbers = sliding_window_view(around.hashes >= _NUMBER, len(codes))
    starts, ends = around.starts[: len(same)], around.ends[len(codes) - 1 :]
    shared_bytes = np.minimum(ends, passage[1]) - np.maximum(starts, passage[0])
    is_there = shared_bytes > (passage[1] - passage[0]) // 2  # and not at a neighbour alike
    return [int(place) for place in np.flatnonzero((same | numbers).all(axis=1) & is_there)]


def _with_numbers(
    codes: npt.NDArray[np.uint16], around: Tokens, first: int, data: memoryview
) -> Iterator[bytes]:
    """Yield the text from a token on, with the numbers that a question may have in their place."""
    there = slice(first, first + len(codes))
    starts, ends = around.starts[there].tolist(), around.ends[there].tolist()
    other = np.flatnonzero((around.hashes[there] & np.uint32(0xFFFF)) != codes).tolist()
    choices = [_numerals().get(int(codes[place]), ()) for place in other]
    for numerals in product(*choices):
        pieces, at = [], starts[0]
        for numeral, place in zip(numerals, other, strict=True):
            pieces += [bytes(data[at : starts[place]]), numeral]
            at = ends[place]
        yield b"".join((*pieces, bytes(data[at : ends[-1]])))


@cache
def _numerals() -> dict[int, tuple[bytes, ...]]:
    """Return the whole numbers of each code."""
    of_code: dict[int, tuple[bytes, ...]] = {}
    hashes = tokenise(" ".join(map(str, range(_NUMERALS)))).hashes
    for number, code in enumerate((hashes & np.uint32(0xFFFF)).tolist()):
        of_code[code] = (*of_code.get(code, ()), str(number).encode())
    return of_code
