"""The hash of a token: what is mixed into it letter by letter, and how it is finished."""

from __future__ import annotations

import numpy as np

from leakcheck.compiled import inlined

__all__ = ["FINAL", "NUMBER_BIT", "PRIME", "SEED", "finish_word", "mix"]

SEED = np.uint64(0xCBF29CE484222325)
PRIME = np.uint64(0x100000001B3)
FINAL = np.uint64(0x9E3779B97F4A7C15)
NUMBER_BIT = np.uint32(1 << 31)
"""Set in the hash of a number."""


@inlined
def mix(state: np.uint64, code_point: np.uint64) -> np.uint64:
    """Return the state of a hash after one more character."""
    return (state ^ code_point) * PRIME


@inlined
def finish_word(state: np.uint64) -> np.uint32:
    """Return the hash of a word, which has 30 bits, from its state."""
    return np.uint32((state * FINAL) >> np.uint64(34))
