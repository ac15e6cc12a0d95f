"""How often the gain's interval has the truth in it: calculated, for scores of right and wrong."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from leakcheck.impact.intervals import Term, combination

__all__ = ["CLEAN_CHANCES", "EXACT", "RAISED", "Coverage", "GainCase", "exact_coverage"]

ITEM_COUNTS = (50, 164, 1319)
LEAKED_SHARES = (0.02, 0.1, 0.5, 0.8, 0.98)
CLEAN_CHANCES = (0.1, 0.5, 0.9)
RAISED = (0.0, 0.5)
"""How much of what is missing to a certain answer the leak adds."""
_NEGLIGIBLE = 1e-9


class GainCase(NamedTuple):
    """A model, and a benchmark with a leak."""

    items: int
    leaked: int
    clean_chance: float
    """Of a right answer to a clean item."""
    raised: float

    @property
    def leaked_chance(self) -> float:
        """Of a right answer to a leaked item."""
        return self.clean_chance + self.raised * (1 - self.clean_chance)

    @property
    def truth(self) -> float:
        """What the leak adds to the score on all items."""
        return self.leaked / self.items * (self.leaked_chance - self.clean_chance)


class Coverage(NamedTuple):
    """What becomes of the interval of a case."""

    case: GainCase
    covered: float
    """Share of the outcomes whose interval has the truth in it."""
    width: float
    """Mean, from 0 to 2."""


EXACT = [
    GainCase(items, round(share * items), chance, raised)
    for items, share, chance, raised in product(ITEM_COUNTS, LEAKED_SHARES, CLEAN_CHANCES, RAISED)
]


def exact_coverage(case: GainCase) -> Coverage:
    """Add up the probabilities of all outcomes whose interval has the truth in it.

    The interval is put together as `leakcheck.impact.measures.measure` does, without a list of the
    items, so that all outcomes can be gone through.

    >>> told = exact_coverage(GainCase(20, 10, 0.5, 0.0))
    >>> round(told.covered, 4), round(told.width, 3)
    (0.9578, 0.362)
    """
    clean = case.items - case.leaked
    share = case.leaked / case.items
    covered = width = 0.0
    for right_leaked, chance_leaked in _outcomes(case.leaked, case.leaked_chance):
        for right_clean, chance_clean in _outcomes(clean, case.clean_chance):
            gain = combination(
                [
                    Term(share, right_leaked / case.leaked, case.leaked),
                    Term(-share, right_clean / clean, clean),
                ]
            )
            chance = chance_leaked * chance_clean
            covered += chance * (gain.low <= case.truth <= gain.high)
            width += chance * (gain.high - gain.low)
    return Coverage(case, covered, width)


def _outcomes(count: int, chance: float) -> Iterator[tuple[int, float]]:
    """Yield how many of so many answers may be right, with its probability."""
    for right in range(count + 1):
        ways = math.lgamma(count + 1) - math.lgamma(right + 1) - math.lgamma(count - right + 1)
        wrong = count - right
        own = math.exp(ways + right * math.log(chance) + wrong * math.log1p(-chance))
        if own > _NEGLIGIBLE:
            yield right, own
