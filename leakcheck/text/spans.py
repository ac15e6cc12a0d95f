"""Where tokens stand: in characters, and neighbours as one."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from leakcheck.text.tokens import tokenise

__all__ = ["Span", "joined_spans", "placed_tokens"]

Span = tuple[int, int]
"""Offsets: the first, and the one behind the last."""


def joined_spans(tokens: Iterable[tuple[bool, int, int]]) -> list[Span]:
    """Return the spans of the tokens that are marked, neighbours joined.

    Args:
        tokens: of a text, in order: whether it is marked, its first offset and the one behind it.

    >>> joined_spans([(True, 0, 4), (True, 5, 9), (False, 10, 12), (True, 13, 17)])
    [(0, 9), (13, 17)]
    """
    spans: list[Span] = []
    follows = False
    for is_marked, start, end in tokens:
        joins, follows = follows, is_marked
        if not is_marked:
            continue
        # The parts of `camelCase` are tokens in front of the whole, so these overlap.
        while spans and (joins or start < spans[-1][1]):
            first, last = spans.pop()
            start, end, joins = min(first, start), max(last, end), False
        spans.append((start, end))
    return spans


def placed_tokens(text: str) -> tuple[npt.NDArray[np.uint32], list[Span]]:
    """Return the tokens of a text, and where each stands in characters.

    >>> placed_tokens("naïve kite")[1]
    [(0, 5), (6, 10)]
    """
    hashes, starts, ends = tokenise(text)
    if not text.isascii():
        data = np.frombuffer(text.encode("utf-8", "replace"), np.uint8)
        # A byte that goes on with a character adds none.
        characters = np.append(0, np.cumsum((data & 0xC0) != 0x80))
        starts, ends = characters[starts], characters[ends]
    return hashes, list(zip(starts.tolist(), ends.tolist(), strict=True))
