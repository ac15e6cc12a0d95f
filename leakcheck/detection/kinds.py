"""Kinds: how a passage differs from the item it holds.

With `order` the length of the longest common subsequence of the tokens of question and passage,
as a share of the longer one, and `masked order` the same with all numbers taken as equal:

- `verbatim`: order of at least 0.95, and no number has given way to another;
- `variant`: numbers have given way to others in the wording of the item, which makes another
  problem: masked order of at least 0.95, or of 0.75 if it is a fifth of the numbers or more;
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
    changed = _changed_numbers(codes[numbers], passage.codes[passage.numbers])
    if passage.order >= VERBATIM_ORDER and not changed:
        return "verbatim"
    if changed:
        question = np.where(numbers, _ANY_NUMBER, codes)
        masked = order_of(question, np.where(passage.numbers, _ANY_NUMBER, passage.codes))
        if masked >= (VARIANT_ORDER if changed >= CHANGED_NUMBERS else VERBATIM_ORDER):
            return "variant"
    kept = numbers & np.isin(codes, passage.codes[passage.numbers])
    if bits[kept].sum() < KEPT_NUMBERS * bits[numbers].sum():
        return None
    return "near" if passage.order >= NEAR_ORDER else "rewritten"


def _changed_numbers(question: npt.NDArray[np.uint16], passage: npt.NDArray[np.uint16]) -> float:
    """Return the share of a question's numbers that gave way to others in the passage."""
    wanted, found = Counter(question.tolist()), Counter(passage.tolist())
    gone, come = (wanted - found).total(), (found - wanted).total()
    return min(gone, come) / max(1, len(question))
