"""Differences, where only fingerprints are left of a passage: those of them that can be told.

`leakcheck.detection.differences` says what each is. From fingerprints, each is said where it is
fairly sure (`docs/index.md` has how often it is right):

- `numbers`: a rare number of the question is not there any more, or no triple of a common one where
  nine in ten of the others are, and there are enough of these to say so;
- `reordered`: a quarter of the question's rare tokens are there in another order;
- `reworded`: less than 0.95 of the question's words are there: rare ones are seen or not, the
  others are taken to be there as often as three of them in a row tell;
- `extended`, `shortened`: the number of tokens is known, but for what is unseen at the ends; a
  passage is extended without that, and shortened with it.

Other names are told by their capital letters, and another answer or programming language by what
stands after the passage: no index keeps these, so that nothing is said of them.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt

from leakcheck.corpus_index.searching.likeness import (
    Question,
    Window,
    changed_numbers,
    seen_of,
    triples_there,
)
from leakcheck.detection.alignment import order_of
from leakcheck.detection.differences import KEPT_WORDS, LONGER, SHORTER
from leakcheck.detection.finding import Change, Kind

__all__ = ["changes_from"]

REORDERED = 0.25
"""Of rare tokens, which are few, more must stand elsewhere than of all."""
SURE_TRIPLES, LEAST_TRIPLES = 0.9, 6


def changes_from(question: Question, window: Window, kind: Kind) -> list[Change]:
    """Name what differs between a question and the passage that is left as fingerprints.

    Args:
        question: that was found.
        window: where it was.
        kind: of the match, as estimated; nothing is said of what is verbatim.
    """
    if kind == "verbatim":
        return []
    there = seen_of(question, window)
    tokens = len(question.codes)
    told: dict[Change, bool] = {
        "numbers": bool(changed_numbers(question, there, SURE_TRIPLES, LEAST_TRIPLES).any()),
        "reordered": _is_reordered(question, window),
        "reworded": _kept_words(question, there) < KEPT_WORDS,
        "extended": window.tokens > LONGER * tokens,
        "shortened": window.tokens + _at_the_ends(there) < SHORTER * tokens,
    }
    return [change for change, holds in told.items() if holds]


def _at_the_ends(there: npt.NDArray[np.bool_]) -> int:
    """Count the tokens of a question before the first one that is seen, and after the last one."""
    places = np.flatnonzero(there)
    return len(there) - 1 - int(places[-1] - places[0]) if len(places) else 0


def _is_reordered(question: Question, window: Window) -> bool:
    own = question.codes[question.rare]
    passage = window.codes[np.isin(window.codes, own)]
    common = (Counter(own.tolist()) & Counter(passage.tolist())).total()
    in_order = order_of(own, passage) * max(len(own), len(passage))
    return bool(common - in_order >= REORDERED * max(1, len(own)))


def _kept_words(question: Question, there: npt.NDArray[np.bool_]) -> float:
    """Estimate the share of the words that are there, numbers aside."""
    words = ~question.numbers
    rare = words & question.rare
    seen = float(there[rare].mean()) if rare.any() else 1.0
    unseen = int(words.sum() - rare.sum())
    kept = seen * int(rare.sum()) + triples_there(question, seen) * unseen
    return kept / max(1, int(words.sum()))
