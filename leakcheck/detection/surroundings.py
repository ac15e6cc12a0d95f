"""Surroundings: what stands after a passage, and differs from what the item has there.

- `translated`: the code of the item, and the code after the passage, are written in two programming
  languages, as `languages` tells them;
- `answer`: an answer is stated after the passage (by `answer is`, `answer:`, `####`, `\\boxed{`, or
  by a number alone on the first line there), it begins with a number, and that number is none of
  the item's answer.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from leakcheck.detection.languages import FEWEST_WORDS, FEWEST_WORDS_OF_ITEM, language_of
from leakcheck.text.tokens import tokenise

__all__ = ["is_answered_otherwise", "is_translated"]

_STATED = re.compile(r"(?:\banswer(?: is)?\s*[:=]?|####|\\boxed\{)[\s*$]*(-?\d[\d.,]*)", re.I)

_ALONE = re.compile(r"[^\w\n]*\n\s*\$?(-?\d[\d.,]*)\$?[^\S\n]*(?:\n|\Z)")

_NO_DECIMALS = re.compile(r"\.0+\Z")
"""What a program writes behind a whole number."""


def is_translated(code: npt.NDArray[np.uint16], text: str) -> bool:
    """Tell whether a task was solved in another language than its item.

    Args:
        code: the codes of the item's code, shape (tokens,); nothing is told of an item without.
        text: what stands after the passage.
    """
    own = language_of(code.tolist(), FEWEST_WORDS_OF_ITEM)
    if own is None:
        return False
    found = language_of(_codes(text).tolist(), FEWEST_WORDS)
    return found is not None and found != own


def is_answered_otherwise(answer: npt.NDArray[np.uint16], text: str) -> bool:
    """Tell whether another answer is stated than the item's.

    Args:
        answer: the codes of the item's answer, shape (tokens,); nothing is told of one without.
        text: what stands after the passage.

    >>> own = _codes("She has 4 * 3 = 12 left")
    >>> is_answered_otherwise(own, "So the answer is 12."), is_answered_otherwise(own, "#### 15")
    (False, True)
    """
    stated = _ALONE.match(text) or _STATED.search(text)
    if stated is None or not len(answer):
        return False
    number = _codes(_NO_DECIMALS.sub("", stated.group(1).rstrip(".,")))
    return not np.isin(number, answer).any()


def _codes(text: str) -> npt.NDArray[np.uint16]:
    return (tokenise(text).hashes & np.uint32(0xFFFF)).astype(np.uint16)
