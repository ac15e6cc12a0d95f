"""Characters outside ASCII, and what dressing stands for: tokens read one character at a time.

Those of scripts written without spaces are tokens alone.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, int64, kernel
from leakcheck.text.ascii import is_letter
from leakcheck.text.dressing import may_be_dressing, next_character
from leakcheck.text.folding import (
    CLASS_SHIFT,
    DIGIT,
    FOLDED,
    IGNORABLE,
    LETTER,
    MARK,
    SEPARATOR,
    UNSPACED,
    entry_of,
    expansion_of,
)
from leakcheck.text.hashing import SEED, UNSPACED_BIT, finish_token, finish_word, mix
from leakcheck.text.numerals import read_foreign_number
from leakcheck.text.token_tables import TokenTables
from leakcheck.text.utf8 import three_bytes, two_bytes

__all__ = ["continues_word", "read_foreign"]

_NO_MARKS = np.uint64(0)


@kernel
def read_foreign(  # noqa: C901  what a character does depends on what is being read
    data: npt.NDArray[np.uint8],
    begin: int,
    at: int,
    end: int,
    tables: TokenTables,
    token_start: int,
    state: np.uint64,
    hashes: npt.NDArray[np.uint32],
    starts: npt.NDArray[np.int32],
    ends: npt.NDArray[np.int32],
    count: int,
) -> tuple[int, int]:
    """Read on from a character outside ASCII or from dressing until bare ASCII takes over.

    `token_start` is -1, or the start of a word whose first letters are in `state` already.
    Return the offset to go on from and the new number of tokens.
    """
    entries, expansions = tables.entries, tables.expansions
    kind = LETTER if token_start >= 0 else 0
    token_end = at
    marks = _NO_MARKS
    while at < end:
        byte = data[at]
        if byte & 0xF0 == 0xE0 and at + 2 < end:  # most tokens of one character, and their commas
            entry = entries[three_bytes(data, at)]
            char_class = int64(entry >> CLASS_SHIFT)
            if char_class in (UNSPACED, SEPARATOR):
                count = _finish(
                    kind, state, marks, token_start, token_end, hashes, starts, ends, count
                )
                kind, marks = char_class, _NO_MARKS
                if char_class == SEPARATOR:
                    at += 3
                    continue
                at, count, state = _write_unspaced(
                    data, at, end, entry, entries, hashes, starts, ends, count
                )
                count -= 1  # the last one may have marks behind it
                token_start, token_end = at - 3, at
                continue
        if byte & 0xE0 == 0xC0 and at + 1 < end:
            code_point, following = two_bytes(data, at), at + 2
        elif byte >= 128 or may_be_dressing(byte) or (kind == LETTER and is_letter(byte)):
            code_point, following = next_character(
                data, begin, at, end, tables.names, tables.values
            )
        else:
            break
        entry = entries[code_point if code_point < len(entries) else 0]
        if entry >> CLASS_SHIFT == DIGIT:
            count = _finish(kind, state, marks, token_start, token_end, hashes, starts, ends, count)
            following, state = read_foreign_number(data, begin, at, end, tables)
            count = _finish(
                int64(DIGIT), state, _NO_MARKS, at, following, hashes, starts, ends, count
            )
            kind, marks, at = 0, _NO_MARKS, following
            continue
        place, length = expansion_of(entry, expansions)
        for step in range(1, length + 1):
            entry = expansions[place + step] if place >= 0 else entry
            char_class = int64(entry >> CLASS_SHIFT)
            folded = np.uint64(entry & FOLDED)
            if char_class == IGNORABLE or (char_class == MARK and kind == 0):
                continue
            if char_class == MARK:
                marks += folded * folded
                token_end = following
                continue
            if char_class != kind or char_class == UNSPACED:
                count = _finish(
                    kind, state, marks, token_start, token_end, hashes, starts, ends, count
                )
                kind = char_class if char_class <= UNSPACED else 0
                state, marks, token_start = SEED, _NO_MARKS, at
            if kind != 0:
                state = mix(mix(state, marks) if marks else state, folded)
                marks = _NO_MARKS
                token_end = following
        at = following
    return at, _finish(kind, state, marks, token_start, token_end, hashes, starts, ends, count)


@inlined
def _write_unspaced(
    data: npt.NDArray[np.uint8],
    at: int,
    end: int,
    entry: np.uint32,
    entries: npt.NDArray[np.uint32],
    hashes: npt.NDArray[np.uint32],
    starts: npt.NDArray[np.int32],
    ends: npt.NDArray[np.int32],
    count: int,
) -> tuple[int, int, np.uint64]:
    """Write characters of three bytes that are tokens alone, the first one of this entry.

    Return the offset after them, the new number of tokens, and the state of the last one.
    """
    state = SEED
    while entry >> CLASS_SHIFT == UNSPACED:
        state = mix(SEED, np.uint64(entry & FOLDED))
        hashes[count] = finish_word(state) | UNSPACED_BIT
        starts[count] = at
        at += 3
        ends[count] = at
        count += 1
        if at + 2 >= end or data[at] & 0xF0 != 0xE0:
            break
        entry = entries[three_bytes(data, at)]
    return at, count, state


@kernel
def _finish(
    kind: int,
    state: np.uint64,
    marks: np.uint64,
    start: int,
    end: int,
    hashes: npt.NDArray[np.uint32],
    starts: npt.NDArray[np.int32],
    ends: npt.NDArray[np.int32],
    count: int,
) -> int:
    """Write the token that was being read, if there is one; return the new number of tokens."""
    if kind != 0:
        hashes[count] = finish_token(kind, state, marks)
        starts[count] = start
        ends[count] = end
        count += 1
    return count


@kernel
def continues_word(
    data: npt.NDArray[np.uint8], begin: int, at: int, end: int, tables: TokenTables
) -> bool:
    """Tell if a character outside ASCII belongs to the word of ASCII letters before it."""
    code_point, _ = next_character(data, begin, at, end, tables.names, tables.values)
    entry = entry_of(code_point, tables.entries)
    place, length = expansion_of(entry, tables.expansions)
    if length == 0:
        return True
    entry = tables.expansions[place + 1] if place >= 0 else entry
    char_class = int64(entry >> CLASS_SHIFT)
    return char_class in (LETTER, MARK, IGNORABLE)
