"""The score of a window once more, slow and plain, as the docstring of `score` describes it.

In the kernel's precision, so that both round alike and choose the same window.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from leakcheck.detection.score import BREAK_BITS, WINDOW_RATIO, WINDOW_SLACK

ZERO, ONE, HALF = np.float32(0), np.float32(1), np.float32(0.5)
MISSING = {False: np.float32(0.3), True: np.float32(0.7)}
EXTRA = {False: np.float32(0.15), True: np.float32(0.6)}


class Token(NamedTuple):
    """A token of a document or of a field."""

    code: int
    bits: float
    number: bool = False
    first_of_passage: bool = False


class Window(NamedTuple):
    """The best window and what it scores."""

    score: float
    matched: float
    start: int
    end: int


def damped(bits: float, times: int) -> np.float32:
    return np.float32(bits) * HALF ** np.float32(min(times, 8))


def naive_score(document: Sequence[Token], low: int, high: int, field: Sequence[Token]) -> Window:
    """Score the best window for a field among the tokens from `low` up to `high`."""
    wanted = Counter(token.code for token in field)
    bits = {token.code: token.bits for token in reversed(field)}
    low, high = fullest_window(document, low, high, field, wanted, bits)
    gained, matched, start, end = best_stretch(document, low, high, wanted, bits)
    return Window(float(gained - all_missing(field)), float(matched), start, end)


def all_missing(field: Sequence[Token]) -> np.float32:
    """Return what it costs to have nothing of a field."""
    sums = {False: ZERO, True: ZERO}
    seen: Counter[int] = Counter()
    for token in field:
        sums[token.number] += damped(token.bits, seen[token.code])
        seen[token.code] += 1
    return MISSING[False] * sums[False] + MISSING[True] * sums[True]


def fullest_window(document, low, high, field, wanted, bits) -> tuple[int, int]:
    """Find the first window of that many tokens that has most of the field."""
    width = int(WINDOW_RATIO * len(field)) + WINDOW_SLACK
    best, best_end = 0.0, low
    for end in range(low + 1, high + 1):
        matched = bits_in(document[max(low, end - width) : end], wanted, bits)
        if matched > best:
            best, best_end = matched, end
    return max(low, best_end - width), best_end


def bits_in(tokens: Sequence[Token], wanted, bits) -> float:
    """Return how much of a field these tokens have."""
    seen = Counter(token.code for token in tokens)
    return sum(
        float(damped(bits[code], times))
        for code in wanted
        for times in range(min(wanted[code], seen[code]))
    )


def best_stretch(document, low, high, wanted, bits):
    """Gain by what matches and lose by what is extra; start anew where nothing is left."""
    best = (ZERO, ZERO, low, low)
    gained, matched, first = ZERO, ZERO, low
    seen: Counter[int] = Counter()
    for place in range(low, high):
        token = document[place]
        if token.first_of_passage and place > first:
            gained -= BREAK_BITS
        if gained <= 0:
            gained, matched, first = ZERO, ZERO, place
            seen.clear()
        times = seen[token.code]
        seen[token.code] += 1
        if times < wanted[token.code]:
            worth = damped(bits[token.code], times)
            matched += worth
            gained += worth * (ONE + MISSING[token.number])
            if gained > best[0]:
                best = (gained, matched, first, place + 1)
        else:
            gained -= EXTRA[token.number] * damped(token.bits, times)
    return best
