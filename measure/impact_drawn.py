"""How often the gain's interval has the truth in it: drawn, for scores between 0 and 1 too."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from impact_exact import GainCase

from leakcheck.impact.classes import ItemClass
from leakcheck.impact.measures import measure

__all__ = ["DRAWS", "MEANS", "Drawn", "MeansCase", "drawn_means"]

DRAWS = 4000
_SEED = 11

Kind = Literal[
    "right or wrong", "mean of 4 answers, items alike", "mean of 4 answers, items unlike"
]
_KINDS: tuple[Kind, ...] = (
    "right or wrong",
    "mean of 4 answers, items alike",
    "mean of 4 answers, items unlike",
)
_ANSWERS = 4


class MeansCase(NamedTuple):
    """A case, and what a score is."""

    case: GainCase
    kind: Kind


class Drawn(NamedTuple):
    """What became of the intervals that were drawn."""

    case: MeansCase
    covered: int
    """Draws whose interval has the truth in it."""
    draws: int
    bias: float
    """Mean of estimate minus truth."""
    width: float


MEANS = [
    MeansCase(case, kind)
    for case in (GainCase(164, 33, 0.5, 0.5), GainCase(1319, 1055, 0.5, 0.5))
    for kind in _KINDS
]


def drawn_means(means: MeansCase) -> Drawn:
    """Draw scores of all items, over and over, and measure each with leakcheck's own function."""
    case = means.case
    draw = np.random.default_rng([_SEED, MEANS.index(means)])
    names = [f"test/{number}" for number in range(case.items)]
    leaked = np.arange(case.items) < case.leaked
    classes: dict[str, ItemClass] = {
        name: "near" if own else "not_found" for name, own in zip(names, leaked, strict=True)
    }
    chances = np.where(leaked, case.leaked_chance, case.clean_chance)
    gains = []
    for _ in range(DRAWS):
        scores = dict(zip(names, _scores(chances, means.kind, draw).tolist(), strict=True))
        gain = measure(scores, classes).gain
        if gain is None:
            raise SystemExit("no item is clean")
        gains.append(gain)
    return Drawn(
        means,
        sum(gain.low <= case.truth <= gain.high for gain in gains),
        DRAWS,
        float(np.mean([gain.estimate for gain in gains])) - case.truth,
        float(np.mean([gain.high - gain.low for gain in gains])),
    )


def _scores(
    chances: npt.NDArray[np.float64], kind: Kind, draw: np.random.Generator
) -> npt.NDArray[np.float64]:
    if kind == "right or wrong":
        return (draw.random(len(chances)) < chances).astype(np.float64)
    if kind == "mean of 4 answers, items unlike":
        # Few items are in the middle: most are known, or not known, to the model.
        chances = draw.beta(chances / 2, (1 - chances) / 2)
    return draw.binomial(_ANSWERS, chances) / _ANSWERS
