"""Differences: what a person sees who lays a passage beside its item.

With `order` as in `kinds`, and `common` the tokens of question and passage that pair off in any
order, both as a share of the longer of the two:

- `numbers`: a number of the question gave way to another one;
- `reordered`: common exceeds order by at least 0.15: the same words stand in another order;
- `reworded`: less than 0.95 of the question's words, numbers aside, are there;
- `extended`, `shortened`: the passage has a fifth more tokens than the question, or a fifth less.
"""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from leakcheck.detection.alignment import Alignment
from leakcheck.detection.finding import Change
from leakcheck.text.spans import Span, joined_spans

__all__ = ["changes_of", "fingerprint_of", "matched_spans"]

REORDERED = 0.15
KEPT_WORDS = 0.95
LONGER, SHORTER = 1.2, 0.8


def changes_of(
    codes: npt.NDArray[np.uint16], numbers: npt.NDArray[np.bool_], passage: Alignment
) -> list[Change]:
    """Name what differs between a question and the passage that holds it.

    Args:
        codes: of the question's tokens, shape (tokens,).
        numbers: whether each of them is a number, shape (tokens,).
        passage: what the question was laid against.
    """
    if np.array_equal(codes, passage.codes):
        return []
    wanted, found = Counter(codes.tolist()), Counter(passage.codes.tolist())
    longer = max(1, len(codes), len(passage.codes))
    words = Counter(codes[~numbers].tolist())
    own = Counter(codes[numbers].tolist())
    there = Counter(passage.codes[passage.numbers].tolist())
    ratio = len(passage.codes) / max(1, len(codes))
    told: dict[Change, bool] = {
        "numbers": bool(own - there) and bool(there - own),
        "reordered": (wanted & found).total() / longer - passage.order >= REORDERED,
        "reworded": (words & found).total() < KEPT_WORDS * words.total(),
        "extended": ratio > LONGER,
        "shortened": ratio < SHORTER,
    }
    return [change for change, holds in told.items() if holds]


def matched_spans(
    codes: npt.NDArray[np.uint16], passage: Alignment, start: int, end: int
) -> list[Span]:
    """Return the bytes of a passage that are words of its question, neighbours joined.

    Args:
        codes: of the question's tokens, shape (tokens,).
        passage: what the question was laid against.
        start: the first byte that is wanted, as offsets of the alignment count.
        end: the byte after the last one.
    """
    is_inside = start <= passage.start and passage.end <= end
    if is_inside and len(codes) and np.array_equal(codes, passage.codes):
        return [(passage.start, passage.end)]
    words = set(codes.tolist())
    columns = (passage.codes, passage.token_starts, passage.token_ends)
    tokens = zip(*(column.tolist() for column in columns), strict=True)
    return joined_spans(
        (code in words and first >= start and last <= end, first, last)
        for code, first, last in tokens
    )


def fingerprint_of(bench: str, item: str, content: bytes) -> str:
    """Name a finding by what was found, not by where it stands: 16 hexadecimal digits.

    >>> fingerprint_of("demo", "test/3", b"tokens")
    '7298287c5e725e07'
    """
    digest = blake2b(digest_size=8)
    for part in (bench.encode(), item.encode(), content):
        digest.update(len(part).to_bytes(8, "little") + part)
    return digest.hexdigest()
