"""Likeness: how a passage differs from a question, where only fingerprints are left of it.

The measures of `leakcheck.detection.kinds`, estimated. Tokens that an index keeps are there or not;
a common token is there if a triple of it is. Where a triple that would be seen is not, one of its
tokens has changed or moved, nobody knows which.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.detection.alignment import VERBATIM_ORDER, order_of
from leakcheck.detection.finding import Kind
from leakcheck.detection.kinds import KEPT_NUMBERS, NEAR_ORDER, VARIANT_ORDER

__all__ = ["Question", "Window", "changed_numbers", "kind_from", "seen_of", "triples_there"]

SURE_TRIPLES = 0.75
"""If so many of the other triples are there, a number whose triple is not was changed."""


class Question(NamedTuple):
    """A question and what is seen of it, columns of shape (tokens,)."""

    codes: npt.NDArray[np.uint16]
    bits: npt.NDArray[np.float32]
    numbers: npt.NDArray[np.bool_]
    rare: npt.NDArray[np.bool_]
    """Whether an index keeps the token wherever it stands."""
    kept: npt.NDArray[np.bool_]
    """Whether an index would keep the triple that ends at the token."""
    found: npt.NDArray[np.bool_]
    """Whether that triple stands in the window."""


class Window(NamedTuple):
    """A passage of a document."""

    codes: npt.NDArray[np.uint16]
    """Of the tokens that are known."""
    tokens: int
    """How many there are, known or not."""


def kind_from(question: Question, window: Window) -> Kind | None:
    """Tell the kind of a match; None if too many numbers are others.

    Args:
        question: that was found.
        window: where it was.
    """
    in_found = _around(question.found)
    there = seen_of(question, window)
    changed = changed_numbers(question, there)
    judged = question.rare | in_found
    order = _order(question, window, judged)
    whole = not (question.kept & ~question.found).any() and bool(there[judged].all())
    if order >= VERBATIM_ORDER and whole:
        return "verbatim"
    known = question.numbers & (judged | changed)
    kept = float(question.bits[known & ~changed].sum())
    if kept < KEPT_NUMBERS * question.bits[known].sum():
        return "variant" if order >= VARIANT_ORDER - changed.mean() else None
    return "near" if order >= NEAR_ORDER else "rewritten"


def seen_of(question: Question, window: Window) -> npt.NDArray[np.bool_]:
    """Tell which tokens of a question are seen in a window, shape (tokens,)."""
    return np.where(question.rare, np.isin(question.codes, window.codes), _around(question.found))


def triples_there(question: Question, otherwise: float) -> float:
    """Estimate the share of the tokens that are there by that of the triples, else `otherwise`."""
    kept = int(question.kept.sum())
    return float((question.found.sum() / kept) ** (1 / 3)) if kept else otherwise


def changed_numbers(
    question: Question,
    there: npt.NDArray[np.bool_],
    sure_share: float = SURE_TRIPLES,
    least_triples: int = 1,
) -> npt.NDArray[np.bool_]:
    """Return the numbers that are not there any more, shape (tokens,).

    A common one is gone if none of its triples is found where nearly all others are.

    Args:
        question: that was found.
        there: which of its tokens are seen, shape (tokens,).
        sure_share: so many of the triples without a number must be found, ...
        least_triples: ... and so many of these must there be.
    """
    changed = question.numbers & question.rare & ~there
    others = question.kept & ~_with_number(question.numbers)
    if others.sum() >= least_triples and question.found[others].sum() >= sure_share * others.sum():
        changed |= question.numbers & ~question.rare & _around(question.kept) & ~there
    return changed


def _around(ends: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return which tokens are in a triple that ends at one of these."""
    around = ends.copy()
    around[:-1] |= ends[1:]
    around[:-2] |= ends[2:]
    return around


def _with_number(numbers: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return at which tokens a triple ends that has a number."""
    within = numbers.copy()
    within[1:] |= numbers[:-1]
    within[2:] |= numbers[:-2]
    return within


def _order(question: Question, window: Window, judged: npt.NDArray[np.bool_]) -> float:
    """Estimate the order: of what can be judged as it is, of the rest as triples tell."""
    codes = question.codes[judged]
    passage = window.codes[np.isin(window.codes, codes)]
    seen = order_of(codes, passage) * max(len(codes), len(passage))
    there = triples_there(question, seen / max(1, len(codes)))
    hidden = len(question.codes) - len(codes)
    return float((seen + there * hidden) / max(len(question.codes), window.tokens))
