"""Sketches: what an index knows of the tokens of one document, put in their places."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.corpus_index.searching.hits import Hits
from leakcheck.corpus_index.searching.rare_tokens import RareTokens
from leakcheck.corpus_index.searching.replay import Candidates

__all__ = ["KnownTokens", "Sketch", "known_tokens"]


class Sketch(NamedTuple):
    """What is known of one document, and what may be in it."""

    hits: Hits
    rare: RareTokens
    candidates: Candidates


class KnownTokens(NamedTuple):
    """The tokens of a document as far as they are known, columns of shape (tokens,)."""

    codes: npt.NDArray[np.uint16]
    known: npt.NDArray[np.bool_]
    numbers: npt.NDArray[np.bool_]
    """Whether a token is known and a number."""


def known_tokens(sketch: Sketch, number_codes: npt.NDArray[np.bool_]) -> KnownTokens:
    """Put the tokens of a sketch in their places.

    Args:
        sketch: of a document.
        number_codes: which codes are taken for numbers, shape (65536,).
    """
    hits, rare = sketch.hits, sketch.rare
    tokens = 1 + max(int(column.max(initial=0)) for column in (hits.positions, rare.positions))
    codes, known = np.zeros(tokens, np.uint16), np.zeros(tokens, np.bool_)
    for back in range(3):
        places = hits.positions.astype(np.int64) - back
        codes[places] = hits.triples >> np.uint64(16 * back) & np.uint64(0xFFFF)
        known[places] = True
    codes[rare.positions] = rare.codes
    known[rare.positions] = True
    return KnownTokens(codes, known, known & number_codes[codes])
