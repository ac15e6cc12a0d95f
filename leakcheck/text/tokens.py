"""Tokens: from UTF-8 bytes to the hashes of folded words, numbers and characters.

A token is a run of letters with their marks, a number, or one character of a script written
without spaces. All else separates. Letters are folded by the table of `folding`.

- A number is one token with its decimals and without its thousands separators: `1,250.50`.
- Letters and digits stand apart: `10kg` is `10` and `kg`.
- An English number word is the number: `three` is `3`.
- A regular English plural is its singular: `kites` is `kite`.
- An identifier in camel case gives its parts and then the whole: `hasItem` is `has`, `item`,
  `hasitem`. In snake case it gives its parts. Words in random case stay whole.

The hash of a token has 32 bits, the highest of which tells numbers from words. Its code, the
lower 16 bits, is what packs keep.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, int64, kernel
from leakcheck.text.folding import DIGIT, IGNORABLE, LETTER, MARK, UNSPACED, load_folding_table
from leakcheck.text.number_words import SLOT_MASK, number_word_table

__all__ = [
    "TOKENISER_VERSION",
    "TokenTables",
    "Tokens",
    "is_number",
    "load_token_tables",
    "tokenise",
    "tokenise_bytes",
    "word_hash",
]

TOKENISER_VERSION = 1
"""Raised whenever a text would give other tokens or other hashes than before."""

_SEED = np.uint64(0xCBF29CE484222325)
_PRIME = np.uint64(0x100000001B3)
_FINAL = np.uint64(0x9E3779B97F4A7C15)
_CLASS_SHIFT = np.uint32(24)
_FOLDED = np.uint32(0xFFFFFF)
_NUMBER = np.uint32(1 << 31)
_NONE = int64(-1)
_EXPANDS = 7
_COMMA, _POINT = ord(","), ord(".")


class Tokens(NamedTuple):
    """The tokens of one text, in order."""

    hashes: npt.NDArray[np.uint32]
    """Shape (tokens,)."""
    starts: npt.NDArray[np.int32]
    """Shape (tokens,): byte offsets into the UTF-8 text."""
    ends: npt.NDArray[np.int32]
    """Shape (tokens,): byte offsets of the first byte after each token."""


class TokenTables(NamedTuple):
    """What the kernel looks up: `folding.FoldingTable` and `number_words.NumberWordTable`."""

    entries: npt.NDArray[np.uint32]
    expansions: npt.NDArray[np.uint32]
    words: npt.NDArray[np.uint32]
    numbers: npt.NDArray[np.uint32]


@cache
def load_token_tables() -> TokenTables:
    """Load the tables of the tokeniser."""
    return TokenTables(*load_folding_table(), *number_word_table(word_hash))


def word_hash(folded: str) -> int:
    """Hash one folded token as it stands, number words and plurals included.

    >>> word_hash("kite") == int(tokenise("Kites").hashes[0])
    True
    """
    state = int(_SEED)
    for char in folded:
        state = (state ^ ord(char)) * int(_PRIME) & 0xFFFFFFFFFFFFFFFF
    return (state * int(_FINAL) & 0xFFFFFFFFFFFFFFFF) >> 33 | folded[0].isdigit() << 31


def tokenise(text: str) -> Tokens:
    """Split one text into tokens.

    >>> tokens = tokenise("Hélène's 1,250 kites")
    >>> text = "Hélène's 1,250 kites".encode()
    >>> [text[start:end].decode() for start, end in zip(tokens.starts, tokens.ends)]
    ['Hélène', 's', '1,250', 'kites']
    """
    data = np.frombuffer(text.encode("utf-8", "replace"), np.uint8)
    room = 2 * len(data) + 1
    tokens = Tokens(np.empty(room, np.uint32), np.empty(room, np.int32), np.empty(room, np.int32))
    count = tokenise_bytes(data, 0, len(data), load_token_tables(), *tokens, 0)
    hashes, starts, ends = tokens
    return Tokens(hashes[:count].copy(), starts[:count].copy(), ends[:count].copy())


@inlined
def _mix(state: np.uint64, code_point: np.uint64) -> np.uint64:
    return (state ^ code_point) * _PRIME


@inlined
def _finish_word(state: np.uint64) -> np.uint32:
    return np.uint32((state * _FINAL) >> np.uint64(33))


@inlined
def _finish_number(state: np.uint64) -> np.uint32:
    return _finish_word(state) | _NUMBER


@inlined
def is_number(token_hash: np.uint32) -> bool:
    """Tell if the token of this hash is a number."""
    return bool(token_hash >= _NUMBER)


@inlined
def _is_digit(byte: int) -> bool:
    return 48 <= byte <= 57


@inlined
def _is_letter(byte: int) -> bool:
    return 97 <= byte | 32 <= 122


@kernel
def _decode(data: npt.NDArray[np.uint8], at: int, end: int) -> tuple[int, int]:
    """Decode the code point at `at` of valid UTF-8; return it and the offset of the next."""
    lead = int64(data[at])
    if lead < 0x80:
        return lead, at + 1
    if lead < 0xE0 and at + 1 < end:
        return (lead & 0x1F) << 6 | int64(data[at + 1]) & 0x3F, at + 2
    if lead < 0xF0 and at + 2 < end:
        middle = (int64(data[at + 1]) & 0x3F) << 6
        return (lead & 0x0F) << 12 | middle | int64(data[at + 2]) & 0x3F, at + 3
    if at + 3 < end:
        upper = (int64(data[at + 1]) & 0x3F) << 12 | (int64(data[at + 2]) & 0x3F) << 6
        return (lead & 0x07) << 18 | upper | int64(data[at + 3]) & 0x3F, at + 4
    return 0, end


@kernel
def _number(data: npt.NDArray[np.uint8], at: int, end: int) -> tuple[int, np.uint64]:
    """Read a number from its first digit; return the offset after it and its hash state."""
    state = _mix(_SEED, np.uint64(data[at]))
    at += 1
    grouped = True  # thousands separators only before any decimal point
    while at < end:
        byte = data[at]
        if _is_digit(byte):
            state = _mix(state, np.uint64(byte))
            at += 1
        elif byte == _POINT and at + 1 < end and _is_digit(data[at + 1]):
            state = _mix(state, np.uint64(byte))
            at += 1
            grouped = False
        elif (
            byte == _COMMA
            and grouped
            and at + 3 < end
            and _is_digit(data[at + 1])
            and _is_digit(data[at + 2])
            and _is_digit(data[at + 3])
            and not (at + 4 < end and _is_digit(data[at + 4]))
        ):
            at += 1
        else:
            break
    return at, state


@inlined
def _is_plural(data: npt.NDArray[np.uint8], start: int, end: int) -> bool:
    """Tell if a word ends like a regular English plural: not `gas`, `glass`, `bus` or `axis`."""
    if end - start < 4 or data[end - 1] | 32 != 115:
        return False
    before = data[end - 2] | 32
    return bool(before != 115 and before != 117 and before != 105)


@kernel
def _is_camel_case(data: npt.NDArray[np.uint8], start: int, end: int) -> bool:
    """Tell if every part of a word, cut before capitals, has two small letters behind its first.

    `hasItem` and `HTTPServer` differ here: the latter stays whole, as randomly cased words do.
    """
    small = 2 if data[start] >= 97 else 0
    if data[start] >= 97 and (start + 1 >= end or data[start + 1] < 97):
        return False
    for at in range(start + 1, end):
        if data[at] < 97:
            if small < 2:
                return False
            small = 0
        else:
            small += 1
    return small >= 2


@kernel
def _camel_parts(
    data: npt.NDArray[np.uint8],
    start: int,
    end: int,
    hashes: npt.NDArray[np.uint32],
    starts: npt.NDArray[np.int32],
    ends: npt.NDArray[np.int32],
    count: int,
) -> int:
    """Write the parts of a word in camel case; return the new number of tokens."""
    state = _SEED
    part_start = start
    for at in range(start, end + 1):
        if at == end or (at > start and data[at] < 97):
            hashes[count] = _finish_word(state)
            starts[count] = part_start
            ends[count] = at
            count += 1
            state = _SEED
            part_start = at
        if at < end:
            state = _mix(state, np.uint64(data[at] | 32))
    return count


@kernel
def _folded(code_point: int, tables: TokenTables) -> npt.NDArray[np.uint32]:
    """Return what a code point is folded to: entries of a class and a code point each."""
    if code_point >= len(tables.entries):
        return tables.entries[:1]  # an unassigned one separates, as U+0000 does
    entry = tables.entries[code_point]
    if entry >> _CLASS_SHIFT != _EXPANDS:
        return tables.entries[code_point : code_point + 1]
    first = int64(entry & _FOLDED) + 1
    return tables.expansions[first : first + int64(tables.expansions[first - 1])]


@kernel
def _continues_word(data: npt.NDArray[np.uint8], at: int, end: int, tables: TokenTables) -> bool:
    """Tell if a character outside ASCII belongs to the word of ASCII letters before it."""
    code_point, _ = _decode(data, at, end)
    folded = _folded(code_point, tables)
    if len(folded) == 0:
        return True
    char_class = int64(folded[0] >> _CLASS_SHIFT)
    return char_class in (LETTER, MARK, IGNORABLE)


@inlined
def _end_token(
    kind: int,
    state: np.uint64,
    start: int,
    end: int,
    hashes: npt.NDArray[np.uint32],
    starts: npt.NDArray[np.int32],
    ends: npt.NDArray[np.int32],
    count: int,
) -> int:
    """Write the token that was being read, if any; return the new number of tokens."""
    if kind != 0:
        hashes[count] = _finish_number(state) if kind == DIGIT else _finish_word(state)
        starts[count] = start
        ends[count] = end
        count += 1
    return count


@kernel
def _foreign_tokens(
    data: npt.NDArray[np.uint8],
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
    """Read on from a byte outside ASCII until ASCII takes over.

    `token_start` is -1, or the start of a word whose first letters are in `state` already.
    Return the offset to go on from and the new number of tokens.
    """
    kind = LETTER if token_start >= 0 else 0
    token_end = at
    while at < end and (data[at] >= 128 or (kind == LETTER and _is_letter(data[at]))):
        code_point, following = _decode(data, at, end)
        for entry in _folded(code_point, tables):
            char_class = int64(entry >> _CLASS_SHIFT)
            folded = np.uint64(entry & _FOLDED)
            if char_class == IGNORABLE:
                continue
            if char_class == MARK:
                if kind != 0:
                    state = _mix(state, folded)
                    token_end = following
                continue
            if char_class != kind or char_class == UNSPACED:
                count = _end_token(kind, state, token_start, token_end, hashes, starts, ends, count)
                kind = 0
            if LETTER <= char_class <= UNSPACED:
                if kind == 0:
                    kind, state, token_start = char_class, _SEED, at
                state = _mix(state, folded)
                token_end = following
        at = following
    count = _end_token(kind, state, token_start, token_end, hashes, starts, ends, count)
    return at, count


@kernel
def tokenise_bytes(
    data: npt.NDArray[np.uint8],
    begin: int,
    end: int,
    tables: TokenTables,
    hashes: npt.NDArray[np.uint32],
    starts: npt.NDArray[np.int32],
    ends: npt.NDArray[np.int32],
    count: int,
) -> int:
    """Tokenise `data[begin:end]`, valid UTF-8, and write the columns from row `count` on.

    The columns must have room for 2 * (end - begin) + 1 more tokens. Offsets count from the
    start of `data`. Return the new number of tokens.
    """
    at = int64(begin)
    count = int64(count)
    while at < end:
        byte = data[at]
        if _is_letter(byte):
            start = at
            state = before_last = _SEED
            capitals = 0
            while at < end and _is_letter(data[at]):
                capitals += data[at] < 97
                before_last = state
                state = _mix(state, np.uint64(data[at] | 32))
                at += 1
            if at < end and data[at] >= 128 and _continues_word(data, at, end, tables):
                at, count = _foreign_tokens(
                    data, at, end, tables, start, state, hashes, starts, ends, count
                )
                continue
            if capitals > (data[start] < 97) and _is_camel_case(data, start, at):
                count = _camel_parts(data, start, at, hashes, starts, ends, count)
            if _is_plural(data, start, at):
                state = before_last
            word = _finish_word(state)
            slot = word & SLOT_MASK
            hashes[count] = tables.numbers[slot] if tables.words[slot] == word else word
        elif _is_digit(byte):
            start = at
            at, state = _number(data, at, end)
            hashes[count] = _finish_number(state)
        elif byte >= 128:
            at, count = _foreign_tokens(
                data, at, end, tables, _NONE, _SEED, hashes, starts, ends, count
            )
            continue
        else:
            at += 1
            continue
        starts[count] = start
        ends[count] = at
        count += 1
    return count
