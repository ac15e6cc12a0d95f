"""The score of a stretch of text against one field of an item, in bits of evidence.

    score = matched - 0.3 * missing words - 0.7 * missing numbers
                    - 0.15 * extra words - 0.6 * extra numbers

Each term is a sum of token weights: of the tokens the stretch and the field share, of those only
the field has, of those only the stretch has. Repeats of a token are damped. A rewrite changes
words and keeps numbers, so numbers that differ cost more. Text that merely deals with the same
things matches some words and pays for the rest: the sum drifts downwards, as the scores of local
alignments do (Karlin and Altschul 1990), and its tail in unrelated text falls exponentially.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import allocating, inlined, int64, kernel
from leakcheck.index.item_table import REPEAT_DAMPING, ItemTable
from leakcheck.text.background import Background, look_up_bits, prefetch_bits
from leakcheck.text.tokens import is_number

__all__ = [
    "FIELD_SHARE",
    "TESTS_SHARE",
    "WINDOW_RATIO",
    "WINDOW_SLACK",
    "CodeBag",
    "Document",
    "FieldScore",
    "all_bits",
    "code_of",
    "most_gain",
    "new_bag",
    "score_field",
]

MISSING_WORD, MISSING_NUMBER = np.float32(0.3), np.float32(0.7)
EXTRA_WORD, EXTRA_NUMBER = np.float32(0.15), np.float32(0.6)

FIELD_SHARE = np.float32(0.8)
"""Other fields count where the question and they themselves are there to this share."""

TESTS_SHARE = np.float32(0.5)
"""Tests of code count where their question and they themselves are there to this share: they lose
the name of a function that is renamed, and a question loses words that are misspelt."""

BREAK_BITS = np.float32(6.0)
"""What a window pays to reach across the border of two passages."""

WINDOW_RATIO = 1.5
"""A window is at most this many times the length of the field, and a few tokens."""
WINDOW_SLACK = 4


class CodeBag(NamedTuple):
    """Scratch: for each code, how often the field has it, how often the window did, its bits."""

    wanted: npt.NDArray[np.int32]
    seen: npt.NDArray[np.int32]
    bits: npt.NDArray[np.float32]
    places: npt.NDArray[np.int32]
    """Shape (room,): of tokens of a document that the field has, too."""


class Document(NamedTuple):
    """The tokens of one document, its passages joined; scratch that is longer than that."""

    hashes: npt.NDArray[np.uint32]
    starts: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]
    breaks: npt.NDArray[np.bool_]
    """Whether a token is the first of a passage."""


class FieldScore(NamedTuple):
    """The best window for one field."""

    score: np.float32
    """Bits; negative if too little matched."""
    matched: np.float32
    """Bits of the field's tokens that the window has."""
    start: int
    """First token of the window."""
    end: int
    """Token after the last of the window."""


@allocating
def new_bag(room: int) -> CodeBag:
    """Allocate scratch for `score_field`, for documents of up to `room` tokens."""
    return CodeBag(
        np.zeros(1 << 16, np.int32),
        np.zeros(1 << 16, np.int32),
        np.zeros(1 << 16, np.float32),
        np.empty(room, np.int32),
    )


@inlined
def code_of(token_hash: np.uint32) -> np.uint16:
    """Return the code of a token: what packs keep of its hash."""
    return np.uint16(token_hash & np.uint32(0xFFFF))


@kernel
def all_bits(table: ItemTable, item: int, field: int) -> np.float32:
    """Return the bits of all tokens of a field."""
    return np.float32(table.word_bits[item, field] + table.number_bits[item, field])


@inlined
def _damped(bits: np.float32, times: int) -> np.float32:
    for _ in range(min(times, 8)):
        bits *= REPEAT_DAMPING
    return bits


@kernel
def _all_missing(table: ItemTable, item: int, field: int) -> np.float32:
    """Return what an empty window would pay for all that it misses."""
    words = MISSING_WORD * table.word_bits[item, field]
    return np.float32(words + MISSING_NUMBER * table.number_bits[item, field])


@kernel
def most_gain(
    codes: npt.NDArray[np.uint16],
    gains: npt.NDArray[np.float32],
    last_seen: npt.NDArray[np.int32],
    low: int,
) -> np.float32:
    """Bound what any window from token `low` on gains by matching a field.

    Args:
        codes: the field's tokens, shape (tokens,).
        gains: what a window gains by each, shape (tokens,).
        last_seen: the last place of each code in the document so far, shape (65536,).
        low: the first token a window may have.
    """
    gained = np.float32(0.0)
    for place in range(len(codes)):
        if last_seen[codes[place]] >= low:
            gained += gains[place]
    return gained


@kernel
def score_field(
    document: Document,
    low: int,
    high: int,
    table: ItemTable,
    item: int,
    field: int,
    background: Background,
    bag: CodeBag,
    least_bits: np.float32,
) -> FieldScore:
    """Score the best window for a field among the tokens from `low` up to `high`.

    Where no window has `least_bits` of the field, the score is minus infinity and nothing matched.
    """
    start, end = table.starts[item, field], table.ends[item, field]
    for place in range(start, end):
        code = table.codes[place]
        if bag.wanted[code] == 0:
            bag.bits[code] = table.damped_bits[place]
        bag.wanted[code] += 1
    width = int(WINDOW_RATIO * (end - start)) + WINDOW_SLACK
    low, high, fullest = _fullest_window(document, low, high, width, bag)
    first, last, gained, matched = low, low, np.float32(-np.inf), np.float32(0.0)
    if fullest >= least_bits:
        first, last, gained, matched = _best_stretch(document, low, high, background, bag)
    for place in range(start, end):
        bag.wanted[table.codes[place]] = 0
    return FieldScore(gained - _all_missing(table, item, field), matched, first, last)


@kernel
def _fullest_window(
    document: Document, low: int, high: int, width: int, bag: CodeBag
) -> tuple[int, int, np.float32]:
    """Find the window of `width` tokens that has the most of the field, and how many bits."""
    hashes, wanted, seen, bits = document.hashes, bag.wanted, bag.seen, bag.bits
    places = bag.places
    # Most tokens are not in the field. Which ones are, the processor cannot guess: no branch.
    count = int64(0)
    for token in range(low, high):
        places[count] = token
        count += wanted[code_of(hashes[token])] > 0
    best, best_end = np.float32(0.0), low
    matched = np.float32(0.0)
    first = int64(0)
    for place in range(count):
        token = places[place]
        while token - places[first] >= width:
            code = code_of(hashes[places[first]])
            seen[code] -= 1
            if seen[code] < wanted[code]:
                matched -= _damped(bits[code], seen[code])
            first += 1
        code = code_of(hashes[token])
        if seen[code] < wanted[code]:
            matched += _damped(bits[code], seen[code])
        seen[code] += 1
        if matched > best + np.float32(1e-3):
            best, best_end = matched, int64(token + 1)
    for place in range(first, count):
        seen[code_of(hashes[places[place]])] = 0
    return max(low, best_end - width), best_end, best


@kernel
def _best_stretch(
    document: Document, low: int, high: int, background: Background, bag: CodeBag
) -> tuple[int, int, np.float32, np.float32]:
    """Find the stretch that gains most (Kadane's algorithm).

    Return its first token, the token after its last, its gain, and the bits it matched.
    """
    for token in range(low, high):
        prefetch_bits(background.hashes, background.bits, document.hashes[token])
    best, best_matched, best_first, best_last = np.float32(0.0), np.float32(0.0), low, low
    gained = matched = np.float32(0.0)
    first = low
    for token in range(low, high):
        if token > first and document.breaks[token]:
            gained -= BREAK_BITS
        if gained <= 0.0:
            for passed in range(first, token):
                bag.seen[code_of(document.hashes[passed])] = 0
            gained, matched, first = np.float32(0.0), np.float32(0.0), token
        token_hash = document.hashes[token]
        code = code_of(token_hash)
        times = bag.seen[code]
        bag.seen[code] = times + 1
        if times < bag.wanted[code]:
            rate = MISSING_NUMBER if is_number(token_hash) else MISSING_WORD
            bits = _damped(bag.bits[code], times)
            matched += bits
            gained += bits * (np.float32(1.0) + rate)
            if gained > best:
                best, best_matched, best_first, best_last = gained, matched, first, token + 1
        else:
            rate = EXTRA_NUMBER if is_number(token_hash) else EXTRA_WORD
            bits = look_up_bits(background.hashes, background.bits, token_hash)
            gained -= rate * _damped(bits, times)
    for token in range(first, high):
        bag.seen[code_of(document.hashes[token])] = 0
    return best_first, best_last, best, best_matched
