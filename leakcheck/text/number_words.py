"""English number words, read as the numbers they name.

Whoever rewrites a problem writes `three` for `3` as often as another word for `apples`. Folding
the one to the other keeps the strongest evidence of a rewritten item, its numbers, in place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["NUMBER_WORDS", "SLOT_MASK", "NumberWordTable", "number_word_table"]

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety hundred"

NUMBER_WORDS = {
    **{word: str(number) for number, word in enumerate(_UNITS.split())},
    **{word: str(10 * number) for number, word in enumerate(_TENS.split(), start=2)},
}
"""Each word with the digits it is read as."""

SLOT_MASK = 0xFFF
"""A hash is looked up at its lower 12 bits."""


class NumberWordTable(NamedTuple):
    """A hash table without collisions, from a word's hash to its number's."""

    words: npt.NDArray[np.uint32]
    """Shape (4096,): the word's hash, or 0."""
    numbers: npt.NDArray[np.uint32]
    """Shape (4096,): the hash to put in its place."""


def number_word_table(hash_of: Callable[[str], int]) -> NumberWordTable:
    """Build the table for the hash function given; raise ValueError if two words collide."""
    slots = SLOT_MASK + 1
    table = NumberWordTable(np.zeros(slots, np.uint32), np.zeros(slots, np.uint32))
    for word, digits in NUMBER_WORDS.items():
        slot = hash_of(word) & SLOT_MASK
        if table.words[slot]:
            raise ValueError(f"the number word {word!r} collides with another; widen the table")
        table.words[slot] = hash_of(word)
        table.numbers[slot] = hash_of(digits)
    return table
