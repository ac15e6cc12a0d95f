"""Kinds: how a passage differs from the item it holds.

With `order` the length of the longest common subsequence of the tokens of question and passage,
as a share of the longer one, and `masked order` the same with all numbers taken as equal:

- `verbatim`: order of at least 0.95;
- `variant`: masked order of at least 0.75, and of the question's numbers at least a fifth are
  not in the passage, which has others: the wording of the item, another problem;
- `near`: order of at least 0.6;
- `rewritten`: all else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq

from leakcheck.detection.finding import Kind

__all__ = ["kind_of"]

VERBATIM_ORDER = 0.95
VARIANT_ORDER = 0.75
NEAR_ORDER = 0.6
CHANGED_NUMBERS = 0.2


def kind_of(
    item_codes: npt.NDArray[np.uint16],
    item_numbers: npt.NDArray[np.bool_],
    passage_codes: npt.NDArray[np.uint16],
    passage_numbers: npt.NDArray[np.bool_],
) -> Kind:
    """Tell how a passage differs from a question.

    Args:
        item_codes: of the question's tokens, shape (tokens,).
        item_numbers: whether each of them is a number, shape (tokens,).
        passage_codes: of the passage's tokens, shape (tokens,).
        passage_numbers: whether each of them is a number, shape (tokens,).

    >>> item, numbers = np.array([7, 8, 9, 3], np.uint16), np.array([False, False, False, True])
    >>> kind_of(item, numbers, item, numbers)
    'verbatim'
    >>> kind_of(item, numbers, np.array([7, 8, 9, 4], np.uint16), numbers)
    'variant'
    """
    if _order(item_codes.tolist(), passage_codes.tolist()) >= VERBATIM_ORDER:
        return "verbatim"
    if _numbers_changed(
        Counter(item_codes[item_numbers].tolist()), Counter(passage_codes[passage_numbers].tolist())
    ):
        masked = _order(_masked(item_codes, item_numbers), _masked(passage_codes, passage_numbers))
        if masked >= VARIANT_ORDER:
            return "variant"
    if _order(item_codes.tolist(), passage_codes.tolist()) >= NEAR_ORDER:
        return "near"
    return "rewritten"


def _order(item: Sequence[int], passage: Sequence[int]) -> float:
    return LCSseq.similarity(item, passage) / max(len(item), len(passage), 1)


def _masked(codes: npt.NDArray[np.uint16], numbers: npt.NDArray[np.bool_]) -> list[int]:
    return [int(code) for code in np.where(numbers, -1, codes.astype(np.int32))]


def _numbers_changed(item: Counter[int], passage: Counter[int]) -> bool:
    gone = (item - passage).total()
    return gone >= CHANGED_NUMBERS * item.total() > 0 and (passage - item).total() > 0
