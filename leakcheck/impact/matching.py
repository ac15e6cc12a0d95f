"""The matched comparison: leaked items against clean items that are as hard for other models.

Leaked items may be easier or harder than the others, and then all minus clean is not the leak's
doing. How hard an item is, other models tell: their mean score on it. Within strata of like
difficulty leaked items are compared with clean ones.

A mean over few models tells difficulty roughly, so that what is left in a stratum is no leak
either: leaked items that are easier on the whole are so within each stratum, too. The same
comparison of another model, left out of the difficulties, has that in it and no leak. So each other
model is left out in turn, its difference is taken from the model's own in the same strata, and the
mean of these differences in differences is the estimate. With one other model there is one stratum.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from leakcheck.impact.classes import LEAKED, ItemClass
from leakcheck.impact.intervals import Z_95, Interval

__all__ = [
    "LEAST_ITEMS",
    "LEAST_OF_STRATUM",
    "MOST_APART",
    "Matched",
    "compare_matched",
    "strata_of",
]

LEAST_ITEMS = 10
"""With fewer leaked or clean items nothing is estimated."""
MOST_APART = 0.10
"""Models that are farther apart than this on clean items do not differ on easier and harder items
alike: one of them has all of the easy ones, or none of the hard."""
LEAST_OF_STRATUM = 5
"""A stratum has so many leaked and so many clean items; difficulties next to each other are put
together until it has."""

Scores = Mapping[str, float]


class Matched(msgspec.Struct, frozen=True):
    """Leaked items beside clean ones of like difficulty."""

    models: int
    """Other models that have results of the same items."""
    strata: int
    """Of difficulty; the most there are with any of the other models left out."""
    leaked: int
    """Leaked items with a result of every model."""
    clean: int
    difference: Interval | None
    """How much better the model is on leaked items than on clean ones, beyond what the other
    models are; None where there are too few items."""
    gain: Interval | None
    """What this adds to the score on all items: the difference times the share of leaked items."""
    others_above: float
    """How much higher the other models' mean score on the clean items is than the model's."""

    @property
    def is_like(self) -> bool:
        """Whether there is an estimate, from models near enough to the one compared."""
        return self.difference is not None and abs(self.others_above) <= MOST_APART


def compare_matched(
    scores: Scores, classes: Mapping[str, ItemClass], others: Sequence[Scores]
) -> Matched | None:
    """Compare leaked with clean items of like difficulty; None without other models or leaks.

    Strata are weighted with their leaked items: the mean effect on the leaked. The interval is a
    normal one; its variance is the sum of squares of what each item's residual adds to the
    estimate, which keeps together the scores of all models on one item. It supposes that without
    the leak the models would differ on leaked items as they do on clean ones that are as hard;
    other models that knew the same leak hide it.

    Args:
        scores: of the model, by item.
        classes: of all test items.
        others: the scores of each other model, by item.
    """
    leaked_in_all = [item for item in scores if classes[item] in LEAKED]
    if not others or not leaked_in_all:
        return None
    common = [item for item in scores if all(item in other for other in others)]
    leaked = {item for item in common if classes[item] in LEAKED}
    clean = [item for item in common if item not in leaked]
    if min(len(leaked), len(clean)) < LEAST_ITEMS:
        return Matched(len(others), 0, len(leaked), len(clean), None, None, 0.0)
    strata = [
        strata_of(_difficulty(common, [*others[:left_out], *others[left_out + 1 :]]), leaked)
        for left_out in range(len(others))
    ]
    difference = _difference(scores, others, strata, leaked)
    share = len(leaked_in_all) / len(scores)
    return Matched(
        models=len(others),
        strata=max(map(len, strata)),
        leaked=len(leaked),
        clean=len(clean),
        difference=difference,
        gain=Interval(*(share * each for each in difference)),
        others_above=math.fsum(other[item] - scores[item] for other in others for item in clean)
        / (len(others) * len(clean)),
    )


def _difficulty(items: Sequence[str], models: Sequence[Scores]) -> dict[str, float]:
    """Return the mean score of models on each item; the same for all if there are no models."""
    if not models:
        return dict.fromkeys(items, 0.0)
    # Rounded, so that the same scores in another order are the same difficulty.
    return {
        item: round(math.fsum(model[item] for model in models) / len(models), 9) for item in items
    }


def strata_of(difficulty: Scores, leaked: set[str]) -> list[list[str]]:
    """Group items by difficulty, with enough leaked and clean items in each group.

    Args:
        difficulty: of each item.
        leaked: the leaked ones among them; there are enough of both for one group.

    >>> difficulty = {f"test/{n}": n // 10 / 4 for n in range(40)}
    >>> leaked = {item for n, item in enumerate(difficulty) if n % 2}
    >>> [len(stratum) for stratum in strata_of(difficulty, leaked)]
    [10, 10, 10, 10]
    """
    of_value: dict[float, list[str]] = defaultdict(list)
    for item, value in difficulty.items():
        of_value[value].append(item)
    strata: list[list[str]] = [[]]
    for value in sorted(of_value):
        if _enough(strata[-1], leaked):
            strata.append([])
        strata[-1] += of_value[value]
    if len(strata) > 1 and not _enough(strata[-1], leaked):
        last = strata.pop()
        strata[-1] += last
    return strata


def _enough(stratum: Sequence[str], leaked: set[str]) -> bool:
    own = sum(item in leaked for item in stratum)
    return min(own, len(stratum) - own) >= LEAST_OF_STRATUM


def _difference(
    scores: Scores,
    others: Sequence[Scores],
    strata_by_left_out: Sequence[Sequence[Sequence[str]]],
    leaked: set[str],
) -> Interval:
    """Return the mean difference in differences, with its interval."""
    estimate = 0.0
    added: dict[str, float] = defaultdict(float)
    for other, strata in zip(others, strata_by_left_out, strict=True):
        excess = {item: scores[item] - other[item] for stratum in strata for item in stratum}
        for weight, items in _weighted_groups(strata, leaked):
            weight /= len(others)
            mean = math.fsum(excess[item] for item in items) / len(items)
            estimate += weight * mean
            # As for any variance of a mean, one less than the items counts.
            unbiased = math.sqrt(len(items) / (len(items) - 1))
            for item in items:
                added[item] += weight / len(items) * unbiased * (excess[item] - mean)
    half = Z_95 * math.sqrt(math.fsum(each**2 for each in added.values()))
    return Interval(estimate, estimate - half, estimate + half)


def _weighted_groups(
    strata: Sequence[Sequence[str]], leaked: set[str]
) -> Iterator[tuple[float, list[str]]]:
    """Yield the leaked items of each stratum with their weight, and the clean ones with its
    opposite.
    """
    for stratum in strata:
        own = [item for item in stratum if item in leaked]
        yield len(own) / len(leaked), own
        yield -len(own) / len(leaked), [item for item in stratum if item not in leaked]
