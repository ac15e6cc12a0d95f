"""A passage beside the item's own text: what both have, and which numbers differ.

Packs hold no text, so this is for users who have the publisher's files too.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np

from leakcheck.text.spans import Span, joined_spans, placed_tokens
from leakcheck.text.tokens import is_number, tokenise

__all__ = ["Numbers", "changed_numbers", "shared_spans"]


class Numbers(NamedTuple):
    """The numbers in which two texts differ, as they are written there."""

    gone: list[str]
    """In the item only."""
    come: list[str]
    """In the passage only."""


def shared_spans(text: str, other: str) -> list[Span]:
    """Mark the words of a text that another one has too, in characters, neighbours joined.

    >>> shared_spans("Nine crates of figs", "He counted figs in nine crates")
    [(0, 11), (15, 19)]
    """
    hashes, spans = placed_tokens(text)
    shared = np.isin(hashes, tokenise(other).hashes)
    return joined_spans(
        (is_shared, *span) for is_shared, span in zip(shared.tolist(), spans, strict=True)
    )


def changed_numbers(item: str, passage: str) -> Numbers:
    """Name the numbers that only one of two texts has, in their order; each as often as it is more.

    >>> changed_numbers("12 figs at 3 francs", "15 figs at 3 francs")
    Numbers(gone=['12'], come=['15'])
    """
    own, found = _numbers(item), _numbers(passage)
    return Numbers(_only_in(own, found), _only_in(found, own))


def _numbers(text: str) -> list[tuple[int, str]]:
    hashes, spans = placed_tokens(text)
    return [
        (code, text[start:end])
        for code, (start, end) in zip(hashes.tolist(), spans, strict=True)
        if is_number(np.uint32(code))
    ]


def _only_in(numbers: list[tuple[int, str]], others: list[tuple[int, str]]) -> list[str]:
    left = Counter(code for code, _ in others)
    only = []
    for code, written in numbers:
        if left[code]:
            left[code] -= 1
        else:
            only.append(written)
    return only
