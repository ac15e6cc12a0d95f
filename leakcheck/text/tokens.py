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

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import int64, kernel
from leakcheck.text.ascii import is_digit, is_letter
from leakcheck.text.dressing import BEGINS, undress
from leakcheck.text.hashing import (
    NUMBER_BIT,
    SEED,
    UNSPACED_BIT,
    finish_word,
    is_number,
    is_unspaced,
    word_hash,
)
from leakcheck.text.numerals import read_number
from leakcheck.text.other_scripts import read_foreign
from leakcheck.text.single_words import read_word
from leakcheck.text.token_tables import TokenTables, load_token_tables
from leakcheck.text.word_hashes import hash_words, mix_letters
from leakcheck.text.words import READ_AHEAD_BYTES, find_words
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

_HIGHEST = np.uint64(0x8080808080808080)
_NONE = int64(-1)


class Tokens(NamedTuple):
    """The tokens of one text, in order."""

    hashes: npt.NDArray[np.uint32]
    """Shape (tokens,)."""
    starts: npt.NDArray[np.int32]
    """Shape (tokens,): byte offsets into the UTF-8 text."""
    ends: npt.NDArray[np.int32]
    """Shape (tokens,): byte offsets of the first byte after each token."""


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
            at, count, goes_on = read_word(
                data, start_of_text, at, end, tables, hashes, starts, ends, count
            )
            if not goes_on:
                continue
            token_start, state = start, mix_letters(SEED, data, start, at)
        elif is_digit(byte):
            starts[count] = at
            at, state = read_number(data, at, end)
            hashes[count] = finish_word(state) | NUMBER_BIT
            ends[count] = at
            count += 1
            continue
        elif not BEGINS[byte]:
            at += 1
            continue
        elif byte < 128:
            code_point, following = undress(
                data, start_of_text, at, end, tables.names, tables.values
            )
            if code_point < 128:
                at = following
                continue
        at, count = read_foreign(
            data, start_of_text, at, end, tables, token_start, state, hashes, starts, ends, count
        )
    hash_words(data, tables.words, tables.numbers, hashes, starts, ends, first, after)
    return count
