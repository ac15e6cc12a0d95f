"""Tokens: from UTF-8 bytes to the hashes of folded words, numbers and characters.

A token is a run of letters with their marks, a number, or one character of a script written
without spaces. All else separates. Letters are folded by the table of `folding`.

- Dressing is taken off first: see `dressing`.
- A number is one token with its decimals and without its thousands separators: `1,250.50`.
- Letters and digits stand apart: `10kg` is `10` and `kg`.
- An English number word is the number: `three` is `3`.
- A regular English plural is its singular: `kites` is `kite`.
- An identifier in camel case gives its parts and then the whole: `hasItem` is `has`, `item`,
  `hasitem`. In snake case it gives its parts. Words in random case stay whole.

- Marks in a row count in any order: Unicode has two orders for some composed letters.

The hash of a token has 32 bits. The highest tells numbers from words, the next one characters of
scripts written without spaces from both. Its code, the lower 16 bits, is what packs keep.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, int64, kernel, read_only
from leakcheck.text.camel_case import is_camel_case, write_parts
from leakcheck.text.dressing import (
    decode,
    dressing_table,
    may_be_dressing,
    may_be_letter,
    next_character,
    undress,
)
from leakcheck.text.folding import (
    DIGIT,
    IGNORABLE,
    LETTER,
    MARK,
    SEPARATOR,
    UNSPACED,
    fold_class,
    load_folding_table,
)
from leakcheck.text.hashing import FINAL, NUMBER_BIT, PRIME, SEED, finish_word, mix
from leakcheck.text.number_words import number_word_table
from leakcheck.text.words import (
    READ_AHEAD_BYTES,
    end_of_letters,
    find_words,
    hash_words,
    is_letter,
    is_plural,
    mix_letters,
    number_or_word,
)
from leakcheck.vectors import load_eight

__all__ = [
    "TOKENISER_VERSION",
    "UNSPACED_BIT",
    "TokenTables",
    "Tokens",
    "is_number",
    "is_unspaced",
    "load_token_tables",
    "tokenise",
    "tokenise_bytes",
    "word_hash",
]

TOKENISER_VERSION = 2
"""Raised whenever a text would give other tokens or other hashes than before."""

_CLASS_SHIFT = np.uint32(24)
_FOLDED = np.uint32(0xFFFFFF)
UNSPACED_BIT = np.uint32(1 << 30)
"""Set in the hash of a character of a script written without spaces."""
_NO_MARKS = np.uint64(0)
_ALL_BITS = 0xFFFFFFFFFFFFFFFF
_HIGHEST = np.uint64(0x8080808080808080)
_NONE = int64(-1)
_EXPANDS = 7
_COMMA, _POINT = ord(","), ord(".")
_POINTS = (_POINT, 0xFF0E, 0x066B)  # full-width, Arabic
_COMMAS = (_COMMA, 0xFF0C, 0x066C)


_LETTERS = 2
_BEGINS = np.zeros(256, np.uint8)
"""What may begin with a byte: 1 for dressing, 2 if it may stand for a letter. One look into a table
is faster than comparisons, which the processor has to guess one by one."""
_BEGINS[128:] = _LETTERS
_BEGINS[[ord(mark) for mark in "\\&<"]] = _LETTERS, _LETTERS, 1


class Tokens(NamedTuple):
    """The tokens of one text, in order."""

    hashes: npt.NDArray[np.uint32]
    """Shape (tokens,)."""
    starts: npt.NDArray[np.int32]
    """Shape (tokens,): byte offsets into the UTF-8 text."""
    ends: npt.NDArray[np.int32]
    """Shape (tokens,): byte offsets of the first byte after each token."""


class TokenTables(NamedTuple):
    """What the kernel looks up: the tables of `folding`, `number_words` and `dressing`."""

    entries: npt.NDArray[np.uint32]
    expansions: npt.NDArray[np.uint32]
    words: npt.NDArray[np.uint32]
    numbers: npt.NDArray[np.uint32]
    names: npt.NDArray[np.uint64]
    values: npt.NDArray[np.int32]


@cache
def load_token_tables() -> TokenTables:
    """Load the tables of the tokeniser."""
    tables = (*load_folding_table(), *number_word_table(word_hash), *dressing_table())
    return read_only(TokenTables(*tables))


def word_hash(folded: str) -> int:
    """Hash one folded token as it stands, number words and plurals included.

    >>> word_hash("kite") == int(tokenise("Kites").hashes[0])
    True
    """
    state, marks = int(SEED), 0
    classes = [fold_class(char) for char in folded]
    for char, char_class in zip(folded, classes, strict=True):
        if char_class == MARK:
            marks += ord(char) ** 2
        else:
            state = _mixed(_mixed(state, marks) if marks else state, ord(char))
            marks = 0
    state = _mixed(state, marks) if marks else state
    flags = (classes[0] == DIGIT) << 31 | (classes[0] == UNSPACED) << 30
    return (state * int(FINAL) & _ALL_BITS) >> 34 | flags


def _mixed(state: int, code_point: int) -> int:
    return (state ^ code_point) * int(PRIME) & _ALL_BITS


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
def _finish_number(state: np.uint64) -> np.uint32:
    return finish_word(state) | NUMBER_BIT


@inlined
def is_number(token_hash: np.uint32) -> bool:
    """Tell if the token of this hash is a number."""
    return bool(token_hash >= NUMBER_BIT)


@inlined
def is_unspaced(token_hash: np.uint32) -> bool:
    """Tell if the token of this hash is one character of a script written without spaces."""
    return bool(token_hash & UNSPACED_BIT)


@inlined
def _is_digit(byte: int) -> bool:
    return 48 <= byte <= 57


@kernel
def _number(data: npt.NDArray[np.uint8], at: int, end: int) -> tuple[int, np.uint64]:
    """Read a number from its first digit; return the offset after it and its hash state."""
    state = mix(SEED, np.uint64(data[at]))
    at += 1
    grouped = True  # thousands separators only before any decimal point
    while at < end:
        byte = data[at]
        if _is_digit(byte):
            state = mix(state, np.uint64(byte))
            at += 1
        elif byte == _POINT and at + 1 < end and _is_digit(data[at + 1]):
            state = mix(state, np.uint64(byte))
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


@kernel
def _entry(code_point: int, entries: npt.NDArray[np.uint32]) -> np.uint32:
    """Return the entry of a code point; an unassigned one separates, as U+0000 does."""
    return np.uint32(entries[code_point if code_point < len(entries) else 0])


@kernel
def _continues_word(
    data: npt.NDArray[np.uint8], begin: int, at: int, end: int, tables: TokenTables
) -> bool:
    """Tell if a character outside ASCII belongs to the word of ASCII letters before it."""
    code_point, _ = next_character(data, begin, at, end, tables.names, tables.values)
    entry = _entry(code_point, tables.entries)
    place, length = _expansion(entry, tables.expansions)
    if length == 0:
        return True
    entry = tables.expansions[place + 1] if place >= 0 else entry
    char_class = int64(entry >> _CLASS_SHIFT)
    return char_class in (LETTER, MARK, IGNORABLE)


@kernel
def _after_digit(
    data: npt.NDArray[np.uint8], begin: int, at: int, end: int, tables: TokenTables
) -> int:
    """Return the offset after a digit of a script that is not ASCII, or -1."""
    if at >= end:
        return _NONE
    code_point, following = next_character(data, begin, at, end, tables.names, tables.values)
    is_digit = code_point >= 128 and _entry(code_point, tables.entries) >> _CLASS_SHIFT == DIGIT
    return following if is_digit else _NONE


@kernel
def _foreign_number(
    data: npt.NDArray[np.uint8], begin: int, at: int, end: int, tables: TokenTables
) -> tuple[int, np.uint64]:
    """Read a number from its first digit; return the offset after it and its hash state."""
    state = SEED
    grouped = True
    after = _after_digit(data, begin, at, end, tables)
    while after >= 0:
        code_point, _ = next_character(data, begin, at, end, tables.names, tables.values)
        state = mix(state, np.uint64(_entry(code_point, tables.entries) & _FOLDED))
        at = after
        after = _after_digit(data, begin, at, end, tables)
        if after < 0 and at < end:
            code_point, behind = next_character(data, begin, at, end, tables.names, tables.values)
            if code_point in _POINTS:
                grouped = False
                after = _after_digit(data, begin, behind, end, tables)
                state = mix(state, np.uint64(_POINT)) if after >= 0 else state
                at = behind if after >= 0 else at
            elif grouped and code_point in _COMMAS and _is_group(data, begin, behind, end, tables):
                at = behind
                after = _after_digit(data, begin, at, end, tables)
    return at, state


@kernel
def _is_group(
    data: npt.NDArray[np.uint8], begin: int, at: int, end: int, tables: TokenTables
) -> bool:
    """Tell if three digits stand at `at`, and not a fourth."""
    for _ in range(3):
        at = _after_digit(data, begin, at, end, tables)
        if at < 0:
            return False
    return _after_digit(data, begin, at, end, tables) < 0


@inlined
def _expansion(entry: np.uint32, expansions: npt.NDArray[np.uint32]) -> tuple[int, int]:
    """Return the place before what a code point is folded to, or -1, and the length of that."""
    if entry >> _CLASS_SHIFT != _EXPANDS:
        return _NONE, int64(1)
    place = int64(entry & _FOLDED)
    return place, int64(expansions[place])


@inlined
def _token_hash(kind: int, state: np.uint64, marks: np.uint64) -> np.uint32:
    """Return the hash of a token of some kind from its state and the marks behind it."""
    number = np.uint32(kind == DIGIT) << np.uint32(31)
    unspaced = np.uint32(kind == UNSPACED) << np.uint32(30)
    return finish_word(mix(state, marks) if marks else state) | number | unspaced


@inlined
def _two_bytes(data: npt.NDArray[np.uint8], at: int) -> int:
    """Decode a character of two bytes."""
    return int64(data[at] & 0x1F) << 6 | int64(data[at + 1] & 0x3F)


@inlined
def _three_bytes(data: npt.NDArray[np.uint8], at: int) -> np.uint32:
    """Decode a character of three bytes."""
    upper = np.uint32(data[at] & 0x0F) << np.uint32(12)
    middle = np.uint32(data[at + 1] & 0x3F) << np.uint32(6)
    return upper | middle | np.uint32(data[at + 2] & 0x3F)


@kernel
def _foreign_tokens(  # noqa: C901  flat, as the compiler counts references
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
    # Flat, as the compiler counts references to arrays that go into functions.
    entries, expansions = tables.entries, tables.expansions
    kind = LETTER if token_start >= 0 else 0
    token_end = at
    marks = _NO_MARKS
    while at < end:
        byte = data[at]
        if byte & 0xF0 == 0xE0 and at + 2 < end:  # most tokens of one character, and their commas
            entry = entries[_three_bytes(data, at)]
            char_class = int64(entry >> _CLASS_SHIFT)
            if char_class in (UNSPACED, SEPARATOR):
                if kind != 0:
                    hashes[count] = _token_hash(kind, state, marks)
                    starts[count] = token_start
                    ends[count] = token_end
                    count += 1
                kind, marks = char_class, _NO_MARKS
                if char_class == SEPARATOR:
                    at += 3
                    continue
                while entry >> _CLASS_SHIFT == UNSPACED:
                    state = mix(SEED, np.uint64(entry & _FOLDED))
                    hashes[count] = finish_word(state) | UNSPACED_BIT
                    starts[count] = at
                    at += 3
                    ends[count] = at
                    count += 1
                    if at + 2 >= end or data[at] & 0xF0 != 0xE0:
                        break
                    entry = entries[_three_bytes(data, at)]
                count -= 1  # the last one may have marks behind it
                token_start, token_end = at - 3, at
                continue
        if byte & 0xE0 == 0xC0 and at + 1 < end:
            code_point = _two_bytes(data, at)
            following = at + 2
        elif byte >= 128 or (kind == LETTER and is_letter(byte)):
            code_point, following = decode(data, at, end)
        elif may_be_dressing(byte):
            code_point, following = undress(data, begin, at, end, tables.names, tables.values)
        else:
            break
        entry = entries[code_point if code_point < len(entries) else 0]
        if entry >> _CLASS_SHIFT == DIGIT:
            if kind != 0:
                hashes[count] = _token_hash(kind, state, marks)
                starts[count] = token_start
                ends[count] = token_end
                count += 1
            following, state = _foreign_number(data, begin, at, end, tables)
            hashes[count] = _token_hash(DIGIT, state, _NO_MARKS)
            starts[count] = at
            ends[count] = following
            count += 1
            kind, marks, at = 0, _NO_MARKS, following
            continue
        place, length = _expansion(entry, expansions)
        for step in range(1, length + 1):
            entry = expansions[place + step] if place >= 0 else entry
            char_class = int64(entry >> _CLASS_SHIFT)
            folded = np.uint64(entry & _FOLDED)
            if char_class == IGNORABLE or (char_class == MARK and kind == 0):
                continue
            if char_class == MARK:
                marks += folded * folded
                token_end = following
                continue
            if char_class != kind or char_class == UNSPACED:
                if kind != 0:
                    hashes[count] = _token_hash(kind, state, marks)
                    starts[count] = token_start
                    ends[count] = token_end
                    count += 1
                kind = char_class if char_class <= UNSPACED else 0
                state, marks, token_start = SEED, _NO_MARKS, at
            if kind != 0:
                state = mix(mix(state, marks) if marks else state, folded)
                marks = _NO_MARKS
                token_end = following
        at = following
    if kind != 0:
        hashes[count] = _token_hash(kind, state, marks)
        starts[count] = token_start
        ends[count] = token_end
        count += 1
    return at, count


@kernel
def _word(
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
    at, has_capitals = end_of_letters(data, start, end)
    goes_on = (
        at < end
        and _BEGINS[data[at]] == _LETTERS
        and (data[at] >= 128 or may_be_letter(data, at, end))
        and _continues_word(data, begin, at, end, tables)
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
    at = start_of_text = int64(begin)
    end = int64(end)
    count = int64(count)
    first = after = count
    while at < end:
        if at + READ_AHEAD_BYTES <= len(data) and not load_eight(data, at) & _HIGHEST:
            before = count
            at, count = find_words(data, at, end, hashes, starts, ends, count)
            after = count if count > before else after
            if at >= end:
                break
        byte = data[at]
        token_start, state = _NONE, SEED
        if is_letter(byte):
            start = at
            at, count, goes_on = _word(
                data, start_of_text, at, end, tables, hashes, starts, ends, count
            )
            if not goes_on:
                continue
            token_start, state = start, mix_letters(SEED, data, start, at)
        elif _is_digit(byte):
            starts[count] = at
            at, state = _number(data, at, end)
            hashes[count] = _finish_number(state)
            ends[count] = at
            count += 1
            continue
        elif not _BEGINS[byte]:
            at += 1
            continue
        elif byte < 128:
            code_point, following = undress(
                data, start_of_text, at, end, tables.names, tables.values
            )
            if code_point < 128:
                at = following
                continue
        at, count = _foreign_tokens(
            data, start_of_text, at, end, tables, token_start, state, hashes, starts, ends, count
        )
    hash_words(data, tables.words, tables.numbers, hashes, starts, ends, first, after)
    return count
