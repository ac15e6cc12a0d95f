"""Odds: whether a passage that is not its item word by word was made from it all the same.

Seven things that are known of a match are weighed and added up (a logistic model; the sum is the
logarithm of the odds). None of them tells by itself: numbers are kept by whoever rewrites a
problem, and stand in every other text about the same formula; words stand in another order after
an honest rewrite, and in any text about the same thing. The weights were fitted on items that were
reworded mechanically, against documents that hold no item and the items of other benchmarks, by
`measure/odds.py`, which also tries them on benchmarks that were left out (`docs/design.md`).
No item, file or benchmark is treated by name.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.detection.alignment import Alignment

__all__ = ["LEAST_ODDS", "WEIGHTS", "Evidence", "Question", "evidence_of", "log_odds"]

LEAST_ODDS = -0.2
"""The logarithm of the odds that a match needs; `docs/design.md` has how often chance gives it."""

MOST_NUMBER_BITS = 20.0
"""Two numbers of this weight together say which problem it is; more say no more."""
RARE_BITS = 13.0
"""A word of this weight is rare."""
LEAST_CHANCE_BITS = 60.0
"""Below this, that chance gives less says more about how little was measured."""
MARGIN_BITS = 20.0
"""What a match is expected to have above the null of its item."""


class Evidence(NamedTuple):
    """What is weighed of a match."""

    bits: float
    """Its score, in powers of two of what background text reaches; from -2 to 2."""
    over_null: float
    """What it has above the null of its item, in powers of two of 20 bits; from -2 to 3."""
    order: float
    """The longest common subsequence as a share of the longer text, from 0 to 1."""
    numbers: float
    """The evidence of the question's numbers that is there, as a share of 20 bits, at most 1."""
    kept_numbers: float
    """Minus the share of the evidence of the question's numbers that is not there."""
    own_numbers: float
    """Minus the share of the passage's numbers that the question has not."""
    rare_words: float
    """The share of the evidence of the question's rare words that is there; 0.5 without any."""


class Question(NamedTuple):
    """The tokens of a question, each of shape (tokens,)."""

    codes: npt.NDArray[np.uint16]
    numbers: npt.NDArray[np.bool_]
    bits: npt.NDArray[np.float32]
    damped_bits: npt.NDArray[np.float32]
    """As `bits`, but each repeat of a token tells half as much."""


WEIGHTS = Evidence(
    bits=1.61,
    over_null=0.74,
    order=1.98,
    numbers=2.14,
    kept_numbers=1.28,
    own_numbers=4.32,
    rare_words=1.76,
)
"""What each tells. Numbers of its own tell most: they make a passage another problem."""
BIAS = -5.19


def evidence_of(
    question: Question, passage: Alignment, bits: float, null_bits: float, chance_bits: float
) -> Evidence:
    """Gather what is weighed of a match.

    Args:
        question: its tokens.
        passage: what it was laid against.
        bits: the score of the match.
        null_bits: the best score of the item in text that is not made from it.
        chance_bits: what background text reaches with the benchmark at the promised rate.
    """
    there = passage.codes[passage.numbers]
    kept = question.numbers & np.isin(question.codes, there)
    kept_bits = float(question.damped_bits[kept].sum())
    number_bits = float(question.damped_bits[question.numbers].sum())
    own = Counter(there.tolist()) - Counter(question.codes[question.numbers].tolist())
    chance = max(chance_bits, LEAST_CHANCE_BITS)
    return Evidence(
        bits=_powers_of_two(bits / chance, 2.0),
        over_null=_powers_of_two((bits - null_bits) / MARGIN_BITS, 3.0),
        order=passage.order,
        numbers=min(1.0, kept_bits / MOST_NUMBER_BITS),
        kept_numbers=kept_bits / number_bits - 1.0 if number_bits > 0 else 0.0,
        own_numbers=-own.total() / max(1, len(there)),
        rare_words=_rare_words(question, passage),
    )


def _powers_of_two(ratio: float, most: float) -> float:
    return min(most, math.log2(max(ratio, 0.25)))


def _rare_words(question: Question, passage: Alignment) -> float:
    rare = (question.bits >= RARE_BITS) & ~question.numbers
    all_bits = float(question.bits[rare].sum())
    kept = rare & np.isin(question.codes, passage.codes)
    return float(question.bits[kept].sum()) / all_bits if all_bits > 0 else 0.5


def log_odds(evidence: Evidence) -> float:
    """Return the logarithm of the odds that a passage was made from its item.

    >>> log_odds(Evidence(*[0.0] * 7)) == BIAS
    True
    """
    pairs = zip(WEIGHTS, evidence, strict=True)
    return BIAS + sum(weight * value for weight, value in pairs)
