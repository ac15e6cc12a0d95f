"""Programming languages: which one a stretch of code is written in, as far as its words tell.

Each has words that its programs can hardly do without and others seldom have. A language is told
where at least three of its words stand, or two in a function of a line or two, and more than of any
other language; else nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np
import numpy.typing as npt

from leakcheck.text.tokens import tokenise

__all__ = ["FEWEST_WORDS", "FEWEST_WORDS_OF_ITEM", "language_of"]

FEWEST_WORDS = 3
"""In a corpus: two may stand in any text."""
FEWEST_WORDS_OF_ITEM = 2
"""In the code of an item, which is known to be code."""

_WORDS = {
    "c": "include stdio printf scanf malloc sizeof struct char",
    "c++": "include iostream std cout cin endl vector namespace",
    "c#": "using console writeline readline namespace public static",
    "go": "func package fmt println nil defer",
    "java": "public static void println system args scanner extends",
    "javascript": "function const let var console undefined require",
    "php": "php echo foreach strlen isset",
    "python": "def elif self lambda none len range print import",
    "ruby": "puts def end elsif nil each unless",
    "rust": "fn let mut println vec usize impl",
    "swift": "func let var print guard nil",
}


def _codes(words: str) -> frozenset[int]:
    return frozenset((tokenise(words).hashes & np.uint32(0xFFFF)).tolist())


@cache
def _codes_of_languages() -> dict[str, frozenset[int]]:
    return {language: _codes(words) for language, words in _WORDS.items()}


def language_of(codes: npt.NDArray[np.uint16] | Iterable[int], fewest: int) -> str | None:
    """Return the language that code is written in, or nothing if its words leave it open.

    Args:
        codes: of the tokens of the code.
        fewest: how many different words of the language must stand there.

    >>> language_of(_codes("def last(prices): print(prices[len(prices) - 1])"), 3)
    'python'
    >>> language_of(_codes("the public let us print it"), 3) is None
    True
    """
    there = set(np.asarray(list(codes)).tolist())
    counts = {language: len(words & there) for language, words in _codes_of_languages().items()}
    best, second = sorted(counts.values())[::-1][:2]
    if best < fewest or best == second:
        return None
    return max(counts, key=lambda language: counts[language])
