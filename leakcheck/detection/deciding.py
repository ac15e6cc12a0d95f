"""Deciding: whether the evidence of a match is enough to report it, and as what.

- A verbatim match needs 70 bits, or 85 if nothing but the question stands there; a puzzle was
  compared character by character and needs none.
- A variant, and whatever stands beside its choices or the tests of its code, needs the threshold
  of its item.
- Anything else is a question in other words. It needs 65 bits, 20 more than its item's null, and
  the odds of `odds`; a question that a verbatim match could not be told by is not told by this.
  Two numbers of 10 bits together say which problem it is; with less it needs 110 bits, or 0.6 of
  its own. A question of multiple choice without its choices is another question about the same
  fact: it needs both the two numbers and the 0.6.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from leakcheck.benchmark.calibration import QUESTION_BITS, VERBATIM_BITS
from leakcheck.benchmark.card import Field
from leakcheck.detection.alignment import Alignment
from leakcheck.detection.catalogue import Catalogue
from leakcheck.detection.finding import Kind
from leakcheck.detection.odds import LEAST_ODDS, Evidence, Question, evidence_of, log_odds
from leakcheck.detection.score import all_bits
from leakcheck.index.item_table import CHOICES, QUESTION

__all__ = [
    "ODDS_A_BIT",
    "decide",
    "evidence_for",
    "may_be_decided",
    "may_be_reworded",
    "question_of",
]

NUMBER_BITS = 10.0
"""Two numbers or more, of this weight together, say which problem it is."""
OWN_SHARE = 0.6
"""Without them a question must keep so much of its own bits ..."""
FEW_NUMBERS_BITS = 110.0
"""... or have so many: a long one may lose much and still be told by the rest."""
ODDS_A_BIT = 0.1
"""By how much the logarithm of the odds is lowered with every bit, where less is asked for."""
LEAST_HELD = 0.5
"""Of the bits of a question that stands there word by word far more than that are found."""
ROUNDING_BITS = 0.25
"""Weights are kept in half bits, and their sums round."""


def may_be_decided(
    item: int, field_scores: Sequence[float], contained: float, catalogue: Catalogue
) -> bool:
    """Tell whether `decide` could report a match, whatever it is laid against.

    Args:
        item: its number in the catalogue.
        field_scores: of the match, in bits, in the order of FIELDS.
        contained: the share of the question that was found.
        catalogue: of the scan.
    """
    bits = ROUNDING_BITS + sum(max(0.0, score) for score in field_scores)
    if contained >= LEAST_HELD:
        whole = float(all_bits(catalogue.lookups.items, item, QUESTION))
        held = bits + max(0.0, whole - max(0.0, field_scores[QUESTION]))
        if catalogue.is_puzzle(item) or held >= VERBATIM_BITS - catalogue.lowered_bits:
            return True
    return bits >= min(catalogue.threshold_bits(item), catalogue.rewritten_bits(item))


def decide(
    item: int,
    kind: Kind | None,
    bits: float,
    fields: Sequence[Field],
    passage: Alignment,
    catalogue: Catalogue,
) -> Kind | None:
    """Return the kind of a match that is reported, or nothing if its evidence is not enough.

    Args:
        item: its number in the catalogue.
        kind: how the passage differs; None if it has other numbers in other words.
        bits: the evidence of all fields that count for this kind.
        fields: those that stand there.
        passage: what the question was laid against.
        catalogue: of the scan.
    """
    bits += ROUNDING_BITS
    if kind == "verbatim":
        return kind if bits >= _verbatim_bits(item, fields, catalogue) else None
    with_tests = "context" in fields and catalogue.lookups.tested[item]
    if with_tests or (kind is not None and (kind == "variant" or "choices" in fields)):
        return (kind or "rewritten") if bits >= catalogue.threshold_bits(item) else None
    if not may_be_reworded(item, bits, passage, catalogue):
        return None
    odds = log_odds(evidence_for(item, bits, passage, catalogue))
    least_odds = LEAST_ODDS - ODDS_A_BIT * catalogue.lowered_bits
    return (kind or "rewritten") if odds >= least_odds else None


def _verbatim_bits(item: int, fields: Sequence[Field], catalogue: Catalogue) -> float:
    if catalogue.is_puzzle(item):
        return 0.0
    return (VERBATIM_BITS if len(fields) > 1 else QUESTION_BITS) - catalogue.lowered_bits


def may_be_reworded(item: int, bits: float, passage: Alignment, catalogue: Catalogue) -> bool:
    """Tell whether there is enough of a question for its odds to say something."""
    if bits < catalogue.rewritten_bits(item):
        return False
    own_share = OWN_SHARE * float(all_bits(catalogue.lookups.items, item, QUESTION))
    told = _has_two_numbers(question_of(item, catalogue), passage)
    if len(catalogue.codes(item, CHOICES)):
        return told and bits >= own_share
    return told or bits >= min(own_share, FEW_NUMBERS_BITS)


def evidence_for(item: int, bits: float, passage: Alignment, catalogue: Catalogue) -> Evidence:
    """Gather what is weighed of a match of an item."""
    benchmark, place = catalogue.look_up(item)
    null_bits = float(benchmark.calibration.nulls[place])
    question = question_of(item, catalogue)
    return evidence_of(question, passage, bits, null_bits, benchmark.chance_bits)


def _has_two_numbers(question: Question, passage: Alignment) -> bool:
    """Tell whether a passage has two numbers of a question, of enough weight together."""
    kept = question.numbers & np.isin(question.codes, passage.codes[passage.numbers])
    different = len(np.unique(question.codes[kept]))
    return different > 1 and float(question.damped_bits[kept].sum()) >= NUMBER_BITS


def question_of(item: int, catalogue: Catalogue) -> Question:
    """Return the tokens of an item's question."""
    place, items = catalogue.question_tokens(item), catalogue.lookups.items
    return Question(
        items.codes[place], items.numbers[place], items.bits[place], items.damped_bits[place]
    )
