"""Pieces: a sample of so many tokens of some texts, that does not depend on their order.

Texts are cut into pieces of a fixed length, and those of the lowest keys are taken. The key of a
piece comes from the hash of its text, so that of copies of a text there is one, and a smaller
sample is a part of a larger one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["PIECE_TOKENS", "Pieces", "TextSizes", "draw_pieces"]

PIECE_TOKENS = 1024
"""Long enough for the windows of nearly all items; most records are one piece."""

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_SHIFT = np.uint64(32)


class TextSizes(NamedTuple):
    """Some texts, as far as a sample needs to know them."""

    texts: npt.NDArray[np.integer]
    """Shape (texts,): their numbers."""
    tokens: npt.NDArray[np.integer]
    contents: npt.NDArray[np.uint64]
    """Shape (texts,): a hash of each."""


class Pieces(NamedTuple):
    """Pieces of texts, in the order of their keys."""

    keys: npt.NDArray[np.uint64]
    """Shape (pieces,): ascending, each once."""
    texts: npt.NDArray[np.int64]
    numbers: npt.NDArray[np.int64]
    """Shape (pieces,): the piece of its text, from 0 on."""
    tokens: npt.NDArray[np.int64]

    @property
    def all_tokens(self) -> int:
        """All tokens of the pieces."""
        return int(self.tokens.sum())

    def cut(self, tokens: int) -> Pieces:
        """Return the first of them, until they have so many tokens."""
        before = np.cumsum(self.tokens) - self.tokens
        end = int(np.searchsorted(before, tokens))
        return self.at(slice(end))

    def at(self, rows: slice | npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> Pieces:
        """Return some of them."""
        return Pieces(self.keys[rows], self.texts[rows], self.numbers[rows], self.tokens[rows])

    def holding(
        self, texts: npt.NDArray[np.integer], positions: npt.NDArray[np.integer]
    ) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
        """Tell which places stand in one of the pieces, and number the pieces in text order.

        Args:
            texts: shape (places,).
            positions: shape (places,): tokens.

        Returns:
            A mask of shape (places,), and for the places in it a number that rises from piece to
            piece.
        """
        wanted = np.sort(_place(self.texts, self.numbers))
        asked = _place(texts.astype(np.int64), positions.astype(np.int64) // PIECE_TOKENS)
        at = np.searchsorted(wanted, asked)
        inside = at < len(wanted)
        inside[inside] = wanted[at[inside]] == asked[inside]
        return inside, at[inside]


def _place(texts: npt.NDArray[np.int64], numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return texts << 32 | numbers


def draw_pieces(batches: Iterable[TextSizes], tokens: int) -> Pieces:
    """Draw a sample of texts: the pieces of the lowest keys, until they have so many tokens.

    Args:
        batches: all texts; only the pieces that may be drawn are kept of them.
        tokens: of the sample; it may have fewer if all texts together do.

    >>> texts = TextSizes(np.arange(9), np.full(9, 100), np.arange(9, dtype=np.uint64))
    >>> draw_pieces([texts], 250).tokens.tolist()
    [100, 100, 100]
    """
    none = np.empty(0, np.int64)
    drawn = Pieces(np.empty(0, np.uint64), none, none, none)
    for batch in batches:
        more = _all_pieces(batch)
        if drawn.all_tokens >= tokens:
            more = more.at(more.keys <= drawn.keys[-1])
        drawn = _merged(drawn, more).cut(tokens)
    return drawn


def _merged(one: Pieces, other: Pieces) -> Pieces:
    together = Pieces(
        np.concatenate([one.keys, other.keys]),
        np.concatenate([one.texts, other.texts]),
        np.concatenate([one.numbers, other.numbers]),
        np.concatenate([one.tokens, other.tokens]),
    )
    return together.at(np.unique(together.keys, return_index=True)[1])


def _all_pieces(batch: TextSizes) -> Pieces:
    """Cut texts into pieces."""
    sizes = batch.tokens.astype(np.int64)
    counts = -(-sizes // PIECE_TOKENS)
    rows = np.repeat(np.arange(len(sizes)), counts)
    numbers = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    keys = batch.contents[rows] + numbers.astype(np.uint64) * _STEP
    for _ in range(2):
        keys = (keys ^ (keys >> _SHIFT)) * _MIX
    tokens = np.minimum(sizes[rows] - numbers * PIECE_TOKENS, PIECE_TOKENS)
    return Pieces(keys, batch.texts.astype(np.int64)[rows], numbers, tokens)
