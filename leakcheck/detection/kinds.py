"""Kinds: how a passage differs from the item it holds.

With `order` the length of the longest common subsequence of the tokens of question and passage,
as a share of the longer one, and `masked order` the same with all numbers taken as equal:

- `verbatim`: order of at least 0.95;
- `variant`: masked order of at least 0.75, and of the question's numbers at least a fifth are
  not in the passage, which has others: the wording of the item, another problem;
- `near`: order of at least 0.6, and at least half of the evidence of the question's numbers;
- `rewritten`: less order, and as much of the numbers;
- none of these: other numbers in other words are another problem that deals with the same things.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt

from leakcheck.detection.alignment import VERBATIM_ORDER, Alignment, order_of
from leakcheck.detection.finding import Kind

__all__ = ["kind_of"]

VARIANT_ORDER = 0.75
NEAR_ORDER = 0.6
CHANGED_NUMBERS = 0.2
KEPT_NUMBERS = 0.5

_ANY_NUMBER = np.uint16(0)


def kind_of(
    codes: npt.NDArray[np.uint16],
    numbers: npt.NDArray[np.bool_],
    bits: npt.NDArray[np.float32],
    passage: Alignment,
) -> Kind | None:
    """Tell how a passage differs from a question; None if it is not made from it.

    Args:
        codes: of the question's tokens, shape (tokens,).
        numbers: whether each of them is a number, shape (tokens,).
        bits: their weights, shape (tokens,).
        passage: what the question was laid against.
    """
    if passage.order >= VERBATIM_ORDER:
        return "verbatim"
    if _numbers_changed(codes[numbers], passage.codes[passage.numbers]):
        question = np.where(numbers, _ANY_NUMBER, codes)
        masked = np.where(passage.numbers, _ANY_NUMBER, passage.codes)
        if order_of(question, masked) >= VARIANT_ORDER:
            return "variant"
    kept = numbers & np.isin(codes, passage.codes[passage.numbers])
    if bits[kept].sum() < KEPT_NUMBERS * bits[numbers].sum():
        return None
    return "near" if passage.order >= NEAR_ORDER else "rewritten"


def _numbers_changed(question: npt.NDArray[np.uint16], passage: npt.NDArray[np.uint16]) -> bool:
    """Tell if a good part of the question's numbers gave way to others."""
    wanted, found = Counter(question.tolist()), Counter(passage.tolist())
    gone = (wanted - found).total()
    return gone > 0 and gone >= CHANGED_NUMBERS * len(question) and (found - wanted).total() > 0
