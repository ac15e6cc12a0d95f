"""One word of ASCII letters: where it ends, whether it goes on outside ASCII, and its tokens."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, int64, kernel
from leakcheck.text.ascii import is_letter
from leakcheck.text.camel_case import is_camel_case, write_parts
from leakcheck.text.dressing import BEGINS, LETTERS, may_be_letter
from leakcheck.text.hashing import SEED
from leakcheck.text.other_scripts import continues_word
from leakcheck.text.token_tables import TokenTables
from leakcheck.text.word_hashes import is_plural, mix_letters, number_or_word
from leakcheck.vectors import load_eight, trailing_zeros

__all__ = ["read_word"]

_EACH = np.uint64(0x0101010101010101)
_HIGHEST = np.uint64(0x8080808080808080)


@kernel
def read_word(
    data: npt.NDArray[np.uint8],
    begin: int,
    start: int,
    end: int,
    tables: TokenTables,
    hashes: npt.NDArray[np.uint32],
    starts: npt.NDArray[np.int32],
    ends: npt.NDArray[np.int32],
    count: int,
) -> tuple[int, int, bool]:
    """Read a word from its first letter, of ASCII, if all its letters are.

    Return the offset after these, the new number of tokens, and whether the word goes on there.
    """
    at, has_capitals = _end_of_letters(data, start, end)
    goes_on = (
        at < end
        and BEGINS[data[at]] == LETTERS
        and (data[at] >= 128 or may_be_letter(data, at, end))
        and continues_word(data, begin, at, end, tables)
    )
    if not goes_on:
        if has_capitals and is_camel_case(data, start, at):
            count = write_parts(data, start, at, hashes, starts, ends, count)
        state = mix_letters(SEED, data, start, at - is_plural(data, start, at))
        hashes[count] = number_or_word(state, tables.words, tables.numbers)
        starts[count] = start
        ends[count] = at
        count += 1
    return at, count, goes_on


@inlined
def _end_of_letters(data: npt.NDArray[np.uint8], start: int, end: int) -> tuple[int, bool]:
    """Return the offset after the letters from `start` on, the first of them known to be one.

    And whether there is a capital behind the first. Eight bytes are looked at together: where a
    word ends cannot be guessed byte by byte.
    """
    at = start
    capitals = np.uint64(0)
    while at + 8 <= end:
        block = load_eight(data, at)
        letters = _letters_among(block)
        others = letters ^ _HIGHEST
        inside = others - np.uint64(1)  # of what is below the first other byte
        if at == start:
            inside &= ~np.uint64(0xFF)
        capitals |= letters & ~(block << np.uint64(2)) & inside
        if others:
            return at + int64(trailing_zeros(others) >> np.uint64(3)), capitals != 0
        at += 8
    while at < end and is_letter(data[at]):
        capitals |= np.uint64(at > start and data[at] < 97)
        at += 1
    return at, capitals != 0


@inlined
def _letters_among(block: np.uint64) -> np.uint64:
    """Return the highest bit of each byte that is a letter of ASCII, of eight bytes at once."""
    folded = (block | _EACH * np.uint64(32)) & (_EACH * np.uint64(0x7F))
    from_a = folded + _EACH * np.uint64(0x80 - 97)
    above_z = folded + _EACH * np.uint64(0x80 - 123)
    return from_a & ~above_z & ~block & _HIGHEST
