"""The hash of a token: what is mixed into it letter by letter, and what it tells."""

from __future__ import annotations

import numpy as np

from leakcheck.compiled import inlined
from leakcheck.text.folding import DIGIT, MARK, UNSPACED, fold_class

__all__ = [
    "NUMBER_BIT",
    "SEED",
    "UNSPACED_BIT",
    "finish_token",
    "finish_word",
    "is_number",
    "is_unspaced",
    "mix",
    "mixed",
    "word_hash",
]

SEED = np.uint64(0xCBF29CE484222325)
_PRIME = np.uint64(0x100000001B3)
_FINAL = np.uint64(0x9E3779B97F4A7C15)
_ALL_BITS = 0xFFFFFFFFFFFFFFFF
NUMBER_BIT = np.uint32(1 << 31)
"""Set in the hash of a number."""
UNSPACED_BIT = np.uint32(1 << 30)
"""Set in the hash of a character of a script written without spaces."""


@inlined
def mix(state: np.uint64, code_point: np.uint64) -> np.uint64:
    """Return the state of a hash after one more character."""
    return (state ^ code_point) * _PRIME


@inlined
def finish_word(state: np.uint64) -> np.uint32:
    """Return the hash of a word, which has 30 bits, from its state."""
    return np.uint32((state * _FINAL) >> np.uint64(34))


@inlined
def finish_token(kind: int, state: np.uint64, marks: np.uint64) -> np.uint32:
    """Return the hash of a token of some kind from its state and the marks behind it."""
    number = np.uint32(kind == DIGIT) << np.uint32(31)
    unspaced = np.uint32(kind == UNSPACED) << np.uint32(30)
    return finish_word(mix(state, marks) if marks else state) | number | unspaced


@inlined
def is_number(token_hash: np.uint32) -> bool:
    """Tell if the token of this hash is a number."""
    return bool(token_hash >= NUMBER_BIT)


@inlined
def is_unspaced(token_hash: np.uint32) -> bool:
    """Tell if the token of this hash is one character of a script written without spaces."""
    return bool(token_hash & UNSPACED_BIT)


def word_hash(folded: str) -> int:
    """Hash one folded token as it stands, number words and plurals included.

    >>> from leakcheck.text.tokens import tokenise
    >>> word_hash("kite") == int(tokenise("Kites").hashes[0])
    True
    """
    state, marks = int(SEED), 0
    classes = [fold_class(char) for char in folded]
    for char, char_class in zip(folded, classes, strict=True):
        if char_class == MARK:
            marks += ord(char) ** 2
        else:
            state = mixed(mixed(state, marks) if marks else state, ord(char))
            marks = 0
    state = mixed(state, marks) if marks else state
    flags = (classes[0] == DIGIT) << 31 | (classes[0] == UNSPACED) << 30
    return (state * int(_FINAL) & _ALL_BITS) >> 34 | flags


def mixed(state: int, code_point: int) -> int:
    """Do what `mix` does, with numbers of Python."""
    return (state ^ code_point) * int(_PRIME) & _ALL_BITS
