"""Fingerprints and signatures once more, in plain Python, as their docstrings describe them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from leakcheck.corpus_index.sketching.fingerprints import (
    FINGERPRINT_BITS,
    LEAST_PASSAGE,
    LONG_TOKENS,
    MOST_PASSAGE,
)
from leakcheck.index.shingles import RARE_BITS
from leakcheck.text import background
from leakcheck.text.tokens import UNSPACED_BIT, tokenise

NUM_PERM, SEED = 128, 1
MASK = 2**FINGERPRINT_BITS - 1


class NaivePassage(NamedTuple):
    """What one signature is of."""

    number: int
    start: int
    tokens: int
    signature: tuple[int, ...]


def naive_tokens(passages: list[str]) -> list[int]:
    return [int(each) for text in passages for each in tokenise(text).hashes]


def naive_content(passages: list[str]) -> int:
    """Return FNV-1a of the passages' bytes, with a number that is no byte behind each."""
    state = 0xCBF29CE484222325
    for text in passages:
        for value in (*text.encode(), 0x1FF):
            state = (state ^ value) * 0x100000001B3 % 2**64
    return state


def naive_fingerprint(codes: list[int]) -> int:
    mixed = codes[0] << 32 | codes[1] << 16 | codes[2]
    for factor in (0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93):
        mixed = mixed * factor & MASK
        mixed ^= mixed >> 24
    return mixed


def naive_triples(tokens: list[int]) -> list[tuple[int, int]]:
    """Return the fingerprint of each three tokens in a row, with the place of the last one."""
    codes = [token & 0xFFFF for token in tokens]
    return [(naive_fingerprint(codes[at - 2 : at + 1]), at) for at in range(2, len(codes))]


def naive_rare_tokens(tokens: list[int]) -> list[tuple[int, int]]:
    """Return code and place of each rare token.

    Common are those whose code is that of a word of English below RARE_BITS in the background
    table; a character of a script written without spaces is never rare.
    """
    stored = background._load_file()
    common = {
        int(token) & 0xFFFF
        for token, bits in zip(
            stored.hashes[: stored.english], stored.bits[: stored.english], strict=True
        )
        if bits < RARE_BITS
    }
    return [
        (token & 0xFFFF, at)
        for at, token in enumerate(tokens)
        if token & 0xFFFF not in common and not token & int(UNSPACED_BIT)
    ]


def naive_signature(values: set[int]) -> tuple[int, ...]:
    """Return datasketch's signature of a set of 32-bit numbers."""
    drawn = np.random.RandomState(SEED)
    multipliers = [2 * int(each) + 1 for each in drawn.randint(0, 2**31, NUM_PERM, dtype=np.uint32)]
    addends = [int(each) for each in drawn.randint(0, 2**32, NUM_PERM, dtype=np.uint32)]
    mixed = [murmur_finalizer(value) for value in values]
    return tuple(
        min(((a * value + b) % 2**32 for value in mixed), default=2**32 - 1)
        for a, b in zip(multipliers, addends, strict=True)
    )


def murmur_finalizer(value: int) -> int:
    value ^= value >> 16
    value = value * 0x85EBCA6B % 2**32
    value ^= value >> 13
    value = value * 0xC2B2AE35 % 2**32
    return value ^ value >> 16


def naive_passages(tokens: list[int]) -> list[NaivePassage]:
    """Return the document and, if it is long, its passages.

    A passage ends after LEAST_PASSAGE tokens where seven bits of a fingerprint are 0, after
    MOST_PASSAGE tokens in any case, but never within three tokens of the document's end. It has
    the triples that end in it.
    """
    triples = naive_triples(tokens)
    if not triples:
        return []
    found = [NaivePassage(0, 0, len(tokens), signed(triples))]
    if len(tokens) <= LONG_TOKENS:
        return found
    start = 0
    for value, at in triples:
        end = at + 1
        cut = end - start >= LEAST_PASSAGE and value % 128 == 0
        cut = (cut or end - start >= MOST_PASSAGE) and len(tokens) - end >= 3
        if cut or end == len(tokens):
            inside = [each for each in triples if start <= each[1] < end]
            found.append(NaivePassage(len(found), start, end - start, signed(inside)))
            start = end
    return found


def signed(triples: list[tuple[int, int]]) -> tuple[int, ...]:
    return naive_signature({value >> FINGERPRINT_BITS - 32 for value, _ in triples})
