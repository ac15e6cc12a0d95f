"""Lookups: all that the kernel looks up, laid out for the items of a scan.

All of it is read-only: arrays that come from a store that processes share are, and the compiler has
one form for these and another one for arrays that may be written to.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import read_only
from leakcheck.detection.score import (
    FIELD_SHARE,
    MISSING_NUMBER,
    MISSING_WORD,
    TESTS_SHARE,
    WINDOW_RATIO,
    WINDOW_SLACK,
)
from leakcheck.detection.screen import Screen, build_screen
from leakcheck.index.item_table import CHOICES, CONTEXT, QUESTION, ItemTable, has_tests
from leakcheck.index.shingles import RARE_BITS
from leakcheck.index.sieve import Sieve, paired_codes
from leakcheck.text.background import Background, common_tokens, load_background
from leakcheck.text.tokens import TokenTables, load_token_tables

__all__ = ["FLOOR_BITS", "Lookups", "make_lookups"]

FLOOR_BITS = 40.0
"""Matches of a lower score are not kept, though they hold all of a question."""

CANDIDATE_BITS = np.float32(27.0)
CANDIDATE_SHARE = np.float32(0.5)
LEAST_SHARE = np.float32(0.1)
"""The hits of a candidate weigh 27 bits, or half of a short question, but a tenth of any."""


_ROUNDED = np.float32(0.99)


class Lookups(NamedTuple):
    """All that the kernel looks up."""

    tokens: TokenTables
    background: Background
    common: npt.NDArray[np.uint64]
    """The set of tokens that are too common for pairs, in bits."""
    pairable: npt.NDArray[np.uint64]
    """The set of the other tokens that some item has in a pair, in bits."""
    items: ItemTable
    sieve: Sieve
    screen: Screen
    reach: npt.NDArray[np.int32]
    """Shape (items,): how far from a hit the question, choices or tests of an item may go on."""
    candidate_bits: npt.NDArray[np.float32]
    """Shape (items,): what the hits of a candidate weigh at least."""
    gains: npt.NDArray[np.float32]
    """Shape (tokens,): what a window gains by having each token of the items."""
    needed_gains: npt.NDArray[np.float32]
    """Shape (items,): what a window must gain to reach the floor, or to hold the question."""
    least_bits: npt.NDArray[np.float32]
    """Shape (items,): what a window has of a question at least that reaches the floor or holds it;
    a little less, for sums that are rounded."""
    floors: npt.NDArray[np.float32]
    """Shape (items,): matches of a lower score that do not hold the question are left out."""
    tested: npt.NDArray[np.bool_]
    """Shape (items,): whether the context of an item are the tests of its code."""

    def __reduce__(self) -> tuple[object, ...]:
        """Have copies that are sent to other processes read-only again."""
        return _lookups, tuple(self)


def make_lookups(items: ItemTable, sieve: Sieve, floors: npt.NDArray[np.float32]) -> Lookups:
    """Put together what the kernel looks up, for these items and the sieve over them.

    Matches that do not hold most of a question are left out below `floors`, shape (items,).
    """
    lengths = items.ends - items.starts
    tested = has_tests(items)
    counted = lengths[:, QUESTION] + lengths[:, CHOICES] + tested * lengths[:, CONTEXT]
    reach = WINDOW_RATIO * counted + WINDOW_SLACK
    question = items.word_bits[:, QUESTION] + items.number_bits[:, QUESTION]
    needed = np.minimum(CANDIDATE_BITS, CANDIDATE_SHARE * question)
    # Of an item that is mostly template few shingles were left, and their tokens stand in three.
    kept = np.bincount(sieve.items, sieve.bits, len(question)).astype(np.float32) / 3
    candidate_bits = np.maximum(needed, LEAST_SHARE * np.minimum(question, kept))
    candidate_bits = candidate_bits.astype(np.float32)
    rates = np.where(items.numbers, 1 + MISSING_NUMBER, 1 + MISSING_WORD)
    gains = items.damped_bits * rates
    needed_gains = _needed_gains(items, floors, tested)
    common = common_tokens(float(RARE_BITS))
    lookups = Lookups(
        tokens=load_token_tables(),
        background=load_background(),
        common=common,
        pairable=paired_codes(sieve) & ~common,
        items=items,
        sieve=sieve,
        screen=build_screen(
            items, sieve, candidate_bits, gains, _least_gains(items, floors, tested)
        ),
        reach=reach.astype(np.int32),
        candidate_bits=candidate_bits,
        gains=gains,
        needed_gains=needed_gains,
        least_bits=_least_bits(items, floors, tested),
        floors=floors,
        tested=tested,
    )
    return read_only(lookups)


def _needed_gains(
    items: ItemTable, floors: npt.NDArray[np.float32], tested: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float32]:
    question = items.word_bits[:, QUESTION] + items.number_bits[:, QUESTION]
    missing = MISSING_WORD * items.word_bits + MISSING_NUMBER * items.number_bits
    whole_gains = np.minimum(floors, FIELD_SHARE * question) + missing[:, QUESTION]
    # Half of a question gains what its bits are and what they would cost if they were missing.
    half_gains = TESTS_SHARE * (1 + MISSING_WORD) * question
    needed_gains = np.where(tested, np.minimum(half_gains, whole_gains), whole_gains)
    # Without a question there is nothing to decide.
    return np.where(question > 0, needed_gains, np.inf).astype(np.float32)


def _least_gains(
    items: ItemTable, floors: npt.NDArray[np.float32], tested: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float32]:
    """Return what any window gains that reaches the floor or holds the question, shape (items,).

    What is held gains its bits and what they would cost if they were missing, and no more.
    """
    question = items.word_bits[:, QUESTION] + items.number_bits[:, QUESTION]
    missing = MISSING_WORD * items.word_bits + MISSING_NUMBER * items.number_bits
    held = np.where(tested, TESTS_SHARE, FIELD_SHARE) * (1 + MISSING_WORD) * question
    least = np.minimum(floors + missing[:, QUESTION], held)
    return np.where(question > 0, least, np.inf).astype(np.float32)


def _least_bits(
    items: ItemTable, floors: npt.NDArray[np.float32], tested: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float32]:
    question = items.word_bits[:, QUESTION] + items.number_bits[:, QUESTION]
    missing = MISSING_WORD * items.word_bits + MISSING_NUMBER * items.number_bits
    held = np.where(tested, TESTS_SHARE, FIELD_SHARE) * question
    # A bit gains most where the document has a number, whatever the question has.
    reached = (floors + missing[:, QUESTION]) / (1 + MISSING_NUMBER)
    return np.asarray(_ROUNDED * np.minimum(held, reached), np.float32)


def _lookups(*columns: Any) -> Lookups:  # noqa: ANN401  columns and tuples of them
    return read_only(Lookups(*columns))
